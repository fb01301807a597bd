/** When something happens, as people say it and as the expectations read it. Times are `HH:MM` and dates `YYYY-MM-DD` in the guild's zone. */
export type Schedule =
  | { readonly kind: 'once'; readonly time: string; readonly date: string }
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  | { readonly kind: 'weekly'; readonly time: string; readonly weekdays: readonly number[] }
  | { readonly kind: 'rule'; readonly time: string; readonly rule: Rule }
  /** One exact moment, as snoozing gives it. */
  | { readonly kind: 'moment'; readonly at: Date };

export type Rule =
  | { readonly every: 'other week'; readonly weekday: number }
  /** The first to fourth such day of a month, or the last one: -1. */
  | { readonly every: 'month'; readonly nth: number; readonly weekday: number }
  | { readonly every: 'month'; readonly day: number };

const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const ORDINALS = new Map([
  [1, 'first'],
  [2, 'second'],
  [3, 'third'],
  [4, 'fourth'],
  [-1, 'last'],
]);
const DAYS_PER_WEEK = 7;

/** The option `days` of `/add_reminder`. */
export function daysOption(weekdays: readonly number[]): string {
  return weekdays.map((day) => nameOf(day).slice(0, 3).toLowerCase()).join(', ');
}

/** On which days, in words: `every other Monday`. */
function daysInWords(schedule: Exclude<Schedule, { kind: 'moment' }>): string {
  switch (schedule.kind) {
    case 'once': {
      const [year, month = '1', day] = schedule.date.split('-');
      return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
    }
    case 'weekly': {
      if (schedule.weekdays.length === DAYS_PER_WEEK) return 'every day';
      const names = schedule.weekdays.map((day) => nameOf(day));
      return `every ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')}`;
    }
    case 'rule': {
      const { rule } = schedule;
      if (rule.every === 'other week') return `every other ${nameOf(rule.weekday)}`;
      return 'day' in rule
        ? `every month on the ${rule.day}th`
        : `every ${ORDINALS.get(rule.nth)} ${nameOf(rule.weekday)} of the month`;
    }
  }
}

/** As somebody types it: `every other Monday 20:00`. */
export function inWords(schedule: Schedule): string {
  if (schedule.kind === 'moment') throw new TypeError('nobody types a moment');
  return `${daysInWords(schedule)} ${schedule.time}`;
}

/** As somebody announces it. */
export function announced(name: string, schedule: Schedule): string {
  if (schedule.kind === 'moment') throw new TypeError('nobody announces a moment');
  return `${name} ${schedule.kind === 'once' ? 'on ' : ''}${daysInWords(schedule)} at ${schedule.time}`;
}

/** Durations for a setting: `1d, 30m`. */
export function durations(minutes: readonly number[]): string {
  const text = (value: number): string => {
    if (value % 1440 === 0) return `${value / 1440}d`;
    return value % 60 === 0 ? `${value / 60}h` : `${value}m`;
  };
  return minutes.map(text).join(', ');
}

function nameOf(weekday: number): string {
  return WEEKDAYS[weekday] ?? '';
}
