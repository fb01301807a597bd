import { container } from '@sapphire/framework';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimDue } from '#lib/reminders/claims';
import { postpone, settle } from '#lib/reminders/settlement';
import { createReminder } from '#lib/reminders/create';
import type { SettingKey, SettingValue } from '#lib/settings/definitions';
import type { ChangeNote, Settings } from '#lib/settings/settings';
import { setupSettings } from '../../../src/setup/settings.ts';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import {
  add,
  at,
  BRUSSELS,
  GENERAL,
  GUILD,
  MIA,
  NOW,
  occurrences,
  OTHER_GUILD,
  written,
  type Wanted,
} from './fixtures.ts';
import { freshCaches } from '../../setup/caches.ts';

const OFFSETS = [0, 30, 180, 1440, 4320];
const OFFSET = 'reminders.offset_minutes';
const ZONE = 'system.timezone';

let now = NOW;
let settings: Settings;
const database = useDatabase();
beforeAll(async () => {
  await setupSettings(database(), { now: () => now }, freshCaches());
  ({ settings } = container);
});
beforeEach(async () => {
  await database().empty();
  settings.invalidateAll();
  now = NOW;
});

const db = () => database().db;
const set = async (
  key: SettingKey,
  value: SettingValue | null,
  guildId: string = GUILD,
): Promise<readonly ChangeNote[]> => (await settings.change({ guildId, key, value, changedBy: MIA })).notes;
const said = (notes: readonly ChangeNote[]): string[] =>
  notes.map(({ sentence, values }) => `${sentence.slice('reminders:'.length)} ${String(values['count'])}`);
const pending = async (): Promise<string[]> =>
  (await occurrences(db()))
    .filter(({ state }) => state === 'pending')
    .map(({ kind, due, event }) => `${kind} ${due} of ${event}`)
    .sort();
/** Sends whatever is due at this moment. */
const deliver = async (when: string): Promise<void> => {
  now = at(when);
  for (const claimed of await claimDue(db(), { now, limit: 10, leaseMs: 60_000 }))
    await settle(db(), claimed, { state: 'sent', messageId: '1' }, now);
};

