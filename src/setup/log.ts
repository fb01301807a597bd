import { container } from '@sapphire/framework';
import type { Log } from '#lib/logging/logger';

declare module '@sapphire/pieces' {
  interface Container {
    log: Log;
  }
}

/** Gives every piece the process log. */
export function setupLog(log: Log): void {
  container.log = log;
}
