import { describe, expect, test } from 'vitest';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import {
  ACTIVE_PER_MEMBER,
  LOCATION_MAX,
  MESSAGE_MAX,
  NAME_MAX,
  type CreatedReminder,
} from '#lib/reminders/create';
import type { ClaimedOccurrence } from '#lib/reminders/claims';
import {
  FAILED_SHOWN,
  failedHandledLogEntry,
  failedLogEntry,
  failedNotice,
  failedPanel,
} from '#lib/reminders/failed-views';
import type { ListedReminder, Reminder } from '#lib/reminders/queries';
import type { ParkReason } from '#lib/reminders/send-result';
import {
  choiceName,
  createdLogEntry,
  createdView,
  deletedLogEntry,
  deletedText,
  deliveredMessage,
  listView,
  sentLogEntry,
} from '#lib/reminders/views';
import { embed } from '#lib/ui/embeds';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfPanel } from '../ui/accepted.ts';
import { at, BRUSSELS, GENERAL, GUILD, MIA, NOW, ORDINARY } from './fixtures.ts';

useSentences();

const reminder: Reminder = {
  ...ORDINARY,
  id: 7,
  guildId: GUILD,
  name: 'Raid',
  channelId: GENERAL,
  callTime: '20:00',
  days: [1, 3],
  message: 'Bring potions',
  location: 'The gate',
  createdBy: MIA,
  mentionEveryone: false,
  eventTime: null,
  offsetMinutes: 60,
};
const oneOff: Reminder = { ...reminder, days: [], eventTime: at('2026-12-01 20:00') };

/** As long as the table takes it, and full of what Discord would read as more than text. */
const filled = (unit: string, length: number): string => unit.repeat(length).slice(0, length);
const hostile = Object.fromEntries(
  [
    '@everyone ',
    '<@1328374655667123456>',
    '**_`~|[](x)',
    '\\',
    '> # - 1. ',
    '{{name}}$t(errors:unknown)',
    '😀',
    '﷽',
    'Ａ＠everyone',
  ].map((unit) => [
    unit,
    {
      name: filled(unit, NAME_MAX),
      message: filled(unit, MESSAGE_MAX),
      location: filled(unit, LOCATION_MAX),
    },
  ]),
);

const occurrence = (of: Reminder, change: Partial<ClaimedOccurrence> = {}): ClaimedOccurrence => ({
  id: '1',
  kind: 'advance',
  dueAt: at('2026-12-01 19:00'),
  eventAt: at('2026-12-01 20:00'),
  offsetMinutes: 60,
  attempts: 1,
  nonce: 'n',
  maybeSentAt: null,
  isRetried: false,
  reminder: of,
  ...change,
});
const created = (of: Reminder, adjusted: CreatedReminder['adjusted'] = 'none'): CreatedReminder => ({
  reminder: of,
  next: Array.from({ length: 3 }, () => ({
    kind: 'advance',
    eventAt: at('2026-12-01 20:00'),
    dueAt: at('2026-12-01 19:00'),
    offsetMinutes: 60,
  })),
  adjusted,
  startsAt: of.callTime,
});
test('what recurs by a rule is said in words', () => {
  const fortnightly = {
    ...reminder,
    days: [],
    rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
    recursFrom: '2026-12-01',
  };
  const view = createdView(translator('nl'), 'nl', created(fortnightly), NOW);
  expect(view.description).toContain('elke twee weken op vrijdag om 20:00');
});

const reasons: ParkReason[] = [
  { kind: 'left-guild' },
  { kind: 'no-channel' },
  { kind: 'permissions', missing: ['ViewChannel', 'SendMessages', 'EmbedLinks'] },
  { kind: 'refused', code: 50035 },
];