describe('a changed offset', () => {
  const event = '2026-12-15 20:00';
  const announcement: Record<number, string> = {
    0: 'event 2026-12-15 20:00',
    30: 'advance 2026-12-15 19:30',
    180: 'advance 2026-12-15 17:00',
    1440: 'advance 2026-12-14 20:00',
    4320: 'advance 2026-12-12 20:00',
  };
  const changes = OFFSETS.flatMap((from) =>
    OFFSETS.filter((to) => to !== from).map((to) => [from, to] as const),
  );

  test.each(changes)('from %i to %i moves what is announced, and back', async (from, to) => {
    await set(OFFSET, from);
    await add(db(), { date: '2026-12-15', offsetMinutes: from });
    const weekly = await add(db(), { days: 'tue', offsetMinutes: from, now: at('2026-12-10 12:00') });
    now = at('2026-12-10 12:00');
    const before = await pending();
    expect(said(await set(OFFSET, to))).toEqual(['moved 2']);
    const both = `${announcement[to]} of ${event}`;
    const oneOff = to === 0 ? [`event ${event} of ${event}`] : [both, `event ${event} of ${event}`];
    expect(await pending()).toEqual([...oneOff, both].sort());
    const row = await db()
      .selectFrom('reminders')
      .selectAll()
      .where('id', '=', weekly.reminder.id)
      .executeTakeFirst();
    expect(row).toMatchObject({ offset_minutes: to, call_time: '20:00:00' });
    expect(said(await set(OFFSET, from))).toEqual(['moved 2']);
    expect(await pending()).toEqual(before);
  });

  test('does not bring back, with a message that was set aside, what went out since', async () => {
    await add(db(), { days: 'daily' });
    const [failed] = await claimDue(db(), { now: at('2026-12-01 19:00'), limit: 1, leaseMs: 60_000 });
    if (failed === undefined) throw new Error('nothing was due');
    await settle(db(), failed, { state: 'parked', reason: 'x' }, at('2026-12-01 19:00'));
    await db()
      .updateTable('reminder_occurrences')
      .set({ state: 'pending' })
      .where('id', '=', failed.id)
      .execute();
    now = at('2026-12-02 19:00');
    const [again, next] = await claimDue(db(), { now, limit: 2, leaseMs: 60_000 });
    if (again === undefined || next === undefined) throw new Error('two were due');
    await settle(db(), next, { state: 'sent', messageId: '1' }, now);
    await set(OFFSET, 30);
    await settle(db(), again, { state: 'sent', messageId: '2' }, now);
    expect(await pending()).toEqual(['advance 2026-12-03 19:30 of 2026-12-03 20:00']);
  });

  test('is what later messages follow as well', async () => {
    await add(db(), { days: 'tue' });
    await set(OFFSET, 30);
    await deliver('2026-12-01 19:30');
    expect(await pending()).toEqual(['advance 2026-12-08 19:30 of 2026-12-08 20:00']);
  });

  test.each<[string, Wanted]>([
    ['a one-off', {}],
    ['a recurring one', { days: 'tue' }],
  ])('that puts the moment of %s in the past leaves it where it was, this time', async (_name, wanted) => {
    await add(db(), wanted);
    const before = await pending();
    expect(said(await set(OFFSET, 1440))).toEqual(['moved 1', 'keptMoment 1']);
    expect(await pending()).toEqual(before);
    expect(said(await set(OFFSET, 30))).toEqual(['moved 1']);
    expect((await pending())[0]).toBe('advance 2026-12-01 19:30 of 2026-12-01 20:00');
  });

  test('does not announce again what was announced', async () => {
    await add(db(), {});
    await deliver('2026-12-01 19:00');
    for (const minutes of [30, 10, 0, 45]) await set(OFFSET, minutes);
    expect(await pending()).toEqual(['event 2026-12-01 20:00 of 2026-12-01 20:00']);
  });

  test('of 0 and then more announces what has not been announced', async () => {
    await add(db(), { offsetMinutes: 0 });
    await set(OFFSET, 30);
    expect(await pending()).toEqual([
      'advance 2026-12-01 19:30 of 2026-12-01 20:00',
      'event 2026-12-01 20:00 of 2026-12-01 20:00',
    ]);
  });

  test('that comes while a message is being sent is followed by the next one', async () => {
    await add(db(), { days: 'tue' });
    now = at('2026-12-01 19:00');
    const [claimed] = await claimDue(db(), { now, limit: 1, leaseMs: 60_000 });
    if (claimed === undefined) throw new Error('nothing was due');
    await set(OFFSET, 30);
    await settle(db(), claimed, { state: 'sent', messageId: '1' }, now);
    expect(await pending()).toEqual(['advance 2026-12-08 19:30 of 2026-12-08 20:00']);
  });

  test('that comes while a message waits for another attempt moves it, or lets it go out as it is', async () => {
    await add(db(), { days: 'tue' });
    now = at('2026-12-01 19:00');
    const [claimed] = await claimDue(db(), { now, limit: 1, leaseMs: 60_000 });
    if (claimed === undefined) throw new Error('nothing was due');
    await postpone(db(), claimed, { reason: 'x', until: at('2026-12-01 19:10'), isUncertain: false });
    await set(OFFSET, 120);
    expect(await claimDue(db(), { now: at('2026-12-01 19:10'), limit: 1, leaseMs: 60_000 })).toHaveLength(1);
  });

  test('concerns neither another guild nor what is finished', async () => {
    await add(db(), { guildId: OTHER_GUILD, days: 'tue' });
    await add(db(), {});
    await deliver('2026-12-01 19:00');
    await deliver('2026-12-01 20:00');
    expect(said(await set(OFFSET, 30))).toEqual([]);
    expect(await db().selectFrom('reminders').select('offset_minutes').orderBy('id').execute()).toEqual([
      { offset_minutes: 60 },
      { offset_minutes: 60 },
    ]);
  });

  test('that is taken back takes the moments back', async () => {
    await add(db(), { days: 'tue' });
    const before = await pending();
    const { entry } = await settings.change({ guildId: GUILD, key: OFFSET, value: 30, changedBy: MIA });
    const undone = await settings.undo({ guildId: GUILD, entryId: entry?.id ?? '', undoneBy: MIA });
    expect([said(undone.notes), await pending()]).toEqual([['moved 1'], before]);
  });
});

