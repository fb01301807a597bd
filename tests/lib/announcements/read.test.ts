import { describe, expect, it } from 'vitest';
import type { Post } from '#lib/announcements/post';
import { readAnnouncement, SURE_CONFIDENCE } from '#lib/announcements/read';
import { fastestRunMs } from '../fastest-run.ts';

/** A Tuesday, 9:00 in Brussels. */
const CONTEXT = { now: new Date('2026-03-10T08:00:00Z'), zone: 'Europe/Brussels' };
const read = (text: string) => readAnnouncement({ text }, CONTEXT);

describe('what happens once', () => {
  it.each<[Post, string, string | null]>([
    [{ text: 'Live Q&A this Thursday at 20:15 in Voice 1' }, '2026-03-12T19:15:00Z', 'Voice 1'],
    [{ text: 'Repetitie 14/02/2027 21:00' }, '2027-02-14T20:00:00Z', null],
    [{ text: 'Repetitie 3 mei om 10u30' }, '2026-05-03T08:30:00Z', null],
    [{ text: 'Raid tomorrow at 7 in the evening' }, '2026-03-11T18:00:00Z', null],
    [{ text: 'Launch <t:1793000000:F>' }, '2026-10-26T07:33:20Z', null],
    [{ text: 'Raid Friday 20:00 UTC+2' }, '2026-03-13T18:00:00Z', null],
    [{ text: 'Raid Friday 8-10pm' }, '2026-03-13T19:00:00Z', null],
    [{ text: 'Training 21:00 instead of 20:00 on Friday' }, '2026-03-13T20:00:00Z', null],
    [
      { title: 'Raid', description: 'Date: 14 March 2026\nTime: 20:00\nLocation: Voice 2' },
      '2026-03-14T19:00:00Z',
      'Voice 2',
    ],
  ])('%j', (post, eventAt, location) => {
    const reading = readAnnouncement(post, CONTEXT);
    expect(reading).toMatchObject({ kind: 'one-off', eventAt: new Date(eventAt), location });
    expect(reading.confidence).toBeGreaterThanOrEqual(SURE_CONFIDENCE);
  });
});

it.each(['Raid Friday 20:00 IST', 'Raid Friday at 8', 'Raid 20:00'])('asks about %j', (text) => {
  const { kind, confidence } = read(text);
  expect(kind).toBe('one-off');
  expect(confidence).toBeLessThan(SURE_CONFIDENCE);
});

describe('what comes back', () => {
  it.each<[Post, string, number[] | null, string]>([
    [{ text: 'Elke di en do om 18u training' }, 'FREQ=WEEKLY;BYDAY=TU,TH', [1, 3], '2026-03-10T17:00:00Z'],
    [
      { text: 'Book club every second Tuesday at 20:00' },
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      [1],
      '2026-03-10T19:00:00Z',
    ],
    [
      {
        title: 'Raid',
        fields: [
          { name: 'Days', value: 'di, do' },
          { name: 'Tijd', value: '18u' },
        ],
      },
      'FREQ=WEEKLY;BYDAY=TU,TH',
      [1, 3],
      '2026-03-10T17:00:00Z',
    ],
    [{ text: 'Raid every Friday at 23:30 UTC' }, 'FREQ=WEEKLY;BYDAY=SA', [5], '2026-03-13T23:30:00Z'],
    [
      { text: 'Quiz elke eerste maandag van de maand om 20u' },
      'FREQ=MONTHLY;BYDAY=1MO',
      null,
      '2026-04-06T18:00:00Z',
    ],
  ])('%j', (post, rrule, days, eventAt) => {
    expect(readAnnouncement(post, CONTEXT)).toMatchObject({
      kind: 'recurring',
      rrule,
      days,
      eventAt: new Date(eventAt),
    });
  });
});

it.each([
  ['Training vrijdag 20u is cancelled', 'cancelled'],
  ['No session this Thursday at 20:00', 'cancelled'],
  ['Merch for 20.00 euro', 'no-moment'],
  ['Version 20.15 is out', 'no-moment'],
  ['The server moved to 192.168.20.15', 'no-moment'],
  ['good morning everyone', 'no-moment'],
  ['Book club every second Tuesday', 'no-time'],
  ['Yesterday at 20:00 we had a great raid', 'past'],
  ['Training elke dinsdag om 20u tot 1 maart 2026', 'past'],
  ['Raid on 9 March 2026 at 20:00', 'past'],
  ['Raid on Monday 13 March at 20:00', 'disagree'],
  ['Training 31 februari 20:00', 'impossible'],
  ['Is the raid on Friday at 20:00?', 'question'],
  [' \n', 'empty'],
])('%j announces nothing: %s', (text, reason) => {
  expect(read(text)).toMatchObject({ kind: 'none', reason });
});

describe('where', () => {
  it.each([
    ['Raid Friday 20:00 @ Café De Zon', 'Café De Zon'],
    ['Les vrijdag om 20u in zaal 2', 'zaal 2'],
    ['Quiz in de kantine op vrijdag om 20u', 'kantine'],
    ['Stream Friday 20:00 on Twitch', 'Twitch'],
    ['Raid Friday 20:00 <#812345678901234567>', '<#812345678901234567>'],
    ['Cantus vrijdag 20u bij boekhandel De Reyghere', 'boekhandel De Reyghere'],
    ['Raid Friday 20:00 in English', null],
    ['Quiz vrijdag 20u, betalen aan de kassa', null],
  ])('%j', (text, location) => {
    expect(read(text)).toMatchObject({ kind: 'one-off', location });
  });
});

describe('text that nobody writes', () => {
  /** Five times the five milliseconds per kB that are promised, for machines that do other things as well. */
  const MS_PER_KB_MAX = 25;
  /** Twice the text takes twice as long; what is quadratic takes four times. */
  const GROWTH_MAX = 3.2;
  const NOISE_MS = 20;

  it.each([
    '1/',
    '*_',
    '[a](',
    '> ',
    'a:',
    '20:00\n',
    '`',
    '```a`',
    'Date: ',
    '3 mei om 20u, ',
    '. Location: ',
    'moved from 20:00 ',
    'ma en di en ',
    '!',
    `${'a'.repeat(199)}\n`,
  ])('takes little time for %j, and no more than twice for twice of it', (piece) => {
    const ms = (length: number): number => {
      const text = piece.repeat(length).slice(0, length);
      return fastestRunMs(() => read(text));
    };
    const [half, whole] = [ms(3000), ms(6000)];
    expect(whole).toBeLessThan(6 * MS_PER_KB_MAX);
    expect(whole).toBeLessThan(half * GROWTH_MAX + NOISE_MS);
  });

  it('is read up to 6,000 characters of each part, and up to sixty moments', () => {
    expect(read(`${' x'.repeat(3000)} Raid Friday 20:00`)).toMatchObject({ reason: 'no-moment' });
    expect(read(`${'gisteren 20:00\n'.repeat(30)}Raid <t:1793000000:F>`).kind).toBe('none');
  });
});
