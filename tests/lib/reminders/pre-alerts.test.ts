import { container } from '@sapphire/framework';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { claimDue, type ClaimedOccurrence } from '#lib/reminders/claims';
import { Delivery } from '#lib/reminders/delivery';
import type { ParkReason } from '#lib/reminders/send-result';
import { settle } from '#lib/reminders/settlement';
import type { SettingKey, SettingValue } from '#lib/settings/definitions';
import type { Settings } from '#lib/settings/settings';
import { setupSettings } from '../../../src/setup/settings.ts';
import { freshCaches } from '../../setup/caches.ts';
import { useDatabase } from '../../setup/database.ts';
import { add, at, BRUSSELS, GUILD, MIA, NOW, occurrences } from './fixtures.ts';

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
const shown = async (): Promise<string[]> =>
  (await occurrences(db())).map(({ due, event, state }) => `${due} of ${event.slice(5)} ${state}`).sort();
const set = (value: SettingValue | null, key: SettingKey = 'reminders.pre_alerts') =>
  settings.change({ guildId: GUILD, key, value, changedBy: MIA });
const claim = (when: string): Promise<ClaimedOccurrence[]> => {
  now = at(when);
  return claimDue(db(), { now, limit: 10, leaseMs: 60_000 });
};
const deliver = async (when: string): Promise<void> => {
  for (const claimed of await claim(when))
    await settle(db(), claimed, { state: 'sent', messageId: '1' }, now);
};
/** What is sent by whoever comes back at this moment. */
const sweep = async (when: string, park: ParkReason | null = null): Promise<Date[]> => {
  now = at(when);
  const sent: Date[] = [];
  await new Delivery({
    db: db(),
    clock: { now: () => now },
    log: createLog('silent'),
    zoneOf: () => Promise.resolve(BRUSSELS),
    isEnabled: () => Promise.resolve(true),
    maxLatenessMs: () => Promise.resolve(30 * 24 * 3_600_000),
    turn: () => Promise.resolve(),
    prepare: () => Promise.resolve(),
    send: ({ dueAt }) => {
      if (park !== null) return Promise.resolve({ outcome: 'parked', reason: park });
      sent.push(dueAt);
      return Promise.resolve({ outcome: 'sent', messageId: '1' });
    },
    findSent: () => Promise.resolve(null),
    tellLog: () => Promise.resolve(),
    tellNotice: () => Promise.resolve(),
  }).sweep();
  return sent.sort((a, b) => a.getTime() - b.getTime());
};

