import { Caches } from '../../src/lib/limits/caches.ts';

/** Caches that nobody else of the process lists. */
export const freshCaches = (): Caches => new Caches({ debug: () => {} });
