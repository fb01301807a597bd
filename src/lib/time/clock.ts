/** Where every feature reads "now", so that tests and the sandbox can move time. */
export interface Clock {
  /** The current instant. */
  now(): Date;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs at the speed of the machine's but may stand elsewhere; it only ever moves forwards, as real time does. */
export class MovableClock implements Clock {
  #offsetMs: number;

  /**
   * @param start where the clock stands now and runs on from; the machine's time when omitted.
   * @throws RangeError when `start` is not a valid instant.
   */
  constructor(start?: Date) {
    this.#offsetMs = start === undefined ? 0 : validMs(start) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  /**
   * Puts the clock on `instant`; it runs on from there.
   * @throws RangeError when `instant` lies before the clock's own now, or is not a valid instant.
   */
  moveTo(instant: Date): void {
    const target = validMs(instant);
    const systemNow = Date.now();
    if (target < systemNow + this.#offsetMs) {
      throw new RangeError(`the clock cannot move back to ${instant.toISOString()}`);
    }
    this.#offsetMs = target - systemNow;
  }

  /**
   * Moves the clock `ms` milliseconds onwards.
   * @throws RangeError when `ms` is negative or not a number.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`the clock cannot advance by ${ms} ms`);
    this.#offsetMs += ms;
  }
}

function validMs(instant: Date): number {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError('the clock needs a valid instant');
  return ms;
}