describe('several announcements', () => {
  test('a one-off owes all of them and the event from the start, but not what is past', async () => {
    const { next } = await add(db(), { date: '2026-12-02', preAlerts: [1440, 2880, 60, 10] });
    expect(await shown()).toEqual([
      '2026-12-01 20:00 of 12-02 20:00 pending',
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-02 19:50 of 12-02 20:00 pending',
      '2026-12-02 20:00 of 12-02 20:00 pending',
    ]);
    expect(next.map(({ offsetMinutes }) => offsetMinutes)).toEqual([1440, 60, 10]);
  });

  test('of a recurring one each goes on by itself', async () => {
    const { next } = await add(db(), { days: 'wed', preAlerts: [1440] });
    expect(next.map(({ dueAt }) => dueAt)).toEqual(
      ['2026-12-01 20:00', '2026-12-02 19:00', '2026-12-08 20:00'].map((when) => at(when)),
    );
    await deliver('2026-12-01 20:00');
    expect(await shown()).toEqual([
      '2026-12-01 20:00 of 12-02 20:00 sent',
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-08 20:00 of 12-09 20:00 pending',
    ]);
    await deliver('2026-12-02 19:00');
    expect((await shown()).slice(2)).toEqual([
      '2026-12-08 20:00 of 12-09 20:00 pending',
      '2026-12-09 19:00 of 12-09 20:00 pending',
    ]);
  });

  test('none comes of an event that was done when it was not written yet, and the next one does', async () => {
    const { reminder } = await add(db(), { days: 'daily', preAlerts: [2880] });
    await sweep('2026-12-01 19:00');
    await sweep('2026-12-01 20:00');
    const announced = await db()
      .updateTable('reminder_occurrences')
      .set({ done_by: MIA, done_at: now })
      .where('reminder_id', '=', reminder.id)
      .where('event_at', '=', at('2026-12-03 20:00'))
      .returning('offset_minutes')
      .execute();
    expect(announced).toEqual([{ offset_minutes: 2880 }]);
    expect(await sweep('2026-12-02 19:00')).toEqual([at('2026-12-02 19:00')]);
    await sweep('2026-12-02 20:00');
    expect(await sweep('2026-12-03 19:00')).toEqual([]);
    expect(await shown()).toContain('2026-12-03 19:00 of 12-03 20:00 missed');
    expect(await sweep('2026-12-04 19:00')).toContainEqual(at('2026-12-04 19:00'));
  });

  test('is finished when the last announcement of the last event is out', async () => {
    const recurrence = { days: [2], rrule: null, recursFrom: null, recursUntil: '2026-12-02' };
    await add(db(), { recurrence, preAlerts: [1440] });
    const finished = async () =>
      (await db().selectFrom('reminders').select('finished_at').executeTakeFirstOrThrow()).finished_at;
    await deliver('2026-12-01 20:00');
    expect(await finished()).toBeNull();
    await deliver('2026-12-02 19:00');
    expect(await finished()).toEqual(at('2026-12-02 19:00'));
  });

  test.each(['date', 'days'])('that are due at once: only the nearest is told (%s)', async (kind) => {
    await add(db(), {
      ...(kind === 'date' ? { date: '2026-12-04' } : { days: 'fri' }),
      preAlerts: [2880, 1440, 10],
    });
    expect(await sweep('2026-12-04 19:30')).toEqual([at('2026-12-04 19:00')]);
    const rows = await db()
      .selectFrom('reminder_occurrences')
      .select(['offset_minutes', 'last_error'])
      .where('state', '=', 'missed')
      .orderBy('offset_minutes')
      .execute();
    expect(rows).toEqual([
      { offset_minutes: 1440, last_error: 'a nearer one is due' },
      { offset_minutes: 2880, last_error: 'a nearer one is due' },
    ]);
  });

  test('after an outage of weeks one message tells of the newest event that is over, and one of what is ahead', async () => {
    await add(db(), { days: 'wed', preAlerts: [1440] });
    expect(await sweep('2026-12-23 12:00')).toEqual([at('2026-12-16 19:00'), at('2026-12-22 20:00')]);
    expect((await shown()).filter((line) => line.endsWith('pending'))).toEqual([
      '2026-12-23 19:00 of 12-23 20:00 pending',
      '2026-12-29 20:00 of 12-30 20:00 pending',
    ]);
    expect(await sweep('2027-01-06 21:00')).toEqual([at('2027-01-06 19:00')]);
  });

  test('of an event that was announced and could not be told, only the nearest stays set aside', async () => {
    await add(db(), { date: '2026-12-02', preAlerts: [1440] });
    await sweep('2026-12-01 20:00', { kind: 'no-channel' });
    await sweep('2026-12-02 19:00', { kind: 'no-channel' });
    expect((await shown()).map((line) => line.split(' ').at(-1))).toEqual(['missed', 'parked', 'pending']);
  });
});

describe('changed pre-alerts', () => {
  test('are in force for what exists; what would be past is not sent', async () => {
    await add(db(), { date: '2026-12-02' });
    await add(db(), { days: 'wed' });
    const { notes } = await set([2880, 1440]);
    expect(notes).toEqual([{ sentence: 'reminders:moved', values: { count: 2 } }]);
    expect(await shown()).toEqual([
      '2026-12-01 20:00 of 12-02 20:00 pending',
      '2026-12-01 20:00 of 12-02 20:00 pending',
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-02 20:00 of 12-02 20:00 pending',
      // Two days before next week's.
      '2026-12-07 20:00 of 12-09 20:00 pending',
    ]);
    await set([]);
    expect(await shown()).toEqual([
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-02 20:00 of 12-02 20:00 pending',
    ]);
  });

  test('do not announce again what was announced by the one they replace', async () => {
    await add(db(), { date: '2026-12-04', preAlerts: [2880] });
    await set([2880]);
    await deliver('2026-12-02 20:00');
    await set([1440]);
    expect((await shown()).filter((line) => line.endsWith('pending'))).toEqual([
      '2026-12-04 19:00 of 12-04 20:00 pending',
      '2026-12-04 20:00 of 12-04 20:00 pending',
    ]);
  });

  test('while one is on its way: what follows it is theirs', async () => {
    await add(db(), { days: 'wed', preAlerts: [1440] });
    await set([1440]);
    const [onItsWay] = await claim('2026-12-01 20:00');
    if (onItsWay === undefined) throw new Error('nothing was due');
    await set([720]);
    await settle(db(), onItsWay, { state: 'sent', messageId: '1' }, now);
    expect((await shown()).filter((line) => line.endsWith('pending'))).toEqual([
      '2026-12-02 19:00 of 12-02 20:00 pending',
      '2026-12-09 08:00 of 12-09 20:00 pending',
    ]);
  });

  test('leave a member alone who wants to hear it alone', async () => {
    await add(db(), { date: '2026-12-02', recipientId: MIA, preAlerts: [1440] });
    expect((await set([60])).notes).toEqual([]);
    await set(30, 'reminders.offset_minutes');
    expect(await shown()).toEqual(['2026-12-02 20:00 of 12-02 20:00 pending']);
  });
});
