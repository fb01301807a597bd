export interface BoundedCache {
  /** Entries in it now. */
  readonly size: () => number;
  /** Entries it holds at most. */
  readonly max: number;
}

/** Every cache and queue of this process that has a bound, by name, so that an operator sees which one is full. */
export class Caches {
  readonly #caches = new Map<string, BoundedCache>();

  /** @param name in snake_case, as it stands in metrics. The last one of a name counts. */
  register(name: string, cache: BoundedCache): void {
    this.#caches.set(name, cache);
  }

  /** How full each is now, by name. */
  sizes(): Record<string, { readonly size: number; readonly max: number }> {
    return Object.fromEntries(
      [...this.#caches].map(([name, { size, max }]) => [name, { size: size(), max }]),
    );
  }
}
