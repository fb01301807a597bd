import type { Clock } from '#lib/time/clock';
import type { GuildKind } from '../fixtures.ts';
import type { World } from '../state/world.ts';
import { fromWorld } from './kept-world.ts';
import { writeStateFile } from './state-file.ts';

/** How long after a change the world is written; a kill loses that much. */
const WRITE_AFTER_MS = 10_000;

interface KeeperOptions {
  readonly file: string;
  readonly world: World;
  readonly clock: Clock;
  readonly kind: GuildKind;
}

/** Keeps a world in a file. */
export class StateKeeper {
  readonly #options: KeeperOptions;
  readonly #changed = (): void => this.#writeSoon();
  #timer: NodeJS.Timeout | null = null;

  /** Writes it at once. @throws Error when the file cannot be written. */
  constructor(options: KeeperOptions) {
    this.#options = options;
    this.write();
    options.world.changeListeners.add(this.#changed);
  }

  /** @throws Error when the file cannot be written. */
  write(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { file, world, clock, kind } = this.#options;
    const clockAheadMs = Math.max(0, clock.now().getTime() - Date.now());
    writeStateFile(file, fromWorld(world, { kind, clockAheadMs, savedAt: new Date() }));
  }

  /** Writes it for the last time. @throws Error when the file cannot be written. */
  close(): void {
    this.#options.world.changeListeners.delete(this.#changed);
    this.write();
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      try {
        this.write();
      } catch (error) {
        // It is tried again after the next change, and at the end.
        console.error(
          `The state could not be kept: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }, WRITE_AFTER_MS);
  }
}
