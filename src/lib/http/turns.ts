/** How many requests are worked on at once. More would not be answered sooner: they share one processor and ten connections. */
const AT_ONCE = 4;
/** While somebody on Discord waits for an answer, which must come within three seconds. */
const AT_ONCE_BESIDE_PEOPLE = 1;
/** Whoever is not done after that long waits for Discord or the database, and is in nobody's way. */
const TURN_MS = 100;

/**
 * Lets requests be worked on a few at a time, in the order in which they came, so that a person who uses a command does not wait behind
 * all of them at each step of it.
 */
export class Turns {
  readonly #peopleWait: () => boolean;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(peopleWait: () => boolean) {
    this.#peopleWait = peopleWait;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Does the work when its turn has come. @returns what it returns. @throws what it throws. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#isFree())
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    const giveBack = once(() => this.#next());
    const timer = setTimeout(giveBack, TURN_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      giveBack();
    }
  }

  #isFree(): boolean {
    return this.#taken < (this.#peopleWait() ? AT_ONCE_BESIDE_PEOPLE : AT_ONCE);
  }

  /** Hands a turn that is given back to whoever waits, and those besides that people let go by again. */
  #next(): void {
    this.#taken -= 1;
    while (this.#waiting.length > 0 && this.#isFree()) {
      this.#taken += 1;
      this.#waiting.shift()?.();
    }
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
