import { isIPv6 } from 'node:net';
import type { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caches } from '#lib/limits/caches';
import { HttpProblem } from './problem.ts';

/** What counts together. Each class has its own count for an address, a key or a session. */
export type LimitClass = 'read' | 'write' | 'generous' | 'page';

/** How many keys, tokens and sessions that do not hold an address may show a minute. */
const WRONG_PROOFS = 30;

const WINDOW_S = 60;
/** How many a minute (the seed: 30 reads, 10 writes). */
const POINTS: Readonly<Record<LimitClass, number>> = { read: 30, write: 10, generous: 600, page: 120 };
/** Addresses, keys and sessions remembered at once in each class; who was idle longest is forgotten first. */
const REMEMBERED_MAX = 1_000;

class Counter {
  readonly #limiter: RateLimiterMemory;
  readonly #known: LRUCache<string, true>;

  constructor(
    readonly points: number,
    caches: Caches,
    name: string,
  ) {
    this.#limiter = new RateLimiterMemory({ points, duration: WINDOW_S });
    this.#known = caches.create(name, {
      max: REMEMBERED_MAX,
      maxAgeMs: 1_000 * WINDOW_S,
      onEvict: (who) => void this.#limiter.delete(who),
    });
  }

  /** Whether one more would be too many; null: it would not. */
  async spent(who: string): Promise<RateLimiterRes | null> {
    const taken = await this.#limiter.get(who);
    return taken !== null && taken.consumedPoints >= this.points ? taken : null;
  }

  async take(who: string): Promise<RateLimiterRes> {
    this.#known.set(who, true);
    try {
      return await this.#limiter.consume(who);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    }
  }
}

/** Who may ask how often. */
export class RequestLimits {
  readonly #counters: Readonly<Record<LimitClass, Counter>>;
  readonly #wrongProofs: Counter;

  /** @param caches lists them as `requests_<class>`. */
  constructor(caches: Caches) {
    const counter = (name: LimitClass): Counter => new Counter(POINTS[name], caches, `requests_${name}`);
    this.#counters = {
      read: counter('read'),
      write: counter('write'),
      generous: counter('generous'),
      page: counter('page'),
    };
    this.#wrongProofs = new Counter(WRONG_PROOFS, caches, 'requests_wrong_proofs');
  }

  /**
   * Before a key, a token or a session is looked at, so that nobody tries one after the other.
   * @throws HttpProblem 429 when too many from this address did not hold.
   */
  async mayProve(address: string): Promise<void> {
    const spent = await this.#wrongProofs.spent(address);
    if (spent === null) return;
    const seconds = secondsUntil(spent);
    throw new HttpProblem(
      429,
      `Too many keys, tokens or sessions from this address did not hold. Try again in ${seconds} s.`,
      { headers: { 'Retry-After': String(seconds) } },
    );
  }

  /** One that did not hold. */
  async provedWrong(address: string): Promise<void> {
    await this.#wrongProofs.take(address);
  }

  /**
   * Takes one turn.
   * @param who an address (`address:…`), a key (`key:…`) or a session.
   * @returns the headers that say how many are left (draft-ietf-httpapi-ratelimit-headers).
   * @throws HttpProblem 429 when none is.
   */
  async take(limit: LimitClass, who: string): Promise<Record<string, string>> {
    const counter = this.#counters[limit];
    const taken = await counter.take(who);
    const { remainingPoints, consumedPoints } = taken;
    const seconds = secondsUntil(taken);
    const headers = {
      'RateLimit-Limit': String(counter.points),
      'RateLimit-Remaining': String(Math.max(0, remainingPoints)),
      'RateLimit-Reset': String(seconds),
    };
    if (consumedPoints <= counter.points) return headers;
    throw new HttpProblem(429, `Too many requests. Try again in ${seconds} s.`, {
      headers: { ...headers, 'Retry-After': String(seconds) },
    });
  }
}

function secondsUntil({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

const GROUPS_OF_A_NETWORK = 4;

/** Whom an address counts as: of IPv6 the network of 64 bits, for who has one has all of its addresses. */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, GROUPS_OF_A_NETWORK).join(':')}::/64`;
}
