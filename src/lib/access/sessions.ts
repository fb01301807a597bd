import { serialize } from 'cookie-es';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';
import type { Clock } from '#lib/time/clock';
import { hashSecret, isSameSecret, newSecret } from './secrets.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Whoever does nothing for so long signs in again. */
const IDLE_MS = 12 * HOUR_MS;
/** And whoever signed in so long ago. */
const LASTS_MS = 7 * DAY_MS;
const TOUCHED_AFTER_MS = MINUTE_MS;

/** Somebody who is signed in to the dashboard. */
export interface Session {
  readonly idHash: string;
  readonly userId: string;
  readonly userName: string;
  /** Where they had Manage Server when they signed in, by Discord's own list: to show, never to let them in. */
  readonly guildIds: readonly string[];
  /** What a form or a script of the dashboard sends with each write, and no other site knows. */
  readonly csrfToken: string;
}

/** Who signs in, as Discord says. */
export type SignedIn = Pick<Session, 'userId' | 'userName' | 'guildIds'>;

/** Begins a session. @returns the token for the cookie as well; only its hash is kept. */
export async function createSession(
  db: Database,
  clock: Clock,
  { userId, userName, guildIds }: SignedIn,
): Promise<{ readonly token: string; readonly session: Session }> {
  const token = newSecret();
  const now = clock.now();
  const session = { idHash: hashSecret(token), userId, userName, guildIds, csrfToken: newSecret() };
  await db
    .insertInto('web_sessions')
    .values({
      id_hash: session.idHash,
      user_id: userId,
      user_name: userName,
      guild_ids: [...guildIds],
      csrf_token: session.csrfToken,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + LASTS_MS),
    })
    .execute();
  return { token, session };
}

/** The session of a cookie's token; null when there is none (any more). Notes at most once a minute that it is used. */
export async function readSession(db: Database, clock: Clock, token: string): Promise<Session | null> {
  const idHash = hashSecret(token);
  const now = clock.now();
  const row = await db
    .selectFrom('web_sessions')
    .select(['user_id', 'user_name', 'guild_ids', 'csrf_token', 'last_seen_at'])
    .where('id_hash', '=', idHash)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', new Date(now.getTime() - IDLE_MS))
    .executeTakeFirst();
  if (row === undefined) return null;
  if (now.getTime() - row.last_seen_at.getTime() >= TOUCHED_AFTER_MS)
    await db
      .updateTable('web_sessions')
      .set({ last_seen_at: now })
      .where('id_hash', '=', idHash)
      .where('last_seen_at', '<', now)
      .execute();
  return {
    idHash,
    userId: row.user_id,
    userName: row.user_name,
    guildIds: row.guild_ids,
    csrfToken: row.csrf_token,
  };
}

export async function endSession(db: Database, { idHash }: Pick<Session, 'idHash'>): Promise<void> {
  await db.deleteFrom('web_sessions').where('id_hash', '=', idHash).execute();
}

/** Whether a write that came with a session's cookie comes from the dashboard: it carries the session's CSRF token. */
export function provesCsrf(session: Session, token: unknown): boolean {
  return typeof token === 'string' && isSameSecret(session.csrfToken, token);
}

/** The name of the session's cookie; over https one that no other host of the domain can set. */
export function sessionCookieName(baseUrl: string): string {
  return isSecure(baseUrl) ? '__Host-alphapy_session' : 'alphapy_session';
}

/** The header `Set-Cookie` that signs in. @param baseUrl where people reach the dashboard. */
export function sessionCookie(token: string, baseUrl: string): string {
  return cookie(sessionCookieName(baseUrl), token, baseUrl, LASTS_MS);
}

/** The header `Set-Cookie` that signs out. */
export function clearedCookie(baseUrl: string): string {
  return cookie(sessionCookieName(baseUrl), '', baseUrl, 0);
}

/** A cookie of ours: no script reads it, and no other site's form sends it. @param lastsMs 0 removes it. */
export function cookie(name: string, value: string, baseUrl: string, lastsMs: number): string {
  return serialize(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(baseUrl),
    maxAge: Math.floor(lastsMs / 1_000),
  });
}

export function isSecure(baseUrl: string): boolean {
  return baseUrl.startsWith('https:');
}

/** Forgets sessions that nobody can go on with any more. */
export async function removeOldWebSessions(db: Database, now: Date): Promise<void> {
  const keptMs = personalData.web_sessions.kept.days * DAY_MS;
  await db
    .deleteFrom('web_sessions')
    .where((row) =>
      row.or([
        row('expires_at', '<', new Date(now.getTime() - keptMs)),
        row('last_seen_at', '<', new Date(now.getTime() - keptMs - IDLE_MS)),
      ]),
    )
    .execute();
}