describe.each(locales)('%s', (locale) => {
  const t: Translate = (key, values) => translator(locale)(key, values);

  /** Everything that is ever shown of a reminder. */
  const embedsOf = (of: Reminder) => [
    ...deliveredMessage(t, occurrence(of), NOW).embeds,
    ...deliveredMessage(t, occurrence(of, { kind: 'event' }), at('2026-12-03 20:00')).embeds,
    createdView(t, locale, created(of), NOW),
    createdView(t, locale, created(of, 'gap'), NOW),
    createdView(t, locale, created(of, 'overlap'), NOW),
    listView(t, locale, { reminders: [{ ...of, nextDueAt: NOW }], total: 1, failed: 2 }, NOW),
    ...[
      createdLogEntry(created(of)),
      sentLogEntry(occurrence(of)),
      deletedLogEntry(of, MIA),
      ...reasons.map((reason) => failedLogEntry(occurrence(of), reason)),
      failedHandledLogEntry(failed(of), 'retry', MIA),
      failedHandledLogEntry(failed(of), 'drop', MIA),
    ].map((entry) => embed('log', { ...entry(t), at: NOW })),
    ...reasons.flatMap((reason) => failedNotice(t, occurrence(of), reason, of.name, NOW).embeds),
  ];
  const failed = (of: Reminder, reason: ParkReason = { kind: 'no-channel' }, number = 0) => ({
    id: `922337203685477580${number}`,
    dueAt: NOW,
    reason,
    reminder: of,
  });
  const panelOf = (of: Reminder) =>
    failedPanel(
      t,
      {
        failed: Array.from({ length: FAILED_SHOWN }, (_, index) =>
          failed(of, reasons[index % reasons.length], index),
        ),
        total: 1_234,
      },
      { kind: 'done', text: t('reminders:failed.retried', { id: of.id, name: of.name }) },
    );

  test.each(Object.entries(hostile))(
    'Discord takes all that is shown of %s, and it is only text',
    (_unit, texts) => {
      for (const of of [
        { ...reminder, ...texts },
        { ...oneOff, ...texts },
      ]) {
        for (const shown of embedsOf(of)) expect(problemsOfMessage({ embeds: [shown] })).toEqual([]);
        const content = deletedText(t, of);
        expect(problemsOfMessage({ content })).toEqual([]);
        expect(content).not.toMatch(/@everyone|<@\d+>/);
        expect(problemsOfPanel(panelOf(of))).toEqual([]);
        expect(choiceName(t, locale, of, BRUSSELS).length).toBeLessThanOrEqual(100);
      }
    },
  );

  test('no sentence has a gap', () => {
    const texts = JSON.stringify([
      ...embedsOf(reminder),
      ...embedsOf(oneOff),
      ...panelOf(reminder),
      ...failedPanel(t, { failed: [], total: 0 }, null),
      deletedText(t, reminder),
    ]);
    expect(texts).not.toMatch(/\{\{|undefined|reminders:/);
  });

  test.each([
    ['200 long names', 200, NAME_MAX, 200],
    ['the first 100 of 1,234', 100, NAME_MAX, 1_234],
    ['a few of more', 3, 10, 5],
    ['as many as fit', 20, NAME_MAX, 20],
    ['one more than fits', ACTIVE_PER_MEMBER, NAME_MAX, ACTIVE_PER_MEMBER],
    ['none', 0, 0, 0],
  ])('a list of %s is cut between lines and says how many are left', (_name, count, length, total) => {
    const many = Array.from({ length: count }, (_, id): ListedReminder => ({
      ...reminder,
      id,
      name: 'x'.repeat(length),
      nextDueAt: NOW,
    }));
    const { description = '' } = listView(t, locale, { reminders: many, total, failed: 0 }, NOW);
    expect(description.length).toBeLessThanOrEqual(4096);
    const lines = description.split('\n');
    const whole = lines.filter((line) => /^\*\*#\d+\*\* x+ · .*<t:\d+:R>$/.test(line));
    const left = total - whole.length;
    expect(lines.slice(whole.length)).toEqual(
      left > 0 ? [t('reminders:list.more', { count: left })] : count === 0 ? [t('reminders:list.empty')] : [],
    );
  });
});

describe('the delivered message', () => {
  const t: Translate = (key, values) => translator('en-US')(key, values);
  const delivered = (change: Partial<ClaimedOccurrence>, now: Date, of = reminder) =>
    deliveredMessage(t, occurrence(of, change), now).embeds[0];
  const timestamp = (instant: Date, style: string): string => `<t:${instant.getTime() / 1000}:${style}>`;

  test('says what, when and where, in the reader’s own time', () => {
    expect(delivered({}, at('2026-12-01 19:00'))).toMatchObject({
      title: 'Raid',
      description: 'Bring potions',
      fields: [
        { name: 'When', value: expect.stringContaining(timestamp(at('2026-12-01 20:00'), 'R')) },
        { name: 'Where', value: 'The gate' },
      ],
      footer: { text: 'Reminder #7' },
    });
    const event = { kind: 'event', dueAt: at('2026-12-01 20:00') } as const;
    expect(delivered(event, at('2026-12-01 20:00'))?.title).toBe('Now: Raid');
    expect(delivered(event, at('2026-12-01 21:00'))?.title).toBe('Begun: Raid');
  });

  test.each([
    [0, false],
    [120, false],
    [121, true],
    [3 * 24 * 60 * 60, true],
  ])('%i seconds after its time: late is %j', (seconds, isLate) => {
    const fields = delivered({}, new Date(at('2026-12-01 19:00').getTime() + seconds * 1000))?.fields ?? [];
    expect(fields.some(({ name }) => name === 'Late')).toBe(isLate);
  });

  test('keeps the formatting that its author chose, and nothing of the name', () => {
    const shown = delivered({}, NOW, {
      ...reminder,
      name: '**Raid**<@1>',
      message: '**bold**',
      location: '__x__ @here',
    });
    expect([shown?.title, shown?.description, shown?.fields?.[1]?.value]).toEqual([
      '\\*\\*Raid\\*\\*',
      '**bold**',
      '\\_\\_x\\_\\_ here',
    ]);
  });
});

test.each([
  ['en-US', reminder, '#7 Raid · Tuesday and Thursday 20:00'],
  ['nl', reminder, '#7 Raid · dinsdag en donderdag 20:00'],
  ['en-US', oneOff, '#7 Raid · Dec 1, 2026, 8:00 PM'],
  ['nl', oneOff, '#7 Raid · 1 dec 2026, 20:00'],
] as const)('%s: a suggestion is plain text: %#', (locale, of, text) => {
  expect(choiceName(translator(locale), locale, of, BRUSSELS).replaceAll('\u202F', ' ')).toBe(text);
});
