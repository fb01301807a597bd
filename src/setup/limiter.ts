import { container } from '@sapphire/framework';
import { Limiter } from '#lib/limits/limiter';
import type { Clock } from '#lib/time/clock';

declare module '@sapphire/pieces' {
  interface Container {
    limiter: Limiter;
  }
}

/** Gives every piece the one limiter. */
export function setupLimiter(clock: Clock): void {
  const limiter = new Limiter(clock);
  container.limiter = limiter;
  container.caches.register('member_limits', { size: () => limiter.size, max: limiter.maxKeys });
}
