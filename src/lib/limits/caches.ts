import { LRUCache } from 'lru-cache';
import type { Log } from '#lib/logging/logger';

export interface BoundedCache {
  /** Entries in it now. */
  readonly size: () => number;
  /** Entries it holds at most. */
  readonly max: number;
}

export interface CacheBounds {
  /** Entries it holds at most; what was not used for longest makes room. */
  readonly max: number;
  /** How long an entry counts after it was set; for ever when left out. */
  readonly maxAgeMs?: number;
  /** Told of what had to make room. */
  readonly onEvict?: (key: string) => void;
}

/** Every cache and queue of this process that has a bound, by name, so that an operator sees which one is full. */
export class Caches {
  readonly #log: Pick<Log, 'debug'>;
  readonly #caches = new Map<string, BoundedCache & { readonly cleanUp?: () => void }>();

  constructor(log: Pick<Log, 'debug'>) {
    this.#log = log;
  }

  /**
   * A cache that is listed, and whose evictions and clean-ups are in the log.
   * @param name in snake_case, as it stands in metrics. The last one of a name is the one that is listed.
   */
  create<Value extends object | string | number | true>(
    name: string,
    { max, maxAgeMs, onEvict }: CacheBounds,
  ): LRUCache<string, Value> {
    const cache = new LRUCache<string, Value>({
      max,
      ...(maxAgeMs !== undefined && { ttl: maxAgeMs }),
      dispose: (_value, key, reason) => {
        if (reason !== 'evict') return;
        this.#log.debug({ cache: name, size: cache.size }, 'a full cache made room');
        onEvict?.(key);
      },
    });
    const cleanUp = (): void => {
      const before = cache.size;
      cache.purgeStale();
      const removed = before - cache.size;
      if (removed > 0) this.#log.debug({ cache: name, removed, size: cache.size }, 'a cache was cleaned up');
    };
    this.#caches.set(name, { size: () => cache.size, max, cleanUp });
    return cache;
  }

  /** Lists something that is bounded in a way of its own. */
  register(name: string, cache: BoundedCache): void {
    this.#caches.set(name, cache);
  }

  /** How full each is now, by name, without what counts no more. */
  sizes(): Record<string, { readonly size: number; readonly max: number }> {
    return Object.fromEntries(
      [...this.#caches].map(([name, { size, max, cleanUp }]) => {
        cleanUp?.();
        return [name, { size: size(), max }];
      }),
    );
  }
}
