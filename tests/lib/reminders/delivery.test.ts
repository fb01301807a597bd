import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { backoffMs } from '#lib/reminders/backoff';
import { Delivery, type DeliveryDeps } from '#lib/reminders/delivery';
import { claimDue, releaseClaims, renewLeases, type ClaimedOccurrence } from '#lib/reminders/claims';
import { postpone, settle } from '#lib/reminders/settlement';
import type { SendResult } from '#lib/reminders/send-result';
import { MovableClock } from '#lib/time/clock';
import { describePostgres, useDatabase, type TestDatabase } from '../../setup/database.ts';
import { add, at, BRUSSELS, GENERAL, GUILD, NEWS, NOW, occurrences, written } from './fixtures.ts';

const MINUTE_MS = 60_000;
const LEASE_MS = 60_000;

const database = useDatabase();
beforeEach(() => database().empty());

const db = () => database().db;
const claim = (when: string, limit = 10, on: Pick<TestDatabase, 'db'> = database()) =>
  claimDue(on.db, { now: at(when), limit, leaseMs: LEASE_MS });
const claimOne = async (when: string): Promise<ClaimedOccurrence> => {
  const [claimed] = await claim(when, 1);
  if (claimed === undefined) throw new Error('nothing was due');
  return claimed;
};
const states = async (): Promise<string[]> =>
  (await occurrences(db())).map(({ due, state }) => `${due} ${state}`);
const settleSent = (occurrence: ClaimedOccurrence, messageId: string, now: Date) =>
  settle(db(), occurrence, { state: 'sent', messageId }, now);
const settleParked = (occurrence: ClaimedOccurrence, reason: string, now: Date) =>
  settle(db(), occurrence, { state: 'parked', reason }, now);
const postponeCertain = (occurrence: ClaimedOccurrence, reason: string, until: Date) =>
  postpone(db(), occurrence, { reason, until, isUncertain: false });
const reminderRow = () => db().selectFrom('reminders').selectAll().executeTakeFirstOrThrow();
const noteTold = (id: string) =>
  db().updateTable('reminder_occurrences').set({ notice_due_at: null }).where('id', '=', id).execute();

describe('what is due', () => {
  test('is taken from its moment on, however late, with all that is needed to send it', async () => {
    const { reminder } = await add(db(), { days: 'tue' });
    expect(await claim('2026-12-01 18:59')).toEqual([]);
    const [claimed, ...more] = await claim('2026-12-20 12:00');
    expect(more).toEqual([]);
    expect(claimed).toEqual({
      id: '1',
      kind: 'advance',
      dueAt: at('2026-12-01 19:00'),
      eventAt: at('2026-12-01 20:00'),
      offsetMinutes: 60,
      attempts: 1,
      nonce: expect.stringMatching(/^[0-9a-f]{25}$/),
      maybeSentAt: null,
      isRetried: false,
      reminder,
    });
  });

  test('is taken once while its lease lasts, and again when whoever took it has not settled it by then', async () => {
    await add(db(), { days: 'tue' });
    const first = await claimOne('2026-12-01 19:00');
    expect(await claim('2026-12-01 19:00')).toEqual([]);
    const again = await claimOne('2026-12-01 19:01');
    // What became of the first attempt is not known.
    expect(again).toEqual({ ...first, attempts: 2, maybeSentAt: at('2026-12-01 19:00') });
  });

  test('is taken in the order of its moments, so many at a time', async () => {
    for (const time of ['12:30', '12:10', '12:20']) await add(db(), { time, offsetMinutes: 0 });
    const due = async (limit: number) =>
      (await claim('2026-12-01 13:00', limit)).map(({ dueAt }) => written(dueAt).slice(11));
    expect([await due(2), await due(2)]).toEqual([['12:10', '12:20'], ['12:30']]);
  });

  test('is shared by those who ask at the same time', async () => {
    for (let number = 0; number < 20; number += 1) await add(db(), { offsetMinutes: 0 });
    const shares = await Promise.all(Array.from({ length: 4 }, () => claim('2026-12-01 20:00', 5)));
    const ids = shares.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim('2026-12-01 20:00', 20)).length).toBe(20);
  });
});

