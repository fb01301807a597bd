import type { Clock } from '#lib/time/clock';

/** Discord's epoch: the first millisecond of 2015, in Unix milliseconds. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIMESTAMP_SHIFT = 22n;

export interface Snowflakes {
  /** A new id, larger than every id given before. */
  next(): string;
  /** The last id that was given; "0" before the first. */
  readonly last: string;
}

/** Ids that carry the time of `clock` and rise strictly, also within one millisecond; all are larger than `after`. */
export function createSnowflakes(clock: Clock, after = '0'): Snowflakes {
  let last = BigInt(after);
  return {
    get last() {
      return last.toString();
    },
    next() {
      const fromTime = BigInt(firstOf(clock.now()));
      last = fromTime > last ? fromTime : last + 1n;
      return last.toString();
    },
  };
}

/** The lowest id of an instant. */
export function firstOf(at: Date): string {
  return ((BigInt(at.getTime()) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT).toString();
}

/** When an id was made. */
export function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> TIMESTAMP_SHIFT) + DISCORD_EPOCH_MS));
}

/** Orders ids by age, oldest first. */
export function compareSnowflakes(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
