const KEPT_MAX = 1_000;

/** How often something happened of late; counts up to a thousand. */
export class Recent {
  readonly #spanMs: number;
  #at: number[] = [];

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** @param now in ms; never earlier than the call before. */
  note(now: number = performance.now()): void {
    this.#at.push(now);
    if (this.#at.length > KEPT_MAX) this.#at.shift();
  }

  count(now: number = performance.now()): number {
    this.#at = this.#at.filter((at) => now - at < this.#spanMs);
    return this.#at.length;
  }
}
