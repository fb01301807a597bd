import { container } from '@sapphire/framework';
import { Limiter } from '#lib/limits/limiter';
import type { Clock } from '#lib/time/clock';

declare module '@sapphire/pieces' {
  interface Container {
    limiter: Limiter;
  }
}

/** Gives every piece the one limiter. Needs the caches. */
export function setupLimiter(clock: Clock): void {
  container.limiter = new Limiter(clock, container.caches);
}
