import { describe, expect, it, test } from 'vitest';
import { nextRuleDate, parseRule, ruleText } from '#lib/time/recurrence';
import { formatRuleForDisplay } from '#lib/time/rule-words';
import { fastestRunMs } from '../fastest-run.ts';

/** Each with the words for it. */
const RULES: readonly (readonly [rule: string, english: string, dutch: string])[] = [
  ['FREQ=DAILY', 'every day', 'elke dag'],
  ['FREQ=DAILY;INTERVAL=2', 'every other day', 'elke twee dagen'],
  ['FREQ=DAILY;INTERVAL=10', 'every 10 days', 'elke 10 dagen'],
  ['FREQ=WEEKLY;BYDAY=FR', 'every Friday', 'elke vrijdag'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'every other Friday', 'elke twee weken op vrijdag'],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU',
    'every other week on Monday and Sunday',
    'elke twee weken op maandag en zondag',
  ],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=TU', 'every 3 weeks on Tuesday', 'elke 3 weken op dinsdag'],
  ['FREQ=MONTHLY;BYDAY=1MO', 'every first Monday of the month', 'elke eerste maandag van de maand'],
  [
    'FREQ=MONTHLY;BYDAY=2TU,-1FR',
    'every second Tuesday and last Friday of the month',
    'elke tweede dinsdag en laatste vrijdag van de maand',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=5SA',
    'every other month on the fifth Saturday',
    'elke twee maanden op de vijfde zaterdag',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'on the 15th of every month', 'op de 15e van elke maand'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=1,22,31',
    'on the 1st, the 22nd and the 31st of every month',
    'op de 1e, de 22e en de 31e van elke maand',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'on the last day of every month', 'op de laatste dag van elke maand'],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=12', 'every 3 months on the 12th', 'elke 3 maanden op de 12e'],
  ['FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3', 'every year on 3 May', 'elk jaar op 3 mei'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'every year on 29 February', 'elk jaar op 29 februari'],
  [
    'FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-1',
    'every other year on the last day of February',
    'elke twee jaar op de laatste dag van februari',
  ],
  [
    'FREQ=YEARLY;BYMONTH=3,9;BYDAY=-1SU',
    'every year on the last Sunday of March and September',
    'elk jaar op de laatste zondag van maart en september',
  ],
];

test.each(RULES)('%s is %s', (text, english, dutch) => {
  const rule = parseRule(text);
  if (rule === null) throw new Error('not read');
  expect(ruleText(rule)).toBe(text);
  expect(formatRuleForDisplay(rule, 'en-US')).toBe(english);
  expect(formatRuleForDisplay(rule, 'nl')).toBe(dutch);
});

it.each([
  '',
  'FREQ=HOURLY',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=DAILY;INTERVAL=100',
  'FREQ=DAILY;INTERVAL=1e1',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=1MO',
  'FREQ=WEEKLY;BYDAY=MO,MO',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=6MO',
  'FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1',
  'FREQ=MONTHLY;BYMONTHDAY=0',
  'FREQ=MONTHLY;BYMONTHDAY=32',
  'FREQ=YEARLY;BYMONTHDAY=3',
  'FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=3',
  'FREQ=DAILY;COUNT=3',
  'FREQ=DAILY;UNTIL=20270101',
  'FREQ=DAILY;FREQ=DAILY',
  'DTSTART:20260101;FREQ=DAILY',
  'RRULE:FREQ=DAILY',
  `FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(100)}1`,
])('%s is not one of ours', (text) => {
  expect(parseRule(text)).toBeNull();
});

describe('nextRuleDate', () => {
  test.each(RULES)('%s: the dates that walking through the calendar finds', (text) => {
    for (const from of ['2026-12-03', '2028-02-29']) {
      const expected = walk(text, from, 14);
      const rule = parseRule(text);
      if (rule === null) throw new Error('not read');
      const found: string[] = [];
      let after = '2026-01-01';
      for (let next; found.length < expected.length; after = next) {
        next = nextRuleDate(rule, from, after);
        if (next === null) break;
        found.push(next);
      }
      expect(found).toEqual(expected);
      expect(found.length).toBeGreaterThan(2);
    }
  });

  it.each(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31'])(
    '%s from a February never comes, and that is found out soon',
    (text) => {
      const rule = parseRule(text);
      if (rule === null) throw new Error('not read');
      expect(nextRuleDate(rule, '2026-02-01', '2026-02-01')).toBeNull();
      expect(fastestRunMs(() => nextRuleDate(rule, '2026-02-01', '2076-02-01'))).toBeLessThan(1000);
    },
  );

  it('takes no longer when it has gone on for decades', () => {
    const rule = parseRule('FREQ=DAILY');
    if (rule === null) throw new Error('not read');
    expect(nextRuleDate(rule, '1950-01-01', '2049-12-31')).toBe('2050-01-01');
    expect(fastestRunMs(() => nextRuleDate(rule, '1950-01-01', '2049-12-31'))).toBeLessThan(200);
  });
});

/** All dates of a rule in the years after `from`, by asking of each day whether it is one. */
function walk(text: string, from: string, years: number): string[] {
  const parts = Object.fromEntries(text.split(';').map((part) => part.split('=') as [string, string]));
  const interval = Number(parts.INTERVAL ?? 1);
  const dayMs = 86_400_000;
  const start = Date.parse(from);
  const mondayOf = (ms: number): number => ms - ((new Date(ms).getUTCDay() + 6) % 7) * dayMs;
  const monthNumber = (day: Date): number => day.getUTCFullYear() * 12 + day.getUTCMonth();
  const dates: string[] = [];
  for (let ms = start; ms < start + years * 365 * dayMs; ms += dayMs) {
    const day = new Date(ms);
    const date = day.getUTCDate();
    const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    const periods = {
      DAILY: (ms - start) / dayMs,
      WEEKLY: (mondayOf(ms) - mondayOf(start)) / dayMs / 7,
      MONTHLY: monthNumber(day) - monthNumber(new Date(start)),
      YEARLY: day.getUTCFullYear() - new Date(start).getUTCFullYear(),
    }[parts.FREQ ?? ''];
    const code = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][day.getUTCDay()] ?? '';
    const names = [code, `${Math.ceil(date / 7)}${code}`, ...(date > length - 7 ? [`-1${code}`] : [])];
    const isOne =
      periods !== undefined &&
      periods % interval === 0 &&
      (parts.BYMONTH?.split(',').includes(String(day.getUTCMonth() + 1)) ?? true) &&
      (parts.BYDAY?.split(',').some((one) => names.includes(one)) ?? true) &&
      (parts.BYMONTHDAY?.split(',').some(
        (one) => Number(one) === date || (one === '-1' && date === length),
      ) ??
        true);
    if (isOne) dates.push(day.toISOString().slice(0, 10));
  }
  return dates;
}
