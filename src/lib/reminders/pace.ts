/** Requests a second that Discord takes from one bot in all (documented global limit). */
const ALL_PER_SECOND = 50;
/** What deliveries leave of them while people wait for an answer. */
const BESIDE_PEOPLE_PER_SECOND = 40;
const WINDOW_MS = 1_000;

/** Keeps deliveries from taking the requests that answers to people need. Real time, as Discord's own limit. */
export class Pace {
  readonly #arePeopleWaiting: () => boolean;
  readonly #taken: number[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(arePeopleWaiting: () => boolean) {
    this.#arePeopleWaiting = arePeopleWaiting;
  }

  /** Resolves when one more request may be sent; callers are served in turn. */
  take(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#wait());
    return this.#queue;
  }

  async #wait(): Promise<void> {
    for (;;) {
      const now = performance.now();
      while ((this.#taken[0] ?? now) <= now - WINDOW_MS) this.#taken.shift();
      const allowed = this.#arePeopleWaiting() ? BESIDE_PEOPLE_PER_SECOND : ALL_PER_SECOND;
      if (this.#taken.length < allowed) {
        this.#taken.push(now);
        return;
      }
      const oldest = this.#taken[this.#taken.length - allowed] ?? now;
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, oldest + WINDOW_MS - now)));
    }
  }
}
