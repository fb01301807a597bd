import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from './caller.ts';

export interface IdentityDeps {
  /** The host's own key (API_KEY); null: there is none, and no header stands for it. */
  readonly serviceKey: string | null;
}

const SNOWFLAKE = /^[1-9]\d{14,19}$/;

/**
 * Who sent a request, by what it proves. A proof that does not hold makes nobody of them, whatever else they send.
 * @throws HttpProblem 503 where a proof cannot be checked now.
 */
export async function identify({ serviceKey }: IdentityDeps, request: IncomingMessage): Promise<Caller> {
  const key = request.headers['x-api-key'];
  if (typeof key === 'string') return byServiceKey(serviceKey, key, request.headers['x-user-id']);
  return { kind: 'nobody', reason: null };
}

function byServiceKey(serviceKey: string | null, key: string, user: string | string[] | undefined): Caller {
  if (serviceKey === null || !isSame(serviceKey, key))
    return { kind: 'nobody', reason: 'This key is not known.' };
  if (user === undefined) return { kind: 'service', userId: null };
  if (typeof user !== 'string' || !SNOWFLAKE.test(user))
    return { kind: 'nobody', reason: 'X-User-Id is no id of a person on Discord.' };
  return { kind: 'service', userId: user };
}

/** Takes as long for a key that is nearly right as for any other. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
