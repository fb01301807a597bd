import { describe, expect, test } from 'vitest';
import { check } from './checker.ts';
import {
  afterMs,
  daily,
  deliveries,
  delivery,
  DUES,
  first,
  historyOf,
  iso,
  notice,
  outage,
  plan,
  problemsOf,
  row,
  rows,
  second,
  third,
  version,
  without,
} from './checker-fixtures.ts';
import { promisesOf } from './expectations.ts';
import type { AddedReminder, Hindrance } from './history.ts';
import type { Schedule } from './schedules.ts';

describe('what a definition promises', () => {
  test('follows the clock on the wall where it jumps', () => {
    expect(promisesOf(daily, plan, plan.end).map(({ due }) => due.toISOString())).toEqual(DUES.map(iso));
  });

  test('counts the first of two equal times when clocks go back', () => {
    const once: AddedReminder = {
      ...daily,
      versions: [
        version({ kind: 'once', time: '02:30', date: '2027-10-31' }, new Date('2027-10-29T12:00:00Z')),
      ],
    };
    const promised = promisesOf(once, { ...plan, offsetMinutes: 60 }, new Date('2027-11-02T00:00:00Z'));
    expect(promised.map(({ kind, due }) => `${kind} ${due.toISOString()}`)).toEqual([
      'advance 2027-10-30T23:30:00.000Z',
      'event 2027-10-31T00:30:00.000Z',
    ]);
  });
});

describe('what a rule promises', () => {
  const eventsOf = (schedule: Schedule, until: string): string[] =>
    promisesOf({ ...daily, versions: [version(schedule)] }, plan, new Date(until)).map(({ due }) =>
      due.toISOString().slice(0, 16),
    );

  test('every other week counts from the first one ahead', () => {
    expect(
      eventsOf({ kind: 'rule', time: '13:30', rule: { every: 'other week', weekday: 5 } }, '2027-05-01'),
    ).toEqual(['2027-03-26T12:30', '2027-04-09T11:30', '2027-04-23T11:30']);
  });

  test('days of a month', () => {
    const rule = { every: 'month', nth: 1, weekday: 6 } as const;
    expect(eventsOf({ kind: 'rule', time: '09:00', rule }, '2027-06-01')).toEqual([
      '2027-04-03T07:00',
      '2027-05-01T07:00',
    ]);
    expect(eventsOf({ kind: 'rule', time: '09:00', rule: { ...rule, nth: -1 } }, '2027-05-01')).toEqual([
      '2027-03-27T08:00',
      '2027-04-24T07:00',
    ]);
    expect(eventsOf({ kind: 'rule', time: '09:00', rule: { every: 'month', day: 5 } }, '2027-05-01')).toEqual(
      ['2027-04-05T07:00'],
    );
  });
});

