import { describe, expect, test } from 'vitest';
import { locales, translator, type Translate } from '#lib/i18n/translate';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX, type CreatedReminder } from '#lib/reminders/create';
import type { ClaimedOccurrence } from '#lib/reminders/claims';
import {
  FAILED_SHOWN,
  failedHandledLogEntry,
  failedLogEntry,
  failedNotice,
  failedPanel,
} from '#lib/reminders/failed-views';
import { LIST_FILTERS, LIST_PAGE_SIZE, type ListFilterName, type ListPage } from '#lib/reminders/list';
import { listMessage } from '#lib/reminders/list-view';
import type { Reminder } from '#lib/reminders/queries';
import { otherTimeModal, snoozedMessage, snoozeMessage } from '#lib/reminders/snooze-view';
import type { ParkReason } from '#lib/reminders/send-result';
import {
  choiceName,
  createdLogEntry,
  createdView,
  deletedLogEntry,
  deletedText,
  deliveredMessage,
  doneLogEntry,
  doneMessage,
  sentLogEntry,
} from '#lib/reminders/views';
import { embed } from '#lib/ui/embeds';
import { useSentences } from '../i18n/sentences.ts';
import { problemsOfMessage, problemsOfModal, problemsOfPanel } from '../ui/accepted.ts';
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

function listOf(reminders: readonly Reminder[], pages: { page: number; pages: number }): ListPage {
  return {
    filter: 'announcement',
    ...pages,
    reminders: reminders.map((of) => ({ ...of, nextDueAt: NOW })),
    counts: Object.fromEntries(LIST_FILTERS.map((name) => [name, 300])) as Record<ListFilterName, number>,
  };
}

const place = { guild: GUILD, reminder: '2147483647', message: '1328374655667123456' };

describe.each(locales)('%s', (locale) => {
  const t: Translate = (key, values) => translator(locale)(key, values);

  /** Everything that is ever shown of a reminder. */
  const embedsOf = (of: Reminder) => [
    ...deliveredMessage(t, occurrence(of), NOW).embeds,
    ...deliveredMessage(t, occurrence(of, { kind: 'event' }), at('2026-12-03 20:00')).embeds,
    createdView(t, locale, created(of), NOW),
    createdView(t, locale, created(of, 'gap'), NOW),
    createdView(t, locale, created(of, 'overlap'), NOW),
    ...listMessage(t, locale, listOf([of], { page: 0, pages: 1 }), 2, NOW).embeds,
    ...listMessage(t, locale, listOf([], { page: 0, pages: 1 }), 0, NOW).embeds,
    ...[
      createdLogEntry(created(of)),
      sentLogEntry(occurrence(of)),
      deletedLogEntry(of, MIA),
      doneLogEntry(of, MIA),
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
        const delivered = deliveredMessage(t, occurrence(of), NOW);
        for (const message of [
          delivered,
          doneMessage(t, delivered.embeds, MIA),
          snoozeMessage(t, of, place, { chosen: 'person', mayChoose: true }, { zone: BRUSSELS, now: NOW }),
          snoozedMessage(t, of, NOW),
        ])
          expect(problemsOfMessage(message)).toEqual([]);
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
      snoozeMessage(t, reminder, place, { chosen: 'channel', mayChoose: true }, { zone: BRUSSELS, now: NOW }),
      snoozedMessage(t, reminder, NOW),
      snoozedMessage(t, { ...reminder, recipientId: MIA }, NOW),
    ]);
    const modal = otherTimeModal(t, place, 'person');
    expect(problemsOfModal(modal)).toEqual([]);
    expect(texts).not.toMatch(/\{\{|undefined|reminders:/);
  });

  test.each([
    ['full of long names', NAME_MAX, { page: 1, pages: 30, failed: 12 }],
    ['of one page', 10, { page: 0, pages: 1, failed: 0 }],
  ])('a page %s fits, in whole lines', (_name, length, { page, pages, failed }) => {
    const reminders = Array.from({ length: LIST_PAGE_SIZE }, (_, id) => ({
      ...reminder,
      id: 2_147_483_000 + id,
      days: [0, 1, 2, 3, 5, 6],
      name: '*'.repeat(length),
    }));
    const list = listOf(reminders, { page, pages });
    const message = listMessage(t, locale, list, failed, NOW);
    expect(problemsOfMessage(message)).toEqual([]);
    const lines = message.embeds[0]?.description?.split('\n') ?? [];
    expect(lines.filter((line) => /^\*\*#\d+\*\* .*<t:\d+:R>$/.test(line))).toHaveLength(LIST_PAGE_SIZE);
    expect(lines).toHaveLength(LIST_PAGE_SIZE + (failed > 0 ? 1 : 0));
    expect(message.components).toHaveLength(pages > 1 ? 2 : 1);
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
