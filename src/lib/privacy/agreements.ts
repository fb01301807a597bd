import type { Database } from '#lib/database/database';
import type { Locale } from '#lib/i18n/translate';
import type { DocumentText } from './documents.ts';

export interface Agreement {
  readonly version: number;
  readonly locale: Locale;
  readonly agreedAt: Date;
}

/**
 * Records that a member agrees to a text.
 * @returns false when they had already.
 */
export async function agreeTo(
  db: Database,
  guildId: string,
  userId: string,
  { version, locale, hash }: DocumentText,
  now: Date,
): Promise<boolean> {
  const made = await db
    .insertInto('privacy_agreements')
    .values({ guild_id: guildId, user_id: userId, version, locale, content_hash: hash, agreed_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['guild_id', 'user_id', 'version', 'locale'])
        .where('withdrawn_at', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
}

/**
 * Takes back what a member agreed to in a guild, all of it.
 * @returns false when there was nothing.
 */
export async function withdrawAgreement(
  db: Database,
  guildId: string,
  userId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('privacy_agreements')
    .set({ withdrawn_at: now })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The newest agreement of a member that is in force; undefined when there is none. */
export async function agreementOf(
  db: Database,
  guildId: string,
  userId: string,
): Promise<Agreement | undefined> {
  const row = await db
    .selectFrom('privacy_agreements')
    .select(['version', 'locale', 'agreed_at'])
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .orderBy('version', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { version: row.version, locale: row.locale as Locale, agreedAt: row.agreed_at };
}

/** How many members agree to a version. */
export async function countAgreements(db: Database, guildId: string, version: number): Promise<number> {
  const { members } = await db
    .selectFrom('privacy_agreements')
    .select((eb) => eb.fn.count<string>('user_id').distinct().as('members'))
    .where('guild_id', '=', guildId)
    .where('version', '=', version)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(members);
}
