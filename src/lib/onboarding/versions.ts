import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import { UserError } from '#lib/errors/user-error';
import { safeEmbedText } from '#lib/text/sanitize';
import { isChosen, rulesHash, type Content } from './content.ts';
import { lockDrafts, readDraft } from './drafts.ts';

/** What members of a guild go through who begin now. */
export interface Version {
  readonly version: number;
  readonly content: Content;
  readonly publishedAt: Date;
}

/** Holds what a bot that was here before asked, for the answers that it was given; nobody goes through it. */
export const VERSION_OF_OLD_BOT = 0;

/** The newest version of a guild; null while none was published. */
export async function readNewestVersion(
  db: Database | Transaction<DB>,
  guildId: string,
): Promise<Version | null> {
  const row = await db
    .selectFrom('onboarding_versions')
    .select(['version', 'content', 'published_at'])
    .where('guild_id', '=', guildId)
    .where('version', '>', VERSION_OF_OLD_BOT)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    version: row.version,
    content: row.content as unknown as Content,
    publishedAt: row.published_at,
  };
}

/** The content of one version of a guild. */
export async function readVersion(
  db: Database | Transaction<DB>,
  guildId: string,
  version: number,
): Promise<Content | null> {
  const row = await db
    .selectFrom('onboarding_versions')
    .select('content')
    .where('guild_id', '=', guildId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? null : (row.content as unknown as Content);
}

/** Whether what the editor shows is what members see. */
export function isPublished(draft: Content, newest: Version | null): boolean {
  return newest !== null && isDeepStrictEqual(draft, newest.content);
}

/**
 * Makes what the editor shows what members go through who begin from now on; who began already ends with what they began.
 * @throws UserError when there is nothing in it, a list has no options, or it was published already.
 */
export async function publish(
  db: Database | Transaction<DB>,
  guildId: string,
  by: string,
  now: Date,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    await lockDrafts(trx, guildId);
    const [draft, newest] = [await readDraft(trx, guildId), await readNewestVersion(trx, guildId)];
    if (draft.rules.length === 0 && draft.questions.length === 0)
      throw new UserError('onboarding-editor:nothingToPublish');
    const empty = draft.questions.find((question) => isChosen(question) && question.options.length === 0);
    if (empty !== undefined)
      throw new UserError('onboarding-editor:noOptions', { question: safeEmbedText(empty.text) });
    if (isPublished(draft, newest)) throw new UserError('onboarding-editor:publishedAlready');
    const version = (newest?.version ?? 0) + 1;
    await trx
      .insertInto('onboarding_versions')
      .values({
        guild_id: guildId,
        version,
        content: JSON.stringify(draft),
        rules_hash: rulesHash(draft.rules),
        published_by: by,
        published_at: now,
      })
      .execute();
    return version;
  });
}