describe('a changed time zone', () => {
  const NEW_YORK = 'America/New_York';
  const inNewYork = async (): Promise<string[]> => {
    const rows = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('state', '=', 'pending')
      .orderBy('id')
      .execute();
    return rows.map((row) => `${written(row.due_at, NEW_YORK)} of ${written(row.event_at, NEW_YORK)}`);
  };

  test('keeps the clock time of a recurring reminder', async () => {
    await add(db(), { days: 'wed' });
    const before = await pending();
    expect(said(await set(ZONE, NEW_YORK))).toEqual(['moved 1']);
    expect(await inNewYork()).toEqual(['2026-12-02 19:00 of 2026-12-02 20:00']);
    expect(said(await set(ZONE, BRUSSELS))).toEqual(['moved 1']);
    expect(await pending()).toEqual(before);
  });

  test('keeps the instant of a one-off, and shows it in the new zone', async () => {
    await add(db(), { date: '2026-12-02' });
    const before = await pending();
    expect(said(await set(ZONE, NEW_YORK))).toEqual(['keptInstant 1']);
    expect(await pending()).toEqual(before);
    expect(await db().selectFrom('reminders').selectAll().executeTakeFirst()).toMatchObject({
      call_time: '14:00:00',
      time: '13:00:00',
    });
  });

  test('with the same clocks moves nothing', async () => {
    await add(db(), { days: 'wed' });
    const before = await pending();
    expect(said(await set(ZONE, 'Europe/Paris'))).toEqual(['moved 1']);
    expect(await pending()).toEqual(before);
  });

  test('announces again what the clocks of the new zone have not come to yet', async () => {
    await add(db(), { days: 'daily' });
    await deliver('2026-12-01 19:00');
    now = at('2026-12-01 19:05');
    await set(ZONE, 'Europe/Lisbon');
    expect(await pending()).toEqual(['advance 2026-12-01 20:00 of 2026-12-01 21:00']);
    await set(ZONE, BRUSSELS);
    expect(await pending()).toEqual(['advance 2026-12-02 19:00 of 2026-12-02 20:00']);
  });

  test.each([
    ['zone', ZONE, NEW_YORK],
    ['offset', OFFSET, 30],
  ] as const)('or %s leaves alone what is late already: it still goes out', async (_name, key, value) => {
    await add(db(), { days: 'tue' });
    now = at('2026-12-02 12:00');
    expect(said(await set(key, value))).toEqual(['moved 1']);
    expect(await claimDue(db(), { now, limit: 1, leaseMs: 60_000 })).toMatchObject([
      { dueAt: at('2026-12-01 19:00') },
    ]);
  });

  test('does not bring back, with a message that was set aside, what went out since', async () => {
    await add(db(), { days: 'daily' });
    const [failed] = await claimDue(db(), { now: at('2026-12-01 19:00'), limit: 1, leaseMs: 60_000 });
    if (failed === undefined) throw new Error('nothing was due');
    await settle(db(), failed, { state: 'parked', reason: 'x' }, at('2026-12-01 19:00'));
    await db()
      .updateTable('reminder_occurrences')
      .set({ state: 'pending' })
      .where('id', '=', failed.id)
      .execute();
    now = at('2026-12-02 19:00');
    const [again, next] = await claimDue(db(), { now, limit: 2, leaseMs: 60_000 });
    if (again === undefined || next === undefined) throw new Error('two were due');
    await settle(db(), next, { state: 'sent', messageId: '1' }, now);
    await set(OFFSET, 30);
    await settle(db(), again, { state: 'sent', messageId: '2' }, now);
    expect(await pending()).toEqual(['advance 2026-12-03 19:30 of 2026-12-03 20:00']);
  });

  test('is what later messages follow as well', async () => {
    await add(db(), { days: 'wed' });
    await set(ZONE, NEW_YORK);
    now = at('2026-12-03 01:00');
    const [claimed] = await claimDue(db(), { now, limit: 1, leaseMs: 60_000 });
    if (claimed === undefined) throw new Error('nothing was due');
    await settle(db(), claimed, { state: 'sent', messageId: '1' }, now);
    expect(await inNewYork()).toEqual(['2026-12-09 19:00 of 2026-12-09 20:00']);
  });
});

// The embedded database runs one transaction after the other.
describePostgres('in the very moment of a change', () => {
  const create = () =>
    createReminder(
      db(),
      { name: 'Raid', time: '20:00', date: null, days: 'tue', message: null, location: null },
      { guildId: GUILD, channelId: GENERAL, createdBy: MIA, isAdmin: true, mentionEveryone: false, now: NOW },
    );

  test('a new reminder follows it, whichever comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      await database().empty();
      settings.invalidateAll();
      await Promise.all([create(), set(OFFSET, 30), create(), create()]);
      expect(new Set(await pending())).toEqual(new Set(['advance 2026-12-01 19:30 of 2026-12-01 20:00']));
    }
  });

  test('zone and offset changed at once both count', async () => {
    for (let round = 0; round < 20; round += 1) {
      await database().empty();
      settings.invalidateAll();
      await create();
      await Promise.all([set(OFFSET, 30), set(ZONE, 'America/New_York')]);
      expect(await pending()).toEqual(['advance 2026-12-02 01:30 of 2026-12-02 02:00']);
    }
  });
});
