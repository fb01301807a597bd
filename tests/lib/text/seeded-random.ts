/** Random choices that are the same at every run (mulberry32), so that a failure can be repeated. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0 up to, not including, `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  /** Up to `maxParts` of `parts` in a row, each drawn anew. */
  textOf(parts: readonly string[], maxParts: number): string {
    return Array.from({ length: this.below(maxParts + 1) }, () => parts[this.below(parts.length)]).join('');
  }
}
