import { createHash } from 'node:crypto';
import type { MatchedRoute } from './router.ts';

interface Limit {
  requests: number;
  perMs: number;
}

const ORDINARY: Limit = { requests: 5, perMs: 1000 };
const GENEROUS: Limit = { requests: 1000, perMs: 1000 };
const GLOBAL: Limit = { requests: 50, perMs: 1000 };

/** The limits that bots meet most, by route; Discord tells them only through its headers. */
const BY_ROUTE: Readonly<Record<string, Limit>> = {
  'POST /channels/{channel}/messages': { requests: 5, perMs: 5000 },
  'PATCH /channels/{channel}/messages/{message}': { requests: 5, perMs: 5000 },
  'DELETE /channels/{channel}/messages/{message}': { requests: 5, perMs: 1000 },
  'POST /webhooks/{application}/{token}': { requests: 5, perMs: 2000 },
};

/** Renaming a channel or changing its topic has a limit of its own, which no header tells beforehand. */
const RENAMING: Limit = { requests: 2, perMs: 10 * 60_000 };

export interface RateLimitDecision {
  headers: Record<string, string>;
  /** Set when the request is refused. */
  refusal: { retryAfterSeconds: number; global: boolean } | null;
}

interface Bucket {
  used: number;
  resetAtMs: number;
}

export type RateLimitMode = 'off' | 'discord';
export type RateLimits = (match: MatchedRoute, body: unknown) => RateLimitDecision;

/** Counts one bot's requests in real time, as the bot's own client does. With 'off' the headers are sent and nobody is refused. */
export function createRateLimits(mode: RateLimitMode): RateLimits {
  const buckets = new Map<string, Bucket>();

  const use = (key: string, limit: Limit): Bucket & { refused: boolean } => {
    const now = Date.now();
    let bucket = buckets.get(key);
    if (!bucket || bucket.resetAtMs <= now) {
      bucket = { used: 0, resetAtMs: now + limit.perMs };
      buckets.set(key, bucket);
    }
    const refused = bucket.used >= limit.requests;
    if (!refused) bucket.used += 1;
    return { ...bucket, refused };
  };

  return ({ route, parameters }, body) => {
    const name = `${route.method} ${route.template}`;
    const isCallback = route.template.startsWith('/interactions/');
    if (mode === 'discord' && !isCallback) {
      const global = use('global', GLOBAL);
      if (global.refused)
        return refused(global, { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global' });
    }
    const limit = mode === 'off' || isCallback ? GENEROUS : (BY_ROUTE[name] ?? ORDINARY);
    const major = parameters['channel'] ?? parameters['guild'] ?? parameters['token'] ?? '';
    const bucket = use(`${name} ${major}`, limit);
    const headers = {
      'X-RateLimit-Limit': String(limit.requests),
      'X-RateLimit-Remaining': String(limit.requests - bucket.used),
      'X-RateLimit-Reset': (bucket.resetAtMs / 1000).toFixed(3),
      'X-RateLimit-Reset-After': secondsUntil(bucket.resetAtMs).toFixed(3),
      'X-RateLimit-Bucket': createHash('sha256').update(name).digest('hex').slice(0, 32),
    };
    if (mode === 'discord') {
      if (bucket.refused) return refused(bucket, { ...headers, 'X-RateLimit-Scope': 'user' });
      if (renames(name, body)) {
        const renaming = use(`renaming ${major}`, RENAMING);
        if (renaming.refused) return refused(renaming, { ...headers, 'X-RateLimit-Scope': 'user' });
      }
    }
    return { headers, refusal: null };
  };
}

function renames(route: string, body: unknown): boolean {
  if (route !== 'PATCH /channels/{channel}' || typeof body !== 'object' || body === null) return false;
  return 'name' in body || 'topic' in body;
}

function refused(bucket: Bucket, headers: Record<string, string>): RateLimitDecision {
  const retryAfterSeconds = secondsUntil(bucket.resetAtMs);
  return {
    headers: { ...headers, 'Retry-After': String(Math.ceil(retryAfterSeconds)) },
    refusal: { retryAfterSeconds, global: 'X-RateLimit-Global' in headers },
  };
}

function secondsUntil(instantMs: number): number {
  return Math.max(0, instantMs - Date.now()) / 1000;
}
