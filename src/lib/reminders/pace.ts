/**
 * Requests a second, of the 50 that Discord takes from one bot in all (its documented global limit). Two are left for what
 * else the bot says.
 */
const ALONE_PER_SECOND = 48;
/** What deliveries take while people wait for answers. */
const BESIDE_PEOPLE_PER_SECOND = 40;
/** How much of a delay is made up for: timers fire late, and without this the rate would sink under load. */
const CATCH_UP_MS = 40;
const SECOND_MS = 1_000;

/**
 * Keeps deliveries from taking the requests that answers to people need. They are spread evenly, for bursts meet Discord's
 * own window. Real time, as that.
 */
export class Pace {
  readonly #arePeopleWaiting: () => boolean;
  #nextAt = 0;
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
    const now = performance.now();
    const at = Math.max(this.#nextAt, now - CATCH_UP_MS);
    this.#nextAt = at + SECOND_MS / (this.#arePeopleWaiting() ? BESIDE_PEOPLE_PER_SECOND : ALONE_PER_SECOND);
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  }
}
