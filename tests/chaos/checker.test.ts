import { describe, expect, test } from 'vitest';
import { check } from './checker.ts';
import { promisesOf } from './expectations.ts';
import type { AddedReminder, Hindrance, History, SeenDelivery } from './history.ts';
import { makePlan, type Plan } from './plan.ts';
import type { OccurrenceRow } from './protocol.ts';

const START = new Date('2027-03-26T12:00:00Z');
const END = new Date('2027-03-30T12:00:00Z');
const plan: Plan = {
  ...makePlan(1, 'postgres'),
  zone: 'Europe/Brussels',
  offsetMinutes: 0,
  start: START,
  end: END,
};
const daily: AddedReminder = {
  id: 1,
  channelId: '10',
  addedAt: START,
  planned: { name: 'Daily', time: '02:30', weekdays: [1, 2, 3, 4, 5, 6, 7], date: null, channel: 'one' },
};

/** 02:30 does not exist on the 28th, so it comes at 03:30; afterwards it is summer. */
const DUES = ['2027-03-27T01:30:00Z', '2027-03-28T01:30:00Z', '2027-03-29T00:30:00Z', '2027-03-30T00:30:00Z'];

const iso = (instant: string | number): string => new Date(instant).toISOString();
const afterMs = (due: string, ms: number): Date => new Date(Date.parse(due) + ms);

function delivery(due: string, lateMs = 20, more: Partial<SeenDelivery> = {}): SeenDelivery {
  const at = afterMs(due, lateMs);
  return { channelId: '10', messageId: `m ${due}`, reminder: 1, due: new Date(due), at, ...more };
}

function row(due: string, more: Partial<OccurrenceRow> = {}): OccurrenceRow {
  return {
    reminder: 1,
    kind: 'event',
    due: iso(due),
    event: iso(due),
    state: 'sent',
    messageId: `m ${due}`,
    error: null,
    settledAt: afterMs(due, 30).toISOString(),
    ...more,
  };
}

function historyOf(more: Partial<History> = {}): History {
  return {
    plan,
    reminders: [daily],
    deliveries: DUES.map((due) => delivery(due)),
    rows: DUES.map((due) => row(due)),
    hindrances: [],
    struck: [],
    endedAt: END,
    ...more,
  };
}

const problemsOf = (more: Partial<History>) => check(historyOf(more)).problems.join('\n');
const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);
const [first = '', second = '', third = ''] = DUES;
const rows = DUES.map((due) => row(due));
const deliveries = DUES.map((due) => delivery(due));
const outage = (from: string, hours: number): Hindrance => ({
  what: { kind: 'outage', signal: 'SIGKILL', forMs: hours * 3_600_000 },
  from: new Date(from),
  to: afterMs(from, hours * 3_600_000),
});

describe('what a definition promises', () => {
  test('follows the clock on the wall where it jumps', () => {
    expect(promisesOf(daily, plan, END).map(({ due }) => due.toISOString())).toEqual(DUES.map(iso));
  });

  test('counts the first of two equal times when clocks go back', () => {
    const once: AddedReminder = {
      ...daily,
      addedAt: new Date('2027-10-29T12:00:00Z'),
      planned: { ...daily.planned, weekdays: [], date: '2027-10-31' },
    };
    const promised = promisesOf(once, { ...plan, offsetMinutes: 60 }, new Date('2027-11-02T00:00:00Z'));
    expect(promised.map(({ kind, due }) => `${kind} ${due.toISOString()}`)).toEqual([
      'advance 2027-10-30T23:30:00.000Z',
      'event 2027-10-31T00:30:00.000Z',
    ]);
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

  test('is not when something is given up that could have gone out', () => {
    const settledAt = afterMs(third, 3_600_000).toISOString();
    const given = { messageId: null, error: 'x', settledAt };
    const only = (state: string) => ({
      rows: [...rows.slice(0, 2), row(third, { state, ...given, event: iso(third) }), ...rows.slice(3)],
      deliveries: without(deliveries, 2),
    });
    expect(problemsOf(only('parked'))).toContain('parked (x) without a reason');
    expect(problemsOf({ ...only('parked'), hindrances: [outage(third, 1)] })).toBe('');
    expect(problemsOf({ ...only('missed'), hindrances: [outage(third, 1)] })).toContain(
      'missed (x) without need',
    );
    expect(problemsOf(only('pending'))).toContain('still pending at the end');
  });
});
