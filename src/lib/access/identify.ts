import type { IncomingMessage } from 'node:http';
import type { Database } from '#lib/database/database';
import { requestContext } from '#lib/http/context';
import type { Clock } from '#lib/time/clock';
import type { Caller } from './caller.ts';
import { isDiscordId } from './discord-id.ts';
import { looksLikeKey, readKey } from './keys.ts';
import { isSameSecret } from './secrets.ts';
import type { SupabaseAccounts } from './supabase-accounts.ts';
import type { TokenReader } from './supabase-keys.ts';
import { provesCsrf, readSession, sessionCookieName, type Session } from './sessions.ts';

export interface IdentityDeps {
  readonly db: Database;
  readonly clock: Clock;
  /** The host's own key (API_KEY); null: there is none, and no header stands for it. */
  readonly serviceKey: string | null;
  /** The host's Supabase project; null: no token of one counts. */
  readonly supabase: { readonly read: TokenReader; readonly accounts: SupabaseAccounts } | null;
}

const READS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS']);

const nobody = (reason: string | null): Caller => ({ kind: 'nobody', reason });

/**
 * Who sent a request, by what it proves, and by its session. A proof that does not hold makes nobody of them, whatever else they send.
 * @param baseUrl where people reach the bot; the name of the session's cookie depends on it.
 * @throws HttpProblem 503 where a proof cannot be checked now.
 */
export async function identify(
  deps: IdentityDeps,
  request: IncomingMessage,
  baseUrl: string,
): Promise<Caller> {
  const { authorization, 'x-api-key': key } = request.headers;
  if (authorization !== undefined && key !== undefined)
    return nobody('Send one proof: either Authorization or X-API-Key.');
  if (typeof key === 'string')
    return looksLikeKey(key)
      ? readKey(deps.db, deps.clock, key)
      : byServiceKey(deps.serviceKey, key, request.headers['x-user-id']);
  if (authorization !== undefined) return byAuthorization(deps, authorization);
  const token = requestContext(request).cookies?.[sessionCookieName(baseUrl)];
  return token === undefined ? nobody(null) : bySession(deps, request, token);
}

/** Whether a request carries something that it can be known by, right or wrong. */
export function carriesProof(request: IncomingMessage, baseUrl: string): boolean {
  const { authorization, 'x-api-key': key } = request.headers;
  return (
    authorization !== undefined ||
    key !== undefined ||
    requestContext(request).cookies?.[sessionCookieName(baseUrl)] !== undefined
  );
}

/** What somebody's requests are counted by; null: by the address that they come from. */
export function countedCaller(caller: Caller, session: Session | undefined): string | null {
  // A page's write is nobody's until its form has shown the token, and the session's all the same.
  if (session !== undefined) return `session:${session.idHash}`;
  switch (caller.kind) {
    case 'nobody':
      return null;
    case 'person':
      return `person:${caller.userId}`;
    case 'key':
      return `key:${caller.keyId}`;
    case 'service':
      return `service:${caller.userId ?? ''}`;
  }
}

const BEARER = /^Bearer +(\S+) *$/i;

async function byAuthorization(
  { db, clock, supabase }: IdentityDeps,
  authorization: string,
): Promise<Caller> {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return nobody('Authorization must be "Bearer" and a token or a key.');
  if (looksLikeKey(token)) return readKey(db, clock, token);
  if (supabase === null) return nobody('This token is not known.');
  const read = await supabase.read(token);
  if ('wrong' in read) return nobody(read.wrong);
  const linked = await supabase.accounts.linked(read.subject, token);
  if (linked === 'gone') return nobody('This token is of a session that has ended. Sign in again.');
  if (linked === 'unlinked')
    return {
      kind: 'nobody',
      reason:
        'Your account has no Discord yet. Link Discord to it in the app where you signed in, then try again.',
      status: 403,
    };
  return { kind: 'person', userId: linked.discordUserId, via: 'supabase' };
}

function byServiceKey(serviceKey: string | null, key: string, user: string | string[] | undefined): Caller {
  if (serviceKey === null || !isSameSecret(serviceKey, key)) return nobody('This key is not known.');
  if (user === undefined) return { kind: 'service', userId: null };
  if (!isDiscordId(user)) return nobody('X-User-Id is no id of a person on Discord.');
  return { kind: 'service', userId: user };
}

/**
 * The person of a session. A browser sends the cookie with what other sites make it send as well, so a write counts as theirs only with
 * the session's CSRF token; a page of the dashboard finds the session beside the caller and looks for the token in its form.
 */
async function bySession(
  { db, clock }: IdentityDeps,
  request: IncomingMessage,
  token: string,
): Promise<Caller> {
  const session = await readSession(db, clock, token);
  if (session === null) return nobody('Your session has ended. Sign in again.');
  requestContext(request).session = session;
  if (!READS.has(request.method) && !provesCsrf(session, request.headers['x-csrf-token']))
    return {
      kind: 'nobody',
      reason: 'This did not come from the dashboard: the header X-CSRF-Token is not that of your session.',
      status: 403,
    };
  return { kind: 'person', userId: session.userId, via: 'session' };
}
