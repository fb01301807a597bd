import { container } from '@sapphire/framework';
import type { Clock } from '#lib/time/clock';

declare module '@sapphire/pieces' {
  interface Container {
    clock: Clock;
  }
}

/** Gives every piece the same "now", which tests and the sandbox can move. */
export function setupClock(clock: Clock): void {
  container.clock = clock;
}
