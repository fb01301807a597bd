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

const words: Readonly<Record<Exclude<Role, 'other'>, ReadonlySet<string>>> = {
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
  '& and en / the de start begin event our onze van of gathering meeting exact nieuwe new nieuw next volgende which welke op te and',
);
const ROLE_ORDER = ['end', 'doors', 'deadline', 'from', 'days', 'place'] as const;

const ICONS: readonly (readonly [RegExp, Role])[] = [
  [/^[\u{1F4C5}\u{1F4C6}\u{1F5D3}]/u, 'when'],
  [/^(?:[\u{1F550}-\u{1F567}]|[\u23F0\u231A\u23F1\u{1F570}\u23F2\u231B\u23F3])/u, 'when'],
  [/^[\u{1F4CD}\u{1F5FA}]/u, 'place'],
  [/^[\u{1F501}\u{1F504}]/u, 'days'],
];

const ICON_LINE_MAX = 70;

/** Up to thirty characters of letters before a separator, at the beginning of a line. */
const LABEL =
  /^[^\p{L}\p{N}<]{0,6}((?:\p{L}[\p{L}'.]{0,20}|[&/]|\(\p{L}{1,12}\))(?:\s{0,2}(?:\p{L}[\p{L}'.]{0,20}|[&/]|\(\p{L}{1,12}\))){0,4})\s{0,2}(?::|\?|=|\u2192|\||\s[-\u2013\u2014](?=\s))\s*(.*)$/u;
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
  if (parts.length === 0 || parts.length > 6) return null;
  for (const role of ROLE_ORDER)
    if (parts.some((part) => words[role].has(part)) && parts.every((part) => isLabelWord(part))) return role;
  const is = (role: 'date' | 'time' | 'when'): boolean => parts.some((part) => words[role].has(part));
  if (!parts.every((part) => isLabelWord(part))) return null;
  if (is('when') || (is('date') && is('time'))) return 'when';
  if (is('date')) return 'date';
  return is('time') ? 'time' : null;
}

function isLabelWord(part: string): boolean {
  return (
    LABEL_FILLERS.has(part) ||
    Object.values(words).some((set_) => set_.has(part)) ||
    part === 'starttime' ||
    part === 's'
  );
}

/** The lines of a post with what their labels say of them. */
export function labelled(lines: readonly PlainLine[]): LabelledLine[] {
  const found: LabelledLine[] = [];
  let pending: Role | null = null;
  for (const line of lines) {
    const { isTitle } = line;
    if (line.field !== null) {
      const role = fieldRole(line.field);
      const own = labelOf(line.text);
      found.push(own === null ? { role, text: line.text, isTitle } : { ...own, isTitle });
      const last = found.at(-1);
      if (last?.role === 'place' && saysWhen(last.text)) found.splice(-1, 1, { ...last, role: 'when' });
      if (role === null) found.push(...titleOfField(line.field));
      pending = null;
      continue;
    }
    const own = labelOf(line.text);
    if (own !== null) {
      pending = own.text === '' ? own.role : null;
      if (own.text !== '')
        found.push({ ...own, role: own.role === 'place' && saysWhen(own.text) ? 'when' : own.role, isTitle });
      continue;
    }
    const alone = isTitle || line.isFooter ? null : ALONE.exec(line.text);
    const aloneRole = alone?.[1] === undefined ? null : roleOf(alone[1]);
    if (aloneRole !== null) {
      pending = aloneRole;
      continue;
    }
    // A footer tells about the post rather than about the event.
    if (line.isFooter) continue;
    const inner = pending === null ? INNER_PLACE.exec(line.text) : null;
    found.push({
      role: pending,
      text: inner === null ? line.text : line.text.slice(0, inner.index + 1),
      isTitle,
    });
    if (inner?.[1] !== undefined)
      found.push({ role: 'place', text: inner[1].trim().replace(/[.!]$/, ''), isTitle });
    pending = null;
  }
  return found;
}

/** "Afspraak" may be a moment as well as a place. */
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
  // A long line behind an icon is a sentence.
  const role = text.length > ICON_LINE_MAX ? null : iconRole(text);
  return role === null ? null : { role, text: text.replace(/^[^\p{L}\p{N}<@('\u2019]+/u, '') };
}
