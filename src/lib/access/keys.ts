import { sql, type Selectable } from 'kysely';
import { personalData } from '#db/personal-data';
import type { ApiKeys } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { UserError } from '#lib/errors/user-error';
import { plainText } from '#lib/text/sanitize';
import type { Clock } from '#lib/time/clock';
import { SCOPES, type Caller, type Scope } from './caller.ts';
import { hashSecret, newSecret } from './secrets.ts';

const KEY_START = 'alphapy_';
/** Of a key, enough to know it again and nothing to guess the rest from. */
const SHOWN_LENGTH = KEY_START.length + 4;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TOUCHED_AFTER_MS = MINUTE_MS;

/** Keys that a guild may have at once. */
export const KEYS_MAX = 25;
export const KEY_NAME_MAX = 50;
export const KEY_DAYS_MAX = 365;

/** A key that an admin made for a program. The key itself is nowhere. */
export interface ApiKey {
  readonly id: number;
  readonly guildId: string;
  /** Whom it acts for: who made it. */
  readonly userId: string;
  readonly name: string;
  /** How it begins. */
  readonly shown: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export type NewKey = Pick<ApiKey, 'guildId' | 'userId' | 'name' | 'scopes'> & {
  /** Until it ends by itself, 1 to 365. */
  readonly days: number;
};

/**
 * Makes a key.
 * @returns with the key itself, which can be shown this once.
 * @throws UserError for a name, scopes or days that cannot be, and when the guild has 25 keys.
 */
export async function createKey(
  db: Database,
  clock: Clock,
  { guildId, userId, name: typed, scopes, days }: NewKey,
): Promise<{ readonly key: string; readonly row: ApiKey }> {
  const name = plainText(typed).trim();
  if (name === '' || name.length > KEY_NAME_MAX)
    throw new UserError('access:keys.badName', { max: KEY_NAME_MAX });
  if (scopes.length === 0) throw new UserError('access:keys.badScopes', { scopes: SCOPES.join(', ') });
  if (!Number.isInteger(days) || days < 1 || days > KEY_DAYS_MAX)
    throw new UserError('access:keys.badDays', { max: KEY_DAYS_MAX });
  const key = `${KEY_START}${newSecret()}`;
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    // Two that are made at once would each count the other one out.
    await lockName(trx, `api-keys:${guildId}`);
    const { count } = await trx
      .selectFrom('api_keys')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('guild_id', '=', guildId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow();
    if (Number(count) >= KEYS_MAX) throw new UserError('access:keys.tooMany', { max: KEYS_MAX });
    const row = await trx
      .insertInto('api_keys')
      .values({
        guild_id: guildId,
        user_id: userId,
        name,
        hash: hashSecret(key),
        shown: key.slice(0, SHOWN_LENGTH),
        scopes: [...scopes],
        created_at: now,
        expires_at: new Date(now.getTime() + days * DAY_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { key, row: asKey(row) };
  });
}

/** The keys of a guild that are not revoked, newest first; those that ended by themselves stand there for 30 days. */
export async function listKeys(db: Database, guildId: string): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(asKey);
}

/** Ends a key at once. @returns it; null when the guild has no such key (any more). */
export async function revokeKey(
  db: Database,
  guildId: string,
  id: number,
  now: Date,
): Promise<ApiKey | null> {
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : asKey(row);
}

/** Whether something is a key of ours by its look. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith(KEY_START);
}

/** Who sends a key. Nobody by one that is unknown, revoked or over. Notes at most once a minute that it is used. */
export async function readKey(db: Database, clock: Clock, key: string): Promise<Caller> {
  const now = clock.now();
  const row = await db
    .selectFrom('api_keys')
    .select(['id', 'guild_id', 'user_id', 'scopes', 'expires_at', 'revoked_at', 'last_used_at'])
    .where('hash', '=', hashSecret(key))
    .executeTakeFirst();
  if (row === undefined) return { kind: 'nobody', reason: 'This key is not known.' };
  if (row.revoked_at !== null) return { kind: 'nobody', reason: 'This key was revoked.' };
  if (row.expires_at <= now)
    return { kind: 'nobody', reason: 'This key has expired. Make a new one with /api_key in Discord.' };
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= TOUCHED_AFTER_MS)
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute();
  return {
    kind: 'key',
    keyId: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    scopes: knownScopes(row.scopes),
  };
}

function asKey(row: Selectable<ApiKeys>): ApiKey {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    name: row.name,
    shown: row.shown,
    scopes: knownScopes(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

function knownScopes(scopes: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}

/**
 * Reads scopes as they are typed, with commas or spaces between; `read` stands for all that only read, `all` for all.
 * @throws UserError that says which there are, when one is unknown or none is there.
 */
export function readScopes(typed: string): Scope[] {
  const words = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const scopes = SCOPES.filter(
    (scope) =>
      words.includes(scope) || words.includes('all') || (words.includes('read') && scope.endsWith(':read')),
  );
  const known: readonly string[] = ['all', 'read', ...SCOPES];
  if (scopes.length === 0 || words.some((word) => !known.includes(word)))
    throw new UserError('access:keys.badScopes', { scopes: SCOPES.join(', ') });
  return scopes;
}

/** Forgets keys 30 days after they ended. */
export async function removeOldApiKeys(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - personalData.api_keys.kept.days * DAY_MS);
  await db
    .deleteFrom('api_keys')
    .where(sql<boolean>`least(expires_at, revoked_at) < ${before}`)
    .execute();
}
