import { container } from '@sapphire/framework';
import { Caches } from '#lib/limits/caches';

declare module '@sapphire/pieces' {
  interface Container {
    caches: Caches;
  }
}

/** Lets whatever is bounded say how full it is. Needs the log, and comes before all that registers something. */
export function setupCaches(): void {
  container.caches = new Caches(container.log);
}