describe('when a message was sent', () => {
  test('a recurring reminder owes its next one', async () => {
    await add(db(), { days: 'tue, thu' });
    await settleSent(await claimOne('2026-12-01 19:00'), '777', at('2026-12-01 19:00'));
    expect(await states()).toEqual(['2026-12-01 19:00 sent', '2026-12-03 19:00 pending']);
    const row = await reminderRow();
    expect([row.last_sent_at, row.finished_at]).toEqual([at('2026-12-01 19:00'), null]);
    const sent = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('id', '=', '1')
      .executeTakeFirst();
    expect(sent).toMatchObject({ message_id: '777', leased_until: null, settled_at: at('2026-12-01 19:00') });
  });

  test('a one-off is finished with its event, not with its announcement', async () => {
    await add(db());
    await settleSent(await claimOne('2026-12-01 19:00'), '1', at('2026-12-01 19:00'));
    expect([(await reminderRow()).finished_at, await states()]).toEqual([
      null,
      ['2026-12-01 19:00 sent', '2026-12-01 20:00 pending'],
    ]);
    await settleSent(await claimOne('2026-12-01 20:00'), '2', at('2026-12-01 20:00'));
    expect([(await reminderRow()).finished_at, await states()]).toEqual([
      at('2026-12-01 20:00'),
      ['2026-12-01 19:00 sent', '2026-12-01 20:00 sent'],
    ]);
    expect(await claim('2027-12-01 20:00')).toEqual([]);
  });

  test.each([
    ['three weeks', '2026-12-24 12:00', '2026-12-22 19:00'],
    ['a moment between announcement and event', '2026-12-08 19:30', '2026-12-08 19:00'],
    ['a whole week to the minute', '2026-12-08 19:00', '2026-12-08 19:00'],
  ])('after an outage of %s the newest that is due is owed, once', async (_name, back, next) => {
    await add(db(), { days: 'tue' });
    await settleSent(await claimOne(back), '1', at(back));
    expect(await states()).toEqual(['2026-12-01 19:00 sent', `${next} pending`]);
  });

  test('early, before the event, the next one is not the same event again', async () => {
    await add(db(), { days: 'daily', offsetMinutes: 4320, time: '09:00' });
    const claimed = await claimOne('2026-12-02 09:00');
    await settleSent(claimed, '1', at('2026-12-02 09:00'));
    expect(await states()).toEqual(['2026-12-02 09:00 sent', '2026-12-03 09:00 pending']);
  });

  test('twice, by one whose lease had run out, it counts once', async () => {
    await add(db(), { days: 'tue' });
    const slow = await claimOne('2026-12-01 19:00');
    const quick = await claimOne('2026-12-01 19:02');
    await settleSent(quick, '1', at('2026-12-01 19:02'));
    await settleSent(slow, '1', at('2026-12-01 19:03'));
    expect(await states()).toEqual(['2026-12-01 19:00 sent', '2026-12-08 19:00 pending']);
  });

  test('and deleted meanwhile, nothing is left', async () => {
    await add(db());
    const claimed = await claimOne('2026-12-01 19:00');
    await db().deleteFrom('reminders').execute();
    await settleSent(claimed, '1', at('2026-12-01 19:00'));
    expect(await states()).toEqual([]);
  });
});

