/** How long something took within a window, in ms; null where it never happened. */
export interface WindowFigures {
  readonly count: number;
  readonly failed: number;
  readonly times: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

/** Times kept of one window; beyond that each newer one takes the place of a random one, so that all stand for all. */
const KEPT_MAX = 1_000;

/** What happened since it was last looked at. Takes the same room however much that is. */
export class Window {
  readonly #random: () => number;
  #times: number[] = [];
  #timed = 0;
  #count = 0;
  #failed = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** @param ms how long it took; null where nobody can say. */
  note(ms: number | null): void {
    this.#count += 1;
    if (ms === null) return;
    this.#timed += 1;
    if (this.#times.length < KEPT_MAX) {
      this.#times.push(ms);
      return;
    }
    const at = Math.floor(this.#random() * this.#timed);
    if (at < KEPT_MAX) this.#times[at] = ms;
  }

  noteFailure(): void {
    this.#failed += 1;
  }

  /** The figures since the last call; a new window begins. */
  take(): WindowFigures {
    const sorted = this.#times.toSorted((a, b) => a - b);
    const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    const figures = {
      count: this.#count,
      failed: this.#failed,
      times: sorted.length === 0 ? null : { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) },
    };
    this.#times = [];
    this.#timed = 0;
    this.#count = 0;
    this.#failed = 0;
    return figures;
  }
}
