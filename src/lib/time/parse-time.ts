/** Longer texts are no time of day; refusing them keeps the work bounded. */
const TIME_TEXT_MAX = 40;

const LEADING_WORD = /^(?:om|at)\s/;
/** 19:30, 9.30, 19u30, 19h30, 19 u 30, 9:5, each with an optional `uur`, `u` or `h` behind it; seconds are read and dropped. */
const WITH_MINUTES = /^(\d{1,2})\s?(?:[:uh]\s?(\d{1,2})|\.(\d{2}))(?:[:.][0-5]\d)?\s?(?:uur|u|h)?$/;
/** 19u, 18h, 19 uur. */
const WHOLE_HOUR = /^(\d{1,2})\s?(?:uur|u|h)$/;
/** 7pm, 7:30 PM, 7.30 p.m. */
const TWELVE_HOUR = /^(\d{1,2})(?:[:.](\d{2})(?:[:.][0-5]\d)?)?\s?([ap])\.?\s?m\.?$/;

/**
 * Reads a time of day as people in Dutch and English write it: `19:30`, `9.30`, `19u30`, `19u`, `18h`, `7pm`, `7:30 PM`, `12am`.
 * A single digit of minutes counts minutes (`9:5` is 09:05); after a dot it is no time (`7.5`). Seconds are dropped.
 * @returns `HH:MM`, or null when it is no time of day (25:00, 24:00, 7:60, 13pm).
 */
export function parseTimeString(text: string): string | null {
  if (text.length > TIME_TEXT_MAX) return null;
  const written = text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase().replace(LEADING_WORD, '');

  const twelve = TWELVE_HOUR.exec(written);
  if (twelve !== null) {
    const hour = Number(twelve[1]);
    if (hour < 1 || hour > 12) return null;
    return timeOfDay((hour % 12) + (twelve[3] === 'p' ? 12 : 0), Number(twelve[2] ?? 0));
  }

  const whole = WHOLE_HOUR.exec(written);
  if (whole !== null) return timeOfDay(Number(whole[1]), 0);

  const full = WITH_MINUTES.exec(written);
  return full === null ? null : timeOfDay(Number(full[1]), Number(full[2] ?? full[3]));
}

function timeOfDay(hour: number, minute: number): string | null {
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
