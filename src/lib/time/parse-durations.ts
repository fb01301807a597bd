import { foldWord } from './day-names.ts';

/** Longer texts are no list of durations; refusing them keeps the work bounded. */
const DURATIONS_TEXT_MAX = 100;

const MINUTES_BY_UNIT: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, 'm min mins minute minutes minuut minuten'],
      [60, 'h hr hrs hour hours u uur uren'],
      [1440, 'd day days dag dagen'],
      [10_080, 'w week weeks weken'],
    ] as const
  ).flatMap(([minutes, words]) => words.split(' ').map((word) => [word, minutes] as const)),
);
const NO_DURATIONS: ReadonlySet<string> = new Set(['', 'none', 'no', 'off', 'geen', 'nee', 'uit', 'niets']);

const SEPARATORS = /\s*(?:[,;&+]|\b(?:and|en)\b)\s*/iu;
const PART = /(\d{1,6})\s*([a-z]+)?\s*/iuy;

/**
 * Reads durations, in Dutch and English, separated by commas, semicolons, `and` or `en`: `1440, 60` (minutes), `1d 2h, 30m`,
 * `1 dag, 2 uur`. `none`, `geen` and nothing at all are none.
 * @returns minutes, each duration once and the longest first; null when a part is no duration.
 */
export function parseDurations(text: string): number[] | null {
  if (text.length > DURATIONS_TEXT_MAX) return null;
  const written = text.normalize('NFKC').trim();
  if (NO_DURATIONS.has(foldWord(written))) return [];
  const minutes = written.split(SEPARATORS).map(minutesOf);
  if (minutes.includes(null)) return null;
  return [...new Set(minutes.filter((one) => one !== null))].sort((a, b) => b - a);
}

function minutesOf(part: string): number | null {
  let minutes = 0;
  let read = 0;
  PART.lastIndex = 0;
  while (read < part.length) {
    const match = PART.exec(part);
    const unit = match?.[2];
    const minutesEach = unit === undefined ? 1 : MINUTES_BY_UNIT.get(foldWord(unit));
    // A number without its unit stands alone: after another it would be anybody's guess.
    if (match === null || minutesEach === undefined) return null;
    if (unit === undefined && match[0].length < part.length) return null;
    minutes += Number(match[1]) * minutesEach;
    read = PART.lastIndex;
  }
  return read === 0 ? null : minutes;
}
