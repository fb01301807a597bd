import type { LRUCache } from 'lru-cache';
import type { Caches } from '#lib/limits/caches';
import type { Clock } from '#lib/time/clock';

/** The seed's figures. */
const REMEMBERED_MS = 30_000;
const REMEMBERED_MAX = 50;

/** Answers that many may ask for at once and that need not be newer than 30 seconds: each is worked out once. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #answers: LRUCache<string, { readonly answer: Promise<T>; readonly at: number }>;

  /** @param name as it is listed. */
  constructor(clock: Clock, caches: Caches, name: string) {
    this.#clock = clock;
    this.#answers = caches.create(name, { max: REMEMBERED_MAX });
  }

  /** The answer to `key`, the remembered one or a new one. A failure is not remembered. */
  get(key: string, work: () => Promise<T>): Promise<T> {
    const now = this.#clock.now().getTime();
    const known = this.#answers.get(key);
    if (known !== undefined && now - known.at < REMEMBERED_MS) return known.answer;
    const entry = { answer: work(), at: now };
    this.#answers.set(key, entry);
    entry.answer.catch(() => {
      if (this.#answers.get(key) === entry) this.#answers.delete(key);
    });
    return entry.answer;
  }
}
