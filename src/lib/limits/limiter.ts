import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/time/clock';

export interface Limit {
  /** How many within the window. */
  readonly max: number;
  readonly perMs: number;
}

/** People remembered at once; whoever has been idle longest is forgotten first. */
const MAX_KEYS = 10_000;

/** Counts what a member does in a guild within a sliding window; commands and components share it. */
export class Limiter {
  readonly #clock: Clock;
  readonly #times: LRUCache<string, number[]>;

  constructor(
    clock: Clock,
    readonly maxKeys = MAX_KEYS,
  ) {
    this.#clock = clock;
    this.#times = new LRUCache({ max: maxKeys });
  }

  /** Counts remembered now. */
  get size(): number {
    return this.#times.size;
  }

  /**
   * Takes one turn, if one is left.
   * @returns 0 when the turn was given, else how many ms remain until the next one.
   */
  take(what: string, guildId: string, userId: string, limit: Limit): number {
    const key = `${what}:${guildId}:${userId}`;
    const now = this.#clock.now().getTime();
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - limit.perMs);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= limit.max) return oldest + limit.perMs - now;
    recent.push(now);
    this.#times.set(key, recent);
    return 0;
  }
}
