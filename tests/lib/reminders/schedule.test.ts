import { describe, expect, it } from 'vitest';
import {
  firstEventAt,
  latestDueEvent,
  nextEventAt,
  nextOccurrences,
  occurrencesOf,
  sendTimeOf,
  type ReminderDefinition,
} from '#lib/reminders/schedule';
import { instantOf, wallClockOf } from '#lib/time/wall-clock';

const BRUSSELS = 'Europe/Brussels';
const DAILY = [0, 1, 2, 3, 4, 5, 6];
const OFFSETS = [0, 30, 60, 180, 1440, 4320];

/** An instant from Brussels wall-clock time, `2026-03-11 19:30`. */
function at(written: string): Date {
  const [date = '', time = ''] = written.split(' ');
  return instantOf({ date, time }, BRUSSELS).instant;
}

function written(instant: Date, zone = BRUSSELS): string {
  const { date, time } = wallClockOf(instant, zone);
  return `${date} ${time}`;
}

const PLAIN = { id: 1, rrule: null, recursFrom: null, recursUntil: null, preAlerts: [] } as const;

function recurring(callTime: string, days: readonly number[], offsetMinutes: number): ReminderDefinition {
  return { ...PLAIN, eventTime: null, callTime, days, offsetMinutes };
}

function oneOff(event: string, offsetMinutes: number): ReminderDefinition {
  return { ...PLAIN, eventTime: at(event), callTime: event.slice(11), days: [], offsetMinutes };
}

function dueTimes(definition: ReminderDefinition, after: string, count: number): string[] {
  return nextOccurrences(definition, BRUSSELS, at(after), count).map(({ dueAt }) => written(dueAt));
}

describe('one-off reminders', () => {
  it.each([
    ['2026-03-11 19:30', 60, ['2026-03-11 18:30', '2026-03-11 19:30']],
    ['2026-03-11 00:30', 60, ['2026-03-10 23:30', '2026-03-11 00:30']],
    ['2026-03-11 23:59', 30, ['2026-03-11 23:29', '2026-03-11 23:59']],
    ['2026-03-11 01:00', 180, ['2026-03-10 22:00', '2026-03-11 01:00']],
    ['2026-03-11 15:00', 1440, ['2026-03-10 15:00', '2026-03-11 15:00']],
    ['2026-03-11 15:00', 4320, ['2026-03-08 15:00', '2026-03-11 15:00']],
    ['2026-03-11 15:00', 0, ['2026-03-11 15:00']],
  ])('event %s, offset %i: due %j and never again', (event, offset, due) => {
    expect(dueTimes(oneOff(event, offset), '2026-03-01 00:00', 10)).toEqual(due);
  });

  it('keeps only the event once its announcement is past', () => {
    const reminder = oneOff('2026-03-11 19:30', 60);
    expect(dueTimes(reminder, '2026-03-11 18:30', 3)).toEqual(['2026-03-11 19:30']);
    expect(dueTimes(reminder, '2026-03-11 19:30', 3)).toEqual([]);
    expect(nextEventAt(reminder, BRUSSELS, at('2026-03-11 19:29'))).toEqual(at('2026-03-11 19:30'));
    expect(nextEventAt(reminder, BRUSSELS, at('2026-03-11 19:30'))).toBeNull();
  });

  it('says of each message what it is', () => {
    const eventAt = at('2026-03-11 19:30');
    const advance = { kind: 'advance', eventAt, dueAt: at('2026-03-11 18:30'), offsetMinutes: 60 };
    const event = { kind: 'event', eventAt, dueAt: eventAt, offsetMinutes: 0 };
    expect(occurrencesOf(oneOff('2026-03-11 19:30', 60), eventAt)).toEqual([advance, event]);
    expect(occurrencesOf(recurring('19:30', [2], 60), eventAt)).toEqual([advance]);
    expect(occurrencesOf(recurring('19:30', [2], 0), eventAt)).toEqual([event]);
  });

  it('has nothing to send without an event', () => {
    expect(
      nextOccurrences({ ...oneOff('2026-03-11 19:30', 60), eventTime: null }, BRUSSELS, new Date(0), 3),
    ).toEqual([]);
  });
});