describe('when a message cannot be delivered', () => {
  test('it is set aside with its reason, and later ones still come', async () => {
    await add(db(), { days: 'tue' });
    await settleParked(await claimOne('2026-12-01 19:00'), 'no channel', at('2026-12-01 19:00'));
    expect(await states()).toEqual(['2026-12-01 19:00 parked', '2026-12-08 19:00 pending']);
    const row = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('id', '=', '1')
      .executeTakeFirst();
    expect(row).toMatchObject({ last_error: 'no channel', leased_until: null, message_id: null });
    expect((await reminderRow()).last_sent_at).toBeNull();
  });

  test('a one-off is over with its event all the same', async () => {
    await add(db());
    for (const when of ['2026-12-01 19:00', '2026-12-01 20:00'])
      await settleParked(await claimOne(when), 'no channel', at(when));
    expect([(await reminderRow()).finished_at, await states()]).toEqual([
      at('2026-12-01 20:00'),
      ['2026-12-01 19:00 missed', '2026-12-01 20:00 parked'],
    ]);
  });

  test('of a reminder only the newest stays set aside, and the same reason is no news', async () => {
    await add(db(), { days: 'daily' });
    const park = async (day: string, reason: string) => {
      const claimed = await claimOne(`2026-12-0${day} 19:00`);
      const settlement = await settleParked(claimed, reason, at(`2026-12-0${day} 19:00`));
      await noteTold(claimed.id);
      return settlement;
    };
    expect([await park('1', 'a'), await park('2', 'a'), await park('3', 'b')]).toEqual([
      'owes-notice',
      'repeated',
      'owes-notice',
    ]);
    expect((await states()).map((state) => state.slice(8))).toEqual([
      '01 19:00 missed',
      '02 19:00 missed',
      '03 19:00 parked',
      '04 19:00 pending',
    ]);
    await settleSent(await claimOne('2026-12-04 19:00'), '1', at('2026-12-04 19:00'));
    expect((await states()).some((state) => state.endsWith('parked'))).toBe(false);
    expect(await park('5', 'b')).toBe('owes-notice');
  });

  test('and nobody was told of it yet, the same reason is news still', async () => {
    await add(db(), { days: 'daily' });
    const settlements = [];
    for (const when of ['2026-12-01 19:00', '2026-12-02 19:00'])
      settlements.push(await settleParked(await claimOne(when), 'a', at(when)));
    expect(settlements).toEqual(['owes-notice', 'owes-notice']);
  });

  test('and an attempt before that may have arrived, that is not forgotten', async () => {
    await add(db(), { days: 'tue' });
    await claimOne('2026-12-01 19:00');
    await settleParked(await claimOne('2026-12-01 19:02'), 'x', at('2026-12-01 19:02'));
    const row = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('id', '=', '1')
      .executeTakeFirst();
    expect(row?.maybe_sent_at).toEqual(at('2026-12-01 19:00'));
  });

  test('just now, it comes again at the moment given, and not before', async () => {
    await add(db(), { days: 'tue' });
    await postponeCertain(await claimOne('2026-12-01 19:00'), 'Discord answered 503', at('2026-12-01 19:05'));
    expect(await claim('2026-12-01 19:04')).toEqual([]);
    const again = await claimOne('2026-12-01 19:05');
    expect([again.attempts, again.dueAt]).toEqual([2, at('2026-12-01 19:00')]);
  });

  test('just now, but another process has taken and settled it: that stands', async () => {
    await add(db(), { days: 'tue' });
    const slow = await claimOne('2026-12-01 19:00');
    await settleSent(await claimOne('2026-12-01 19:02'), '1', at('2026-12-01 19:02'));
    await postponeCertain(slow, 'timeout', at('2026-12-01 19:05'));
    expect((await states())[0]).toBe('2026-12-01 19:00 sent');
  });

  test('an announcement that is still waiting when the event itself goes out is not sent after it', async () => {
    await add(db());
    await postponeCertain(await claimOne('2026-12-01 19:00'), 'x', at('2026-12-01 21:00'));
    await settleSent(await claimOne('2026-12-01 20:00'), '1', at('2026-12-01 20:00'));
    expect(await claim('2026-12-01 22:00')).toEqual([]);
  });
});

test.each([
  [1, 5_000],
  [2, 10_000],
  [5, 80_000],
  [8, 640_000],
  [9, 15 * MINUTE_MS],
  [1_000, 15 * MINUTE_MS],
])('after failure %i it waits at most %i ms, and at least three quarters of it', (attempts, most) => {
  expect([backoffMs(attempts, () => 0), backoffMs(attempts, () => 1)]).toEqual([most * 0.75, most]);
  const chosen = Array.from({ length: 20 }, () => backoffMs(attempts));
  expect(Math.min(...chosen)).toBeGreaterThanOrEqual(most * 0.75);
  expect(Math.max(...chosen)).toBeLessThanOrEqual(most);
});