describe('a run', () => {
  test('is clean when each message came once and in time', () => {
    expect(check(historyOf())).toEqual({
      problems: [],
      promised: 4,
      delivered: 4,
      late: 0,
      parked: 0,
      missed: 0,
      skipped: 0,
      replaced: 0,
      done: 0,
      kinds: { weekly: 4 },
    });
  });

  test('is not when a message is lost, whatever the rows say', () => {
    expect(problemsOf({ deliveries: without(deliveries, 1) })).toContain('lost: recorded as sent');
    expect(problemsOf({ deliveries: without(deliveries, 1), rows: without(rows, 1) })).toContain(
      'lost: neither delivered nor accounted for',
    );
  });

  test('is not when a message comes twice', () => {
    const again = delivery(second, 61_000, { messageId: 'another' });
    expect(problemsOf({ deliveries: [...deliveries, again], hindrances: [outage(second, 1)] })).toContain(
      'sent 2 times',
    );
  });

  test('is not when a message comes too early, in the wrong place, or unasked', () => {
    expect(problemsOf({ deliveries: [delivery(first, -1_000), ...without(deliveries, 0)] })).toContain(
      'too early',
    );
    expect(
      problemsOf({ deliveries: [delivery(first, 20, { channelId: '11' }), ...without(deliveries, 0)] }),
    ).toContain('another channel');
    expect(problemsOf({ deliveries: [...deliveries, delivery('2027-03-28T12:00:00Z')] })).toContain(
      'nobody asked for',
    );
  });

  test('is not when something is late and nothing was wrong', () => {
    const late = [delivery(first, 60_000), ...without(deliveries, 0)];
    expect(problemsOf({ deliveries: late })).toContain('late by 60 s without a reason');
    expect(problemsOf({ deliveries: late, hindrances: [outage(first, 1)] })).toBe('');
    const permission: Hindrance = {
      what: { kind: 'permission', channel: 'two', deny: 'SendMessages', forMs: 3_600_000 },
      from: new Date(first),
      to: afterMs(first, 3_600_000),
    };
    expect(problemsOf({ deliveries: late, hindrances: [permission] })).toContain('without a reason');
  });

  test('may skip or miss what a newer message of the same reminder stands for, after an outage', () => {
    const back = afterMs(first, 48 * 3_600_000);
    const lateRow = row(first, {
      state: 'missed',
      messageId: null,
      error: 'x',
      settledAt: back.toISOString(),
    });
    const after = { rows: [lateRow, ...rows.slice(2)], deliveries: deliveries.slice(2) };
    expect(problemsOf(after)).toContain('without a reason');
    expect(check(historyOf({ ...after, hindrances: [outage(first, 48)] }))).toMatchObject({
      problems: [],
      missed: 1,
      skipped: 1,
    });
  });

  test('is not when the one before went out in time and nothing stands for what came after it', () => {
    const settledAt = afterMs(second, 3_600_000).toISOString();
    const after = {
      rows: [row(first, { settledAt }), ...rows.slice(2)],
      deliveries: without(deliveries, 1),
      hindrances: [outage(first, 25)],
    };
    expect(problemsOf(after)).toContain('lost');
    const late = [delivery(first, Date.parse(settledAt) - Date.parse(first)), ...deliveries.slice(2)];
    expect(problemsOf({ ...after, deliveries: late })).not.toContain('lost');
  });

  const givenUp = (state: string, error = 'x', lateMs = 3_600_000) => ({
    rows: [
      ...rows.slice(0, 2),
      row(third, { state, messageId: null, error, settledAt: afterMs(third, lateMs).toISOString() }),
      ...rows.slice(3),
    ],
    deliveries: without(deliveries, 2),
    notices: state === 'parked' ? [notice(third, 'parked')] : [],
  });

  test('is not when something is given up that could have gone out', () => {
    expect(problemsOf(givenUp('parked'))).toContain('parked (x) without a reason');
    expect(problemsOf({ ...givenUp('parked'), hindrances: [outage(third, 1)] })).toBe('');
    expect(problemsOf({ ...givenUp('missed'), hindrances: [outage(third, 1)] })).toContain(
      'missed (x) without need',
    );
    expect(problemsOf(givenUp('pending'))).toContain('still pending at the end');
  });

  test('is not when nobody is told of what was given up, or somebody is twice', () => {
    const parked = { ...givenUp('parked'), hindrances: [outage(third, 1)] };
    const told = parked.notices;
    expect(problemsOf({ ...parked, notices: [] })).toContain('set aside, and nobody was told');
    expect(problemsOf({ ...parked, notices: [...told, ...told] })).toContain('told more than once');
    expect(problemsOf({ ...parked, notices: [...told, notice(third, 'parked', 'other')] })).toBe('');
    // For the same reason as the one before.
    expect(problemsOf({ ...parked, notices: [notice(second, 'parked')] })).toBe('');

    const day = 25 * 3_600_000;
    const missed = { ...givenUp('missed', 'too late', day), hindrances: [outage(third, 25)] };
    const late = notice(third, 'missed');
    expect(problemsOf({ ...missed, notices: [late] })).toBe('');
    expect(problemsOf(missed)).toContain('told 0 times that it came too late');
    expect(problemsOf({ ...missed, notices: [late, late] })).toContain('told 2 times');
  });
});
