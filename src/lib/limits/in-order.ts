/** Does one thing after the other for each key: what happens in a server is followed in the order in which it happened. */
export class InOrder {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @returns what the work gives, once all before it is done; a failure holds nothing up. */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