describe('a sweep', () => {
  const told: [string, string][] = [];
  let clock: MovableClock;
  const deliveryWith = (when: string, deps: Partial<DeliveryDeps>): Delivery => {
    told.length = 0;
    clock = new MovableClock(at(when));
    return new Delivery({
      db: db(),
      clock,
      log: createLog('silent'),
      zoneOf: () => Promise.resolve(BRUSSELS),
      isEnabled: () => Promise.resolve(true),
      maxLatenessMs: () => Promise.resolve(24 * 60 * MINUTE_MS),
      turn: () => Promise.resolve(),
      prepare: () => Promise.resolve(),
      send: () => sent(),
      findSent: () => Promise.resolve(null),
      tellLog: async (guildId, level) => void told.push([guildId, level]),
      tellNotice: async ({ id, reminder }, { kind }) => {
        told.push([reminder.guildId, kind]);
        await noteTold(id);
      },
      ...deps,
    });
  };
  const sweep = async (when: string, send: DeliveryDeps['send']): Promise<void> => {
    await deliveryWith(when, { send }).sweep();
  };
  const sent = (id = '1'): Promise<SendResult> => Promise.resolve({ outcome: 'sent', messageId: id });

  test('sends all that is due, in as many batches as it takes, and tells the log', async () => {
    for (let number = 0; number < 60; number += 1)
      await add(db(), { offsetMinutes: 0, isAdmin: true, channelId: number % 2 ? GENERAL : NEWS });
    await sweep('2026-12-01 20:00', () => sent());
    expect(new Set((await states()).map((state) => state.split(' ')[2]))).toEqual(new Set(['sent']));
    expect(told).toHaveLength(60);
  });

  test('keeps the order within a channel, and no channel waits for another', async () => {
    const order: string[] = [];
    for (const [time, channelId] of [
      ['19:01', GENERAL],
      ['19:02', GENERAL],
      ['19:03', NEWS],
    ] as const)
      await add(db(), { time, channelId, offsetMinutes: 0 });
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    await sweep('2026-12-01 20:00', async ({ reminder: { callTime, channelId } }) => {
      if (callTime === '19:01') await opened;
      order.push(callTime);
      if (channelId === NEWS) open();
      return sent();
    });
    expect(order).toEqual(['19:03', '19:01', '19:02']);
  });

  test('does to each message what became of it; a failure of one leaves the others alone', async () => {
    const results: Record<string, () => Promise<SendResult>> = {
      sent: () => sent('7'),
      later: () => Promise.resolve({ outcome: 'later', reason: 'Discord answered 503', isUncertain: true }),
      parked: () => Promise.resolve({ outcome: 'parked', reason: { kind: 'no-channel' } }),
      broken: () => Promise.reject(new Error('boom')),
    };
    for (const [index, name] of Object.keys(results).entries())
      await add(db(), { name, time: `19:0${index}`, offsetMinutes: 0 });
    await sweep('2026-12-01 19:30', ({ reminder: { name } }) => results[name]?.() ?? sent());
    expect((await states()).map((state) => state.split(' ')[2])).toEqual([
      'sent',
      'pending',
      'parked',
      'sending',
    ]);
    expect(told).toEqual([
      [GUILD, 'debug'],
      [GUILD, 'parked'],
    ]);
    const later = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('id', '=', '2')
      .executeTakeFirstOrThrow();
    expect(later.last_error).toBe('Discord answered 503');
    expect(later.next_attempt_at.getTime()).toBeGreaterThan(at('2026-12-01 19:30').getTime());
  });

  test('that meets something hanging goes on with the rest, and the next one does too', async () => {
    for (const [time, channelId] of [
      ['19:01', NEWS],
      ['19:02', GENERAL],
    ] as const)
      await add(db(), { time, channelId, offsetMinutes: 0 });
    const delivery = deliveryWith('2026-12-01 19:30', {
      send: ({ reminder: { channelId } }) => (channelId === NEWS ? new Promise(() => {}) : sent()),
    });
    await delivery.sweep();
    expect((await states()).map((state) => state.split(' ')[2])).toEqual(['sending', 'sent']);
    await add(db(), { time: '19:10', offsetMinutes: 0 });
    await delivery.sweep();
    expect((await states())[2]).toBe('2026-12-01 19:10 sent');
  });

  test('gives back on a stop what it has not begun, and nothing else', async () => {
    for (const time of ['19:01', '19:02']) await add(db(), { time, offsetMinutes: 0 });
    const delivery = deliveryWith('2026-12-01 19:30', { send: () => new Promise(() => {}) });
    await delivery.sweep();
    await delivery.stop(10);
    expect((await states()).map((state) => state.split(' ')[2])).toEqual(['sending', 'pending']);
    const [again] = await claim('2026-12-01 19:30');
    expect(again?.maybeSentAt).toBeNull();
  });

  test('gives back also what was next in a channel whose message got through during the stop', async () => {
    for (const time of ['19:01', '19:02']) await add(db(), { time, offsetMinutes: 0 });
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const delivery = deliveryWith('2026-12-01 19:30', { send: () => arrived.then(() => sent()) });
    await delivery.sweep();
    const stopped = delivery.stop(1_000);
    arrive();
    await stopped;
    expect((await states()).map((state) => state.split(' ')[2])).toEqual(['sent', 'pending']);
  });

  test('does not send what is later than the guild allows, and says so; the next one comes', async () => {
    await add(db(), { days: 'tue' });
    const delivery = deliveryWith('2026-12-02 19:01', {
      send: () => Promise.reject(new Error('sent all the same')),
    });
    await delivery.sweep();
    expect(await states()).toEqual(['2026-12-01 19:00 missed', '2026-12-08 19:00 pending']);
    expect(told).toEqual([[GUILD, 'missed']]);
  });

  test('after an outage tells only the newest of what is over', async () => {
    await add(db(), { name: 'daily', days: 'daily' });
    await add(db(), { name: 'once', channelId: NEWS });
    const delivery = deliveryWith('2026-12-03 21:00', {
      maxLatenessMs: () => Promise.resolve(72 * 60 * MINUTE_MS),
    });
    await delivery.sweep();
    expect((await states()).toSorted()).toEqual([
      '2026-12-01 19:00 missed',
      '2026-12-01 19:00 missed',
      '2026-12-01 20:00 sent',
      '2026-12-03 19:00 sent',
      '2026-12-04 19:00 pending',
    ]);
    expect(told).toEqual([
      [GUILD, 'debug'],
      [GUILD, 'debug'],
    ]);
  });

  test('where reminders are off: what is due is over without a word, also what a person asked for, and goes on', async () => {
    await add(db(), { name: 'weekly', days: 'tue' });
    await add(db(), { name: 'once', date: '2026-12-03' });
    await add(db(), { name: 'asked for', days: 'thu' });
    await db()
      .updateTable('reminder_occurrences')
      .set({ retried_at: NOW })
      .where('reminder_id', '=', 3)
      .execute();
    let isOn = false;
    const delivery = deliveryWith('2026-12-01 19:00', { isEnabled: () => Promise.resolve(isOn) });
    await delivery.sweep();
    clock.moveTo(at('2026-12-03 20:00'));
    await delivery.sweep();
    isOn = true;
    await delivery.sweep();
    expect((await states()).toSorted()).toEqual([
      '2026-12-01 19:00 missed',
      '2026-12-03 19:00 missed',
      '2026-12-03 19:00 missed',
      '2026-12-03 20:00 missed',
      '2026-12-08 19:00 pending',
      '2026-12-10 19:00 pending',
    ]);
    expect(told).toEqual([]);
    const reasons = await db()
      .selectFrom('reminder_occurrences')
      .select('last_error')
      .where('state', '=', 'missed')
      .execute();
    expect(new Set(reasons.map((row) => row.last_error))).toEqual(new Set(['reminders are off']));
  });

  test.each([
    ['too late', {}, '2026-12-05 19:01'],
    ['after its event', { days: null }, '2026-12-01 20:30'],
    ['after a newer one', { days: 'daily' }, '2026-12-03 08:00'],
  ])('sends what a person asks for all the same: %s', async (_name, wanted, when) => {
    await add(db(), { days: 'tue', ...wanted });
    await settleParked(await claimOne('2026-12-01 19:00'), 'x', at('2026-12-01 19:00'));
    await db()
      .updateTable('reminder_occurrences')
      .set({ state: 'pending', retried_at: at(when), next_attempt_at: at(when) })
      .where('id', '=', '1')
      .execute();
    await db().deleteFrom('reminder_occurrences').where('id', '!=', '1').execute();
    const titles: Date[] = [];
    await sweep(when, ({ dueAt }) => {
      titles.push(dueAt);
      return sent();
    });
    expect(titles[0]).toEqual(at('2026-12-01 19:00'));
  });

  test('tells of what is set aside once, as long as the reason stays', async () => {
    await add(db(), { days: 'daily' });
    const park: DeliveryDeps['send'] = () =>
      Promise.resolve({ outcome: 'parked', reason: { kind: 'no-channel' } });
    const delivery = deliveryWith('2026-12-01 19:00', { send: park });
    await delivery.sweep();
    clock.moveTo(at('2026-12-02 19:00'));
    await delivery.sweep();
    expect(told).toEqual([[GUILD, 'parked']]);
  });

  describe('after an attempt whose outcome is unknown', () => {
    const attempts: string[] = [];
    const again = async (when: string, found: string | null) => {
      attempts.length = 0;
      await add(db(), { days: 'tue' });
      await claimOne('2026-12-01 19:00');
      await deliveryWith(when, {
        send: () => {
          attempts.push('sent');
          return sent('2');
        },
        findSent: () => {
          attempts.push('looked');
          return Promise.resolve(found);
        },
      }).sweep();
      const row = await db()
        .selectFrom('reminder_occurrences')
        .selectAll()
        .where('id', '=', '1')
        .executeTakeFirst();
      return [...attempts, row?.state, row?.message_id];
    };

    test.each(['2026-12-01 19:01', '2026-12-01 19:30'])(
      'it looks for the message first and does not send it twice (%s)',
      async (when) => {
        expect(await again(when, '9')).toEqual(['looked', 'sent', '9']);
      },
    );

    test('and there is none: it sends it', async () => {
      expect(await again('2026-12-01 19:30', null)).toEqual(['looked', 'sent', 'sent', '2']);
    });

    test('far too long ago, it is found all the same', async () => {
      expect(await again('2026-12-09 19:30', '9')).toEqual(['looked', 'sent', '9']);
      expect(await states()).toEqual([
        '2026-12-01 19:00 sent',
        '2026-12-08 19:00 missed',
        '2026-12-15 19:00 pending',
      ]);
    });

    test('and one that came due since, while nobody was there, is told late', async () => {
      expect(await again('2026-12-08 23:00', '9')).toEqual(['looked', 'sent', 'sent', '9']);
      expect(await states()).toEqual([
        '2026-12-01 19:00 sent',
        '2026-12-08 19:00 sent',
        '2026-12-15 19:00 pending',
      ]);
    });
  });

  test('that was suspended for longer than its lease does not send on that claim, only on a new one', async () => {
    await add(db(), { days: 'tue' });
    const sentOn: number[] = [];
    let suspensionMs = 2 * LEASE_MS;
    const delivery = deliveryWith('2026-12-01 19:00', {
      maxLatenessMs: () => {
        clock.advance(suspensionMs);
        suspensionMs = 0;
        return Promise.resolve(24 * 60 * MINUTE_MS);
      },
      send: ({ attempts }) => {
        sentOn.push(attempts);
        return sent();
      },
    });
    await delivery.sweep();
    expect([sentOn, (await states())[0]]).toEqual([[2], '2026-12-01 19:00 sent']);
  });

  test('that was suspended while discord.js repeated its request leaves it to the next claim, which looks for it first', async () => {
    await add(db(), { days: 'tue' });
    const steps: (number | 'looked')[] = [];
    const delivery = deliveryWith('2026-12-01 19:00', {
      send: ({ attempts }, isMine) => {
        steps.push(attempts);
        if (attempts === 1) clock.advance(2 * LEASE_MS);
        return isMine() ? sent() : Promise.resolve({ outcome: 'lost' });
      },
      findSent: () => {
        steps.push('looked');
        return Promise.resolve(null);
      },
    });
    await delivery.sweep();
    expect([steps, (await states())[0]]).toEqual([[1, 'looked', 2], '2026-12-01 19:00 sent']);
  });

  test('that takes long to tell what was set aside keeps it for itself meanwhile', async () => {
    await add(db(), { days: 'tue' });
    const noticeDueAt = async (): Promise<Date | null | undefined> => {
      const query = db().selectFrom('reminder_occurrences').select('notice_due_at').where('id', '=', '1');
      return (await query.executeTakeFirst())?.notice_due_at;
    };
    const mine: boolean[] = [];
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await deliveryWith('2026-12-01 19:00', {
        send: () => Promise.resolve({ outcome: 'parked', reason: { kind: 'no-channel' } }),
        tellNotice: async (_occurrence, _notice, isMine) => {
          clock.advance(0.9 * LEASE_MS);
          const before = await noticeDueAt();
          vi.advanceTimersByTime(LEASE_MS / 3);
          await expect.poll(noticeDueAt).not.toEqual(before);
          mine.push(isMine());
          clock.advance(0.9 * LEASE_MS);
          mine.push(isMine());
          clock.advance(0.9 * LEASE_MS);
          mine.push(isMine());
        },
      }).sweep();
    } finally {
      vi.useRealTimers();
    }
    expect(mine).toEqual([true, true, false]);
  });

  test('sends what is released while it is told that it could not be sent', async () => {
    await add(db(), { days: 'tue' });
    let again = Promise.resolve();
    const delivery = deliveryWith('2026-12-01 19:00', {
      send: ({ attempts }) =>
        attempts === 1 ? Promise.resolve({ outcome: 'parked', reason: { kind: 'no-channel' } }) : sent(),
      tellNotice: async ({ id }) => {
        await db()
          .updateTable('reminder_occurrences')
          .set({ state: 'pending', next_attempt_at: at('2026-12-01 19:00') })
          .where('id', '=', id)
          .execute();
        again = delivery.sweep();
        await expect.poll(async () => (await states())[0]).toBe('2026-12-01 19:00 sending');
        // Until it waits behind this one.
        await sleep(100);
      },
    });
    await delivery.sweep();
    await again;
    expect((await states())[0]).toBe('2026-12-01 19:00 sent');
  });

  test('that was suspended right after its claim knows how old that is', async () => {
    await add(db(), { days: 'tue' });
    const sentOn: number[] = [];
    let looks = 0;
    const delivery = deliveryWith('2026-12-01 19:00', {
      clock: {
        now() {
          looks += 1;
          if (looks === 2) clock.advance(2 * LEASE_MS);
          return clock.now();
        },
      },
      send: ({ attempts }) => {
        sentOn.push(attempts);
        return sent();
      },
    });
    await delivery.sweep();
    expect([sentOn, (await states())[0]]).toEqual([[2], '2026-12-01 19:00 sent']);
  });
});

