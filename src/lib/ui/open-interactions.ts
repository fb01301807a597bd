import type { Interaction } from 'discord.js';
import { isAnswered } from './answer.ts';

/** After this long Discord takes no first response any more, so nobody waits for one. */
const ANSWERABLE_MS = 3_000;
const POLL_MS = 25;

/** Interactions that still wait for a first response. A stop lets them finish. */
export class OpenInteractions {
  readonly #open = new Set<Interaction>();
  #lastAt = Number.NEGATIVE_INFINITY;

  /** Remembers an interaction until it is answered or too old to be. */
  add(interaction: Interaction): void {
    this.#open.add(interaction);
    this.#lastAt = performance.now();
    setTimeout(() => this.#open.delete(interaction), ANSWERABLE_MS).unref();
  }

  get size(): number {
    for (const interaction of this.#open) if (isAnswered(interaction)) this.#open.delete(interaction);
    return this.#open.size;
  }

  /** Whether somebody waits for an answer or asked for something within the last `ms` of real time: who acts once acts again. */
  isBusy(ms: number): boolean {
    return performance.now() - this.#lastAt < ms || this.size > 0;
  }

  /** Waits until none is open, at most this long. */
  async settled(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.size > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
