import type { Translate } from './translate.ts';

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;

/** A duration in words, exactly: `1 day 2 hours`. */
export function durationText(t: Translate, minutes: number): string {
  return partsOf(minutes)
    .map(([unit, count]) => t(`common:duration.${unit}`, { count }))
    .join(' ');
}

/** A duration as it is typed in both languages: `1d 2h`. */
export function compactDuration(minutes: number): string {
  return partsOf(minutes)
    .map(([unit, count]) => `${count}${unit.charAt(0)}`)
    .join(' ');
}

function partsOf(minutes: number) {
  const parts = [
    ['days', Math.floor(minutes / MINUTES_PER_DAY)],
    ['hours', Math.floor((minutes % MINUTES_PER_DAY) / MINUTES_PER_HOUR)],
    ['minutes', minutes % MINUTES_PER_HOUR],
  ] as const;
  const said = parts.filter(([, count]) => count > 0);
  return said.length > 0 ? said : [['minutes', 0] as const];
}
