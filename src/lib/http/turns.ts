import { inTurns } from '#lib/limits/turns';

/** How many requests are worked on at once. More would not be answered sooner: they share one processor and ten connections. */
const AT_ONCE = 4;
/** While somebody on Discord waits for an answer, which must come within three seconds. */
const AT_ONCE_BESIDE_PEOPLE = 1;
const TURN_MS = 100;

export type RequestTurns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets requests be worked on a few at a time, in the order in which they came, so that a person who uses a command does not wait behind
 * all of them at each step of it.
 */
export function requestTurns(peopleWait: () => boolean): RequestTurns {
  return inTurns(() => (peopleWait() ? AT_ONCE_BESIDE_PEOPLE : AT_ONCE), TURN_MS);
}
