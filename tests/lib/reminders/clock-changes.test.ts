import { expect, test } from 'vitest';
import { nextEventAt, type ReminderDefinition } from '#lib/reminders/schedule';
import { instantOf } from '#lib/time/wall-clock';
import { ORDINARY } from './fixtures.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Shorter than any time that clocks stay put between two changes; Morocco's Ramadan is the shortest. */
const STEP_MS = 7 * DAY_MS;
const START_MS = Date.UTC(2024, 0, 1);
const END_MS = Date.UTC(2037, 0, 1);

/** Where clocks change, and how far they are ahead of UTC before and after, all in ms. */
interface ClockChange {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** By what the platform shows, minute for minute: neither luxon nor ours. */
function clockChanges(zone: string): ClockChange[] {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const ahead = (ms: number): number => Date.parse(`${shown.format(ms).replace(' ', 'T')}Z`) - ms;
  const changes: ClockChange[] = [];
  let before = ahead(START_MS);
  for (let end = START_MS + STEP_MS; end <= END_MS; end += STEP_MS) {
    const after = ahead(end);
    if (after === before) continue;
    let [low, high] = [end - STEP_MS, end];
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / MINUTE_MS / 2) * MINUTE_MS;
      if (ahead(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
    before = after;
  }
  return changes;
}

const wallClock = (localMs: number) => {
  const [date = '', time = ''] = new Date(localMs).toISOString().slice(0, 16).split('T');
  return { date, time };
};

test('every change of the clocks in every zone, 2024 to 2036: what they skip is late, what they show twice is early', () => {
  let [gaps, overlaps] = [0, 0];
  const wrong: string[] = [];
  for (const zone of Intl.supportedValuesOf('timeZone'))
    for (const { at, before, after } of clockChanges(zone)) {
      const [first, last] = [at + Math.min(before, after), at + Math.max(before, after)];
      const middle = first + Math.floor((last - first) / MINUTE_MS / 2) * MINUTE_MS;
      const adjusted = after > before ? 'gap' : 'overlap';
      if (adjusted === 'gap') gaps += 1;
      else overlaps += 1;
      const cases = [
        { local: first - MINUTE_MS, instant: first - MINUTE_MS - before, adjusted: 'none' },
        // As long after the change as it would have been, and the first of two: both by the offset before the change.
        { local: first, instant: first - before, adjusted },
        { local: middle, instant: middle - before, adjusted },
        { local: last - MINUTE_MS, instant: last - MINUTE_MS - before, adjusted },
        { local: last, instant: last - after, adjusted: 'none' },
      ];
      for (const expected of cases) {
        const found = instantOf(wallClock(expected.local), zone);
        if (found.instant.getTime() !== expected.instant || found.adjusted !== expected.adjusted)
          wrong.push(`${zone} ${JSON.stringify(wallClock(expected.local))}`);
      }
      const { date, time } = wallClock(middle);
      const yearly = `FREQ=YEARLY;BYMONTH=${Number(date.slice(5, 7))};BYMONTHDAY=${Number(date.slice(8))}`;
      const definition: ReminderDefinition = {
        ...ORDINARY,
        id: 1,
        eventTime: null,
        callTime: time,
        days: [],
        rrule: yearly,
        recursFrom: '2020-01-01',
        offsetMinutes: 0,
      };
      const found = nextEventAt(definition, zone, new Date(at - 30 * DAY_MS));
      if (found?.getTime() !== middle - before) wrong.push(`${zone} ${yearly} ${time}`);
    }
  expect(wrong).toEqual([]);
  expect(gaps).toBeGreaterThan(1000);
  expect(overlaps).toBeGreaterThan(1000);
});