describe('recurring reminders', () => {
  it.each([
    ['00:30', [2], 60, ['2026-03-10 23:30', '2026-03-17 23:30', '2026-03-24 23:30']],
    ['19:30', [2], 60, ['2026-03-11 18:30', '2026-03-18 18:30', '2026-03-25 18:30']],
    ['23:15', [2, 3], 10, ['2026-03-11 23:05', '2026-03-12 23:05', '2026-03-18 23:05']],
    ['19:30', [0], 0, ['2026-03-09 19:30', '2026-03-16 19:30', '2026-03-23 19:30']],
    ['19:30', [0, 1], 4320, ['2026-03-13 19:30', '2026-03-14 19:30', '2026-03-20 19:30']],
    // Clocks change on 29 March and 25 October.
    ['02:30', [6], 0, ['2026-03-15 02:30', '2026-03-22 02:30', '2026-03-29 03:30', '2026-04-05 02:30']],
    ['03:30', [6], 60, ['2026-03-15 02:30', '2026-03-22 02:30', '2026-03-29 01:30', '2026-04-05 02:30']],
  ])('event %s on days %j, offset %i: due %j', (callTime, days, offset, due) => {
    expect(dueTimes(recurring(callTime, days, offset), '2026-03-09 12:00', due.length)).toEqual(due);
  });

  it('fires once in the hour that October repeats', () => {
    const due = nextOccurrences(recurring('02:30', DAILY, 0), BRUSSELS, new Date('2026-10-24T12:00Z'), 2);
    expect(due.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('asked between the two passes of that hour, goes on to the next day', () => {
    const next = nextEventAt(recurring('02:30', DAILY, 0), BRUSSELS, new Date('2026-10-25T00:45Z'));
    expect(next?.toISOString()).toBe('2026-10-26T01:30:00.000Z');
  });

  it('finds the event of yesterday that the clocks moved past midnight', () => {
    // In Nuuk, Saturday 28 March 2026 ends at 23:00.
    const next = nextEventAt(recurring('23:30', [5], 0), 'America/Nuuk', new Date('2026-03-29T01:15Z'));
    expect(next?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('never fires on days that do not exist', () => {
    expect(nextEventAt(recurring('19:30', [9], 0), BRUSSELS, new Date())).toBeNull();
    expect(nextOccurrences(recurring('19:30', [9], 0), BRUSSELS, new Date(), 3)).toEqual([]);
  });

  it('refuses a call time and a zone that do not exist', () => {
    expect(() => nextEventAt(recurring('25:00', [1], 0), BRUSSELS, new Date())).toThrow(RangeError);
    expect(() => nextEventAt(recurring('12:00', [1], 0), 'Mars/Olympus', new Date())).toThrow(RangeError);
  });
});

describe.each([BRUSSELS, 'America/New_York'])('two years of recurring events in %s', (zone) => {
  const start = new Date('2026-01-01T00:07:00Z');
  const end = new Date('2028-01-01T00:00:00Z');
  const quarters = quarterHours(zone, start, new Date(end.getTime() + 10 * 86_400_000));
  const cases = ['00:30', '02:30', '19:30'].flatMap((callTime) =>
    [[2], [5, 6], DAILY].flatMap((days) => OFFSETS.map((offset) => [callTime, days, offset] as const)),
  );

  it.each(cases)(
    'at %s on %j, offset %i: each event announced once, none skipped',
    (callTime, days, offset) => {
      const expected = eventsByCounting(quarters, callTime, days)
        .map((eventMs) => eventMs - offset * 60_000)
        .filter((dueMs) => dueMs > start.getTime() && dueMs < end.getTime());

      const found: number[] = [];
      let after = start;
      // One step more than expected: a search that does not advance fails and does not hang.
      while (found.length <= expected.length) {
        const [next] = nextOccurrences(recurring(callTime, days, offset), zone, after, 1);
        if (next === undefined || next.dueAt >= end) break;
        expect(next.kind).toBe(offset === 0 ? 'event' : 'advance');
        found.push(next.dueAt.getTime());
        after = next.dueAt;
      }
      expect(found).toEqual(expected);
      expect(found.length).toBeGreaterThan(100);
    },
  );
});

describe('what recurs by a rule, from a date and until one', () => {
  const monthly = {
    ...recurring('20:00', [], 60),
    rrule: 'FREQ=MONTHLY;BYMONTHDAY=31',
    recursFrom: '2026-01-01',
  };

  it.each<[string, Partial<ReminderDefinition>, string[]]>([
    ['months without that day are skipped', {}, ['2026-03-31 19:00', '2026-05-31 19:00', '2026-07-31 19:00']],
    ['the last date is the last', { recursUntil: '2026-05-31' }, ['2026-03-31 19:00', '2026-05-31 19:00']],
    [
      'not before the first date',
      { recursFrom: '2026-06-01' },
      ['2026-07-31 19:00', '2026-08-31 19:00', '2026-10-31 19:00'],
    ],
    [
      'every other week counts from the first date',
      { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', recursFrom: '2026-03-02' },
      ['2026-03-20 19:00', '2026-04-03 19:00', '2026-04-17 19:00'],
    ],
    [
      'days may begin and end as well',
      { days: [0], rrule: null, recursFrom: '2026-04-07', recursUntil: '2026-04-20' },
      ['2026-04-13 19:00', '2026-04-20 19:00'],
    ],
    ['nothing is left', { recursUntil: '2026-03-30' }, []],
  ])('%s', (_what, change, due) => {
    expect(dueTimes({ ...monthly, ...change }, '2026-03-11 12:00', 3)).toEqual(due);
  });

  it.each<[string, Partial<ReminderDefinition>, string, number, string | null]>([
    ['weekly', { rrule: 'FREQ=WEEKLY;BYDAY=MO' }, '2026-03-11 12:00', 0, '2026-03-09 20:00'],
    ['due ahead', { rrule: 'FREQ=WEEKLY;BYDAY=TH' }, '2026-03-11 20:00', 1440, '2026-03-12 20:00'],
    ['months ago', {}, '2026-07-31 19:59', 0, '2026-05-31 20:00'],
    [
      'years ago',
      { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', recursFrom: '2020-01-01' },
      '2027-03-01 12:00',
      0,
      '2024-02-29 20:00',
    ],
    ['when it has ended', { recursUntil: '2026-05-31' }, '2031-01-01 12:00', 0, '2026-05-31 20:00'],
    ['not yet', {}, '2026-01-31 19:59', 0, null],
  ])('the newest event that is due: %s', (_what, change, now, offset, event) => {
    const latest = latestDueEvent({ ...monthly, ...change }, BRUSSELS, at(now), offset);
    expect(latest === null ? null : written(latest)).toBe(event);
  });

  it('is refused when it would never come', () => {
    const recurrence = { ...monthly, recursUntil: '2026-01-30' };
    const now = at('2026-03-11 12:00');
    expect(firstEventAt({ time: '20:00', recurrence }, BRUSSELS, now)).toEqual({
      ok: false,
      reason: 'never',
    });
  });
});

describe('firstEventAt', () => {
  const now = at('2026-03-11 12:00');

  it.each([
    [{ time: '19:30' }, '2026-03-11 19:30', false],
    [{ time: '12:00' }, '2026-03-12 12:00', false],
    [{ time: '08:00', days: [] }, '2026-03-12 08:00', false],
    [{ time: '08:00', date: '2026-05-01' }, '2026-05-01 08:00', false],
    [{ time: '08:00', days: [2] }, '2026-03-18 08:00', true],
    [{ time: '19:30', days: [2, 6] }, '2026-03-11 19:30', true],
    [
      {
        time: '19:30',
        recurrence: {
          days: [],
          rrule: 'FREQ=MONTHLY;BYMONTHDAY=15',
          recursFrom: '2026-03-16',
          recursUntil: null,
        },
      },
      '2026-04-15 19:30',
      true,
    ],
  ])('%j is first at %s', (entered, eventAt, isRecurring) => {
    const first = firstEventAt(entered, BRUSSELS, now);
    expect(first).toEqual({ ok: true, recurring: isRecurring, eventAt: at(eventAt), adjusted: 'none' });
  });

  it.each([
    [{ time: '12:00', date: '2026-03-11' }, 'past'],
    [{ time: '23:59', date: '2026-03-10' }, 'past'],
    [{ time: '12:00', date: '2026-05-01', days: [1] }, 'date-and-days'],
  ])('%j is refused as %s', (entered, reason) => {
    expect(firstEventAt(entered, BRUSSELS, now)).toEqual({ ok: false, reason });
  });

  it('says when daylight saving time moves it', () => {
    const gap = firstEventAt({ time: '02:30', date: '2026-03-29' }, BRUSSELS, now);
    expect(gap).toMatchObject({ eventAt: new Date('2026-03-29T01:30Z'), adjusted: 'gap' });
    const overlap = firstEventAt({ time: '02:30' }, BRUSSELS, at('2026-10-24 20:00'));
    expect(overlap).toMatchObject({ eventAt: new Date('2026-10-25T00:30Z'), adjusted: 'overlap' });
  });

  it('refuses days that do not exist', () => {
    expect(() => firstEventAt({ time: '12:00', days: [7] }, BRUSSELS, now)).toThrow(RangeError);
    expect(() => firstEventAt({ time: '12:00', date: '2026-02-31' }, BRUSSELS, now)).toThrow(RangeError);
  });
});

it.each([
  ['19:30', 60, '18:30'],
  ['00:30', 60, '23:30'],
  ['23:59', 0, '23:59'],
  ['01:00', 180, '22:00'],
  ['15:00', 1440, '15:00'],
  ['15:00', 4320, '15:00'],
  ['00:10', 1455, '23:55'],
  ['12:00', 10_080, '12:00'],
])('an event at %s with offset %i is sent at %s', (callTime, offset, sendTime) => {
  expect(sendTimeOf(callTime, offset)).toBe(sendTime);
});

interface QuarterHour {
  ms: number;
  date: string;
  time: string;
  weekday: number;
}

/** Every quarter of an hour and what the clocks show then, by the platform's own calendar. */
function quarterHours(zone: string, start: Date, end: Date): QuarterHour[] {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const step = 15 * 60_000;
  const quarters: QuarterHour[] = [];
  for (let ms = Math.floor(start.getTime() / step) * step; ms < end.getTime(); ms += step) {
    const [date = '', time = ''] = shown.format(ms).split(' ');
    quarters.push({ ms, date, time, weekday: (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7 });
  }
  return quarters;
}

/** The events by walking through time: the first quarter of each such day that shows the time, else as far after midnight. */
function eventsByCounting(
  quarters: readonly QuarterHour[],
  callTime: string,
  days: readonly number[],
): number[] {
  const [hours = 0, minutes = 0] = callTime.split(':').map(Number);
  const byDate = new Map<string, QuarterHour[]>();
  for (const quarter of quarters) byDate.set(quarter.date, [...(byDate.get(quarter.date) ?? []), quarter]);
  return [...byDate.values()]
    .filter(([first]) => first !== undefined && days.includes(first.weekday))
    .map((day) => {
      const midnightMs = day.find(({ time }) => time === '00:00')?.ms ?? Number.NaN;
      return day.find(({ time }) => time === callTime)?.ms ?? midnightMs + (hours * 60 + minutes) * 60_000;
    })
    .filter((ms) => !Number.isNaN(ms));
}
