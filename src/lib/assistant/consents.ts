import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { locales, translator, type Locale, type SentenceKey } from '#lib/i18n/translate';
import type { Assistant } from './client.ts';

/** What a member is told before the first question is sent, in one language. */
export interface ConsentText {
  readonly text: string;
  /** SHA-256 of it. Another text, or another provider, is another question. */
  readonly hash: string;
}

/** What a member is told before the first question is sent. @param alsoSaid sentences about where else it goes. */
export function consentText(
  provider: Assistant,
  locale: Locale,
  alsoSaid: readonly SentenceKey[],
): ConsentText {
  const t = translator(locale);
  const text = [
    t('assistant:consent.sent', { host: provider.host }),
    t('assistant:consent.kept', { host: provider.host }),
    ...alsoSaid.map((sentence) => t(sentence)),
    t('assistant:consent.wrong'),
    t('assistant:consent.back'),
  ].join('\n\n');
  return { text, hash: createHash('sha256').update(text).digest('hex') };
}

/** When a member agreed, in a guild, to what is said now in some language; undefined when they did not. */
export async function consentOf(
  db: Database,
  { guildId, userId }: { readonly guildId: string; readonly userId: string },
  provider: Assistant,
  alsoSaid: readonly SentenceKey[],
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('ai_consents')
    .select('agreed_at')
    .where('user_id', '=', userId)
    .where('guild_id', '=', guildId)
    .where(
      'text_hash',
      'in',
      locales.map((locale) => consentText(provider, locale, alsoSaid).hash),
    )
    .executeTakeFirst();
  return row?.agreed_at;
}

/** Notes that a member agrees to the text that they were shown. */
export async function giveConsent(
  trx: Transaction<DB>,
  { guildId, userId, locale }: { readonly guildId: string; readonly userId: string; readonly locale: Locale },
  { hash }: ConsentText,
  now: Date,
): Promise<void> {
  const said = { locale, text_hash: hash, agreed_at: now };
  await trx
    .insertInto('ai_consents')
    .values({ guild_id: guildId, user_id: userId, ...said })
    .onConflict((conflict) => conflict.columns(['user_id', 'guild_id']).doUpdateSet(said))
    .execute();
}

/**
 * Takes a member's yes back in a guild, with what they asked and is not sent yet.
 * @returns false when there was none.
 */
export async function withdrawConsent(db: Database, guildId: string, userId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('ai_consents')
      .where('user_id', '=', userId)
      .where('guild_id', '=', guildId)
      .executeTakeFirst();
    await trx
      .deleteFrom('ai_questions')
      .where('user_id', '=', userId)
      .where('guild_id', '=', guildId)
      .where('state', 'in', ['consent', 'asking'])
      .execute();
    return numDeletedRows > 0n;
  });
}
