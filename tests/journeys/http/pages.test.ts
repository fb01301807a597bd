import { beforeAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/i18n/translate';
import { useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { plantFullTown, sessionCookie, type FullTown } from './full-town.ts';

const world = useBot({ config: { http: HTTP } });
let town: FullTown;
let cookie: string;

beforeAll(async () => {
  town = await plantFullTown(world());
  const { name, value } = await sessionCookie(world(), town, town.ann);
  cookie = `${name}=${value}`;
});

async function get(path: string, locale: string): Promise<string> {
  const headers = { Accept: 'text/html', Cookie: cookie, 'Accept-Language': locale };
  const response = await ask(world, `/guilds/${town.guild.id}${path}`, { headers });
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string): string =>
  text.replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** What a page says to whoever sees or hears it: texts, names for screen readers, and values of fields. */
function readableOf(html: string): string {
  const shown = html.replaceAll(/<style>.*?<\/style>/gs, ' ');
  const said = [...shown.matchAll(/ (?:aria-label|title|placeholder|alt)="([^"]*)"/g)];
  const filledIn = [...shown.matchAll(/<input\s(?![^>]*type="hidden")[^>]*\svalue="([^"]*)"/g)];
  const texts = shown.replaceAll(/<\/?(?:b|strong|em|code)>/g, '').replaceAll(/<[^>]*>/g, ' ');
  return decoded([texts, ...[...said, ...filledIn].map(([, text]) => text)].join(' ')).replaceAll(
    /\s+/g,
    ' ',
  );
}

/** What nobody should have to read. */
const NOT_FOR_PEOPLE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['nothing', /\b(?:undefined|null|NaN|Infinity)\b/],
  ['an object', /\[object |\{"/],
  [
    'a key of a sentence',
    /\b(?:dashboard|common|config|settings|reminders|tickets?(?:-\w+)*|onboarding|faq):[a-z]/,
  ],
  ['a place of a sentence', /\{\{|\}\}/],
  ['a time for machines', /\d{4}-\d\d-\d\dT\d\d|GMT[+-]/],
  ['a mark of Discord', /<[@#t][!&:]?\d|\*\*/],
  ['an invalid date', /Invalid Date/],
];

type Sentence = string | readonly [english: string, dutch: string];
/** What stands on each page, by its path behind the guild's. */
const SAID: Readonly<Record<string, readonly Sentence[]>> = {
  '': [
    ['Reminders 3', 'Herinneringen 3'],
    ['Paused reminders 1', 'Gepauzeerde herinneringen 1'],
    'Open tickets 1',
    ['Unclaimed tickets 1', 'Niet opgepakte tickets 1'],
    ['Onboarded in 30 days 1', 'Onboarding klaar in 30 dagen 1'],
    ['FAQ entries 2', 'FAQ-items 2'],
    ['Searches in vain in 30 days 3', 'Vergeefs gezocht in 30 dagen 3'],
    ['used in 7 days 7', 'gebruikt in 7 dagen 7'],
    ['2 tickets were opened and 1 closed', '2 tickets geopend en 1 gesloten'],
    ['1 Dec 2 1', '1 dec 2 1'],
  ],
  '/settings?scope=onboarding': ['the welcome', '@the role', ['Save', 'Opslaan']],
  '/settings?scope=reminders': ['#the channel'],
  '/settings/history': [
    '"the welcome before" → "the welcome"',
    '#the channel',
    '@the role',
    'the member',
    ['Take back', 'Terugdraaien'],
    ['1 Dec 2026, 10:', '1 dec 2026, 10:'],
  ],
  '/reminders': [
    'the reminder #',
    'the second reminder',
    'the paused reminder',
    '#the channel',
    ['by the member', 'van the member'],
    ['next 7 Dec 2026, 19:00', 'volgende 7 dec 2026, 19:00'],
    ['Pause', 'Pauzeren'],
  ],
  '/tickets?status=all': ['the open ticket', 'the ticket the kind', 'the member', 'mia'],
  '/tickets?status=closed': ['1 ticket, ', 'the ticket the kind'],
  '/onboarding': ['4 (100 %)', '3 (75 %)', 'the question 2 (50 %)', '1 (25 %)', '5 min'],
  '/faq': ['the parking lot 2', 'the snowplough 1', 'the entry (en-US)', 'the answer (nl)'],
  '/commands': [
    ['Times used 7 Without success 1', 'Keer gebruikt 7 Zonder succes 1'],
    ['People 2', 'Mensen 2'],
    '/faq search 4 1 150 ms',
    ['1.3 sec', '1,3 sec'],
    ['the button button 1 0 7 ms 7 ms', 'the button knop 1 0 7 ms 7 ms'],
    '/gdpr 1 0 7 ms',
    ['most on 1 Dec, 6 times', 'het meest op 1 dec, 6 keer'],
    ['30 Nov 1 0', '30 nov 1 0'],
  ],
  '/commands?days=90': ['/gdpr 2 0 7 ms', ['2 Oct 1 0', '2 okt 1 0']],
};

describe.each(locales)('in %s', (locale) => {
  test.each(Object.entries(SAID))('%s says what is there', async (path, said) => {
    const text = readableOf(await get(path, locale));
    for (const one of said)
      expect(text).toContain(typeof one === 'string' ? one : one[locale === 'nl' ? 1 : 0]);
  });

  test('a reminder and a ticket alone say what is there', async () => {
    const edit = readableOf(await get(`/reminders/${town.reminderId}`, locale));
    for (const part of ['the reminder place', 'the reminder message', '#the channel'])
      expect(edit).toContain(part);
    const ticket = readableOf(await get(`/tickets/${town.ticketId}`, locale));
    for (const fact of ['the kind', 'the member', 'the reason']) expect(ticket).toContain(fact);
    const transcript = readableOf(await get(`/tickets/${town.ticketId}/transcript`, locale));
    for (const part of [
      'the form question the form answer',
      'the form choice',
      'the author',
      'the message',
      'the earlier message',
      'the embed title',
      'the sticker',
    ])
      expect(transcript).toContain(part);
  });

  test('nobody reads what is for machines', async () => {
    for (const path of town.pages) {
      const text = readableOf(await get(path, locale));
      for (const [what, pattern] of NOT_FOR_PEOPLE)
        expect([path, what, pattern.exec(text)?.[0] ?? null]).toEqual([path, what, null]);
    }
  });
});

test('where nothing was used yet, the page of commands says so', async () => {
  const { guild, ann } = await plantFullTown(world());
  await world().database.db.deleteFrom('audit_logs').where('guild_id', '=', guild.id).execute();
  const { name, value } = await sessionCookie(world(), { ...town, guild }, ann);
  const response = await ask(world, `/guilds/${guild.id}/commands?days=30`, {
    headers: { Accept: 'text/html', Cookie: `${name}=${value}` },
  });
  expect(readableOf(await response.text())).toContain('Nothing was used in the last 30 days.');
});
