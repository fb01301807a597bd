import { findMentions } from '#lib/time/mentions/find';
import { fold, tokensOf } from '#lib/time/mentions/tokens';
import { set } from '#lib/time/mentions/vocabulary';
import type { PlainLine } from './post.ts';

/** What a label before a colon, or an embed's field, announces. */
export type Role =
  | 'date'
  | 'time'
  | 'when'
  | 'from'
  | 'days'
  | 'place'
  | 'end'
  | 'doors'
  | 'deadline'
  | 'other';

export interface LabelledLine {
  readonly role: Role | null;
  readonly text: string;
  readonly isTitle: boolean;
}

const WORDS: Readonly<Record<Exclude<Role, 'other'>, ReadonlySet<string>>> = {
  date: set('date datum dag day data dates'),
  time: set(
    'time tijd uur hour tijdstip aanvang start starts begin begins starttijd startuur beginuur aanvangsuur begintijd startime uren times kickoff aftrap',
  ),
  when: set('when wanneer moment tijdstip'),
  days: set(
    'days dagen repeat repeats herhaling herhaalt frequency frequentie recurrence recurring schedule schema',
  ),
  place: set(
    'location locatie where waar plaats place venue plek adres address kanaal channel zaal lokaal room spot afspraak verzamelen verzamelplaats samenkomst meetingpoint',
  ),
  from: set('vanaf from starting startdatum startdate'),
  end: set('end ends einde eind tot until duration duur lengte length finish eindigt'),
  doors: set('doors deuren deur inloop ontvangst'),
  deadline: set('deadline register registration inschrijven inschrijving aanmelden signup rsvp tickets'),
};
const LABEL_FILLERS = set(
  '& and en / the de start begin event our onze van of gathering meeting exact nieuwe new nieuw next volgende which welke op te starttime s',
);
const ROLE_ORDER = ['end', 'doors', 'deadline', 'from', 'days', 'place'] as const;

const ICONS: readonly (readonly [RegExp, Role])[] = [
  [/^[\u{1F4C5}\u{1F4C6}\u{1F5D3}]/u, 'when'],
  [/^(?:[\u{1F550}-\u{1F567}]|[\u23F0\u231A\u23F1\u{1F570}\u23F2\u231B\u23F3])/u, 'when'],
  [/^[\u{1F4CD}\u{1F5FA}]/u, 'place'],
  [/^[\u{1F501}\u{1F504}]/u, 'days'],
];

/** A longer line behind an icon is a sentence. */
const ICON_LINE_MAX = 70;
/** A label of more words is a sentence. */
const LABEL_WORDS_MAX = 6;

/**
 * Up to five words before a separator, at the beginning of a line. A word is all the letters in a row: cut anywhere, a long one could be cut
 * in millions of ways.
 */
const LABEL =
  /^[^\p{L}\p{N}<]{0,6}((?:\p{L}[\p{L}'.]{0,20}(?![\p{L}'.])|[&/]|\(\p{L}{1,12}\))(?:\s{0,2}(?:\p{L}[\p{L}'.]{0,20}(?![\p{L}'.])|[&/]|\(\p{L}{1,12}\))){0,4})\s{0,2}(?::|\?|=|\u2192|\||\s[-\u2013\u2014](?=\s))\s*(.*)$/u;
const ALONE = /^[^\p{L}\p{N}<]{0,6}(\p{L}[\p{L} &/']{1,28})[^\p{L}\p{N}]{0,4}$/u;

/** A place's label in the middle of a line: "… with a BBQ. Location: Oak Park". */
const INNER_PLACE =
  /(?:[.!|,;)\u2022]\s{1,3}[^\p{L}\p{N}]{0,4}(?:location|locatie|where|waar|plaats|place|venue|vertrekpunt|afspraak|verzamelpunt|samenkomst|meeting point)\s?:|\s\u{1F4CD})\s{0,3}(.{1,200})$/iu;

/** The role that a label's words give; null when they are no label of ours. */
export function roleOf(label: string): Role | null {
  const parts = label
    .split(/[^\p{L}]+/u)
    .map((part) => fold(part))
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > LABEL_WORDS_MAX) return null;
  for (const role of ROLE_ORDER)
    if (parts.some((part) => WORDS[role].has(part)) && parts.every((part) => isLabelWord(part))) return role;
  const is = (role: 'date' | 'time' | 'when'): boolean => parts.some((part) => WORDS[role].has(part));
  if (!parts.every((part) => isLabelWord(part))) return null;
  if (is('when') || (is('date') && is('time'))) return 'when';
  if (is('date')) return 'date';
  return is('time') ? 'time' : null;
}

