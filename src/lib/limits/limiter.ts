import type { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/time/clock';
import type { Caches } from './caches.ts';

export interface Limit {
  /** How many within the window. */
  readonly max: number;
  readonly perMs: number;
}

/** People remembered for one thing; whoever has been idle longest is forgotten first. The seed's figures. */
const MAX_PEOPLE = 1_000;
const MAX_AGE_MS = 60 * 60_000;

/** Counts what a member does in a guild within a sliding window of an hour at most; commands and components share it. */
export class Limiter {
  readonly #clock: Clock;
  readonly #caches: Caches;
  readonly #times = new Map<string, LRUCache<string, number[]>>();

  constructor(clock: Clock, caches: Caches) {
    this.#clock = clock;
    this.#caches = caches;
  }

  /**
   * Takes one turn, if one is left.
   * @param what a name of the code; it has a count of its own, listed as `limit_<what>`.
   * @returns 0 when the turn was given, else how many ms remain until the next one.
   */
  take(what: string, guildId: string, userId: string, limit: Limit): number {
    const times = this.#timesOf(what);
    const key = `${guildId}:${userId}`;
    const now = this.#clock.now().getTime();
    const recent = (times.get(key) ?? []).filter((time) => time > now - limit.perMs);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= limit.max) return oldest + limit.perMs - now;
    recent.push(now);
    times.set(key, recent);
    return 0;
  }

  #timesOf(what: string): LRUCache<string, number[]> {
    const known = this.#times.get(what);
    if (known !== undefined) return known;
    const name = `limit_${what.replaceAll('-', '_')}`;
    const made = this.#caches.create<number[]>(name, { max: MAX_PEOPLE, maxAgeMs: MAX_AGE_MS });
    this.#times.set(what, made);
    return made;
  }
}
