import { openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import type { Clock } from '../../src/lib/time/clock.ts';

/**
 * A clock whose distance from the machine's lies in a file, so that all processes of a run are moved at once. A process that
 * was suspended reads the right time with its first instruction, as one that the system suspends does.
 */
export class FileClock implements Clock {
  readonly #descriptor: number;
  readonly #buffer = Buffer.alloc(8);

  /** @param start where it stands now; what the file says when left out. */
  constructor(file: string, start?: Date) {
    if (start !== undefined) writeFileSync(file, distanceTo(start));
    this.#descriptor = openSync(file, start === undefined ? 'r' : 'r+');
  }

  now(): Date {
    readSync(this.#descriptor, this.#buffer, 0, 8, 0);
    return new Date(Date.now() + this.#buffer.readDoubleLE());
  }

  /** Does nothing for an instant that is past. */
  moveTo(instant: Date): void {
    if (instant > this.now()) writeSync(this.#descriptor, distanceTo(instant), 0, 8, 0);
  }
}

function distanceTo(instant: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(instant.getTime() - Date.now());
  return bytes;
}
