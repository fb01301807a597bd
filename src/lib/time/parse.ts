/** What a person types about time, read in Dutch and English alike. */
export { formatDaysForDisplay, parseDaysString, type ParsedDays } from './parse-days.ts';
export { parseDurations } from './parse-durations.ts';
export { parseTimeString } from './parse-time.ts';
export { parseDateString } from './parse-date.ts';