test('what a sleeper sends after all is not listed as failed, and nothing follows twice', async () => {
  await add(db(), { days: 'tue' });
  const sleeper = await claimOne('2026-12-01 19:00');
  const other = await claimOne('2026-12-01 19:02');
  await settleParked(other, 'refused', at('2026-12-01 19:02'));
  const before = await states();
  expect(await settleSent(sleeper, '9', at('2026-12-01 19:03'))).toBe('taken-over');
  expect(before).toEqual(['2026-12-01 19:00 parked', '2026-12-08 19:00 pending']);
  expect(await states()).toEqual(['2026-12-01 19:00 sent', '2026-12-08 19:00 pending']);
});

describe('a lease', () => {
  test('is prolonged only for who holds it', async () => {
    await add(db(), { days: 'tue' });
    const first = await claimOne('2026-12-01 19:00');
    const second = await claimOne('2026-12-01 19:02');
    expect(await renewLeases(db(), [first], at('2026-12-01 19:10'))).toEqual(new Set());
    expect(await renewLeases(db(), [second], at('2026-12-01 19:10'))).toEqual(new Set([second.id]));
    expect(await claim('2026-12-01 19:09')).toEqual([]);
  });

  test('is given back only by who holds it', async () => {
    await add(db(), { days: 'tue' });
    const first = await claimOne('2026-12-01 19:00');
    await claimOne('2026-12-01 19:02');
    await releaseClaims(db(), [first]);
    expect(await states()).toEqual(['2026-12-01 19:00 sending']);
  });
});

describePostgres('two processes', () => {
  test('one that is suspended while it settles holds up nothing but its own message', async () => {
    await add(db(), { days: 'tue' });
    const stuck = await claimOne('2026-12-01 19:00');
    await add(db(), { name: 'Walk', days: 'tue' });
    const other = await database().open();
    const taken = await other.db.transaction().execute(async (suspended) => {
      await suspended
        .selectFrom('reminder_occurrences')
        .selectAll()
        .where('id', '=', stuck.id)
        .forUpdate()
        .execute();
      return claim('2026-12-01 19:02');
    });
    expect(taken.map(({ reminder }) => reminder.name)).toEqual(['Walk']);
    expect((await claim('2026-12-01 19:02')).map(({ id }) => id)).toEqual([stuck.id]);
  });

  test('never share a message', async () => {
    for (let number = 0; number < 40; number += 1) await add(db(), { offsetMinutes: 0 });
    const other = await database().open();
    const shares = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        claim('2026-12-01 20:00', 4, index % 2 ? { db: other.db } : undefined),
      ),
    );
    const ids = shares.flat().map(({ id }) => id);
    expect([new Set(ids).size, ids.length]).toEqual([40, 40]);
  });
});