function isLabelWord(part: string): boolean {
  return LABEL_FILLERS.has(part) || Object.values(WORDS).some((words) => words.has(part));
}

/** The lines of a post with what their labels say of them. A label alone on its line is one of the next. */
export function labelled(lines: readonly PlainLine[]): LabelledLine[] {
  const found: LabelledLine[] = [];
  let pending: Role | null = null;
  for (const line of lines) {
    const own = labelOf(line.text);
    if (line.field !== null) {
      found.push(...fieldLines(line, line.field, own));
      pending = null;
    } else if (own !== null) {
      pending = own.text === '' ? own.role : null;
      if (own.text !== '') found.push(withMoment({ ...own, isTitle: line.isTitle }));
    } else {
      const alone = roleAlone(line);
      if (alone !== null) pending = alone;
      // A footer tells about the post rather than about the event.
      else if (!line.isFooter) {
        found.push(...plainLines(line, pending));
        pending = null;
      }
    }
  }
  return found;
}

/** A label that fills a line, "Where". */
function roleAlone({ text, isTitle, isFooter }: PlainLine): Role | null {
  const label = isTitle || isFooter ? undefined : ALONE.exec(text)?.[1];
  return label === undefined ? null : roleOf(label);
}

/** A line of an embed's field: its own label counts more than the field's name. */
function fieldLines(
  { text, isTitle }: PlainLine,
  field: string,
  own: ReturnType<typeof labelOf>,
): LabelledLine[] {
  const role = fieldRole(field);
  const line = withMoment(own === null ? { role, text, isTitle } : { ...own, isTitle });
  return role === null ? [line, ...titleOfField(field)] : [line];
}

/** A line without a label, and the place whose label stands in its middle. */
function plainLines({ text, isTitle }: PlainLine, role: Role | null): LabelledLine[] {
  const inner = role === null ? INNER_PLACE.exec(text) : null;
  if (inner === null) return [{ role, text, isTitle }];
  const place = (inner[1] ?? '').trim().replace(/[.!]$/, '');
  return [
    { role, text: text.slice(0, inner.index + 1), isTitle },
    { role: 'place', text: place, isTitle },
  ];
}

/** "Afspraak: vrijdag 20u": what should be a place is a moment. */
function withMoment(line: LabelledLine): LabelledLine {
  return line.role === 'place' && saysWhen(line.text) ? { ...line, role: 'when' } : line;
}

function saysWhen(text: string): boolean {
  return findMentions(tokensOf(text)).some(({ kind }) => kind === 'clock' || kind === 'instant');
}

/** A field's name may say the moment itself: "Friday 20:00" with what happens as its value. */
function titleOfField(name: string): LabelledLine[] {
  return /\d/.test(name) ? [{ role: null, text: name, isTitle: false }] : [];
}

function fieldRole(name: string): Role | null {
  return roleOf(name.replace(/^[^\p{L}]+/u, '')) ?? iconRole(name);
}

function iconRole(text: string): Role | null {
  return ICONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function labelOf(text: string): { role: Role; text: string } | null {
  const match = LABEL.exec(text);
  if (match !== null) {
    const role = roleOf(match[1] ?? '');
    if (role !== null) return { role, text: (match[2] ?? '').trim() };
  }
  const role = text.length > ICON_LINE_MAX ? null : iconRole(text);
  return role === null ? null : { role, text: text.replace(/^[^\p{L}\p{N}<@('\u2019]+/u, '') };
}
