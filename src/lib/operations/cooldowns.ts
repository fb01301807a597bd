import type { LRUCache } from 'lru-cache';
import type { Caches } from '#lib/limits/caches';
import type { Clock } from '#lib/time/clock';

/** Guilds remembered at once; whichever was synchronised longest ago is forgotten first. */
const COOLDOWNS_MAX = 500;
/** The longest wait and an hour more (the seed). */
const MAX_AGE_MS = 2 * 60 * 60_000;

/** When something was done last, by what it was done to, so that it is not done again too soon. */
export class Cooldowns {
  readonly #clock: Clock;
  readonly #until: LRUCache<string, number>;

  constructor(clock: Clock, caches: Caches) {
    this.#clock = clock;
    this.#until = caches.create('sync_cooldowns', { max: COOLDOWNS_MAX, maxAgeMs: MAX_AGE_MS });
  }

  /** @returns the instant from which it may be done again; null: now. */
  until(key: string): Date | null {
    const until = this.#until.get(key) ?? 0;
    return until > this.#clock.now().getTime() ? new Date(until) : null;
  }

  /** Begins the wait. @returns a function that takes it back, for what failed. */
  begin(key: string, ms: number): () => void {
    const until = this.#clock.now().getTime() + ms;
    const before = this.#until.get(key);
    this.#until.set(key, until);
    return () => {
      if (this.#until.get(key) !== until) return;
      if (before === undefined) this.#until.delete(key);
      else this.#until.set(key, before);
    };
  }
}
