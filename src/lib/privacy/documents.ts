import { createHash } from 'node:crypto';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { UserError } from '#lib/errors/user-error';
import { defaultLocale, locales, type Locale } from '#lib/i18n/translate';
import { plainText } from '#lib/text/sanitize';

/** With a heading and a line about the version it fits into the 4,000 characters that a message of components may have. */
export const DOCUMENT_MAX = 3_700;

export interface Draft {
  readonly content: string;
  readonly updatedAt: Date;
}

/** Says something of all drafts of a guild. */
export type DraftsCheck = (drafts: ReadonlyMap<Locale, Draft>) => boolean;

/** A published text. */
export interface DocumentText {
  readonly version: number;
  readonly locale: Locale;
  readonly content: string;
  readonly hash: string;
}

export interface PublishedDocument {
  readonly version: number;
  readonly publishedAt: Date;
  readonly texts: ReadonlyMap<Locale, DocumentText>;
}

/** What admins are writing, by language. */
export async function readDrafts(db: Database, guildId: string): Promise<ReadonlyMap<Locale, Draft>> {
  const rows = await db
    .selectFrom('privacy_drafts')
    .select(['locale', 'content', 'updated_at'])
    .where('guild_id', '=', guildId)
    .execute();
  return new Map(
    rows.map((row) => [row.locale as Locale, { content: row.content, updatedAt: row.updated_at }]),
  );
}

/** Tells two states of a draft apart, in the id of its modal. */
export function draftState(draft: Draft | undefined): string {
  return draft === undefined ? '0' : String(draft.updatedAt.getTime());
}

/**
 * Saves the draft of a language; an empty one is removed.
 * @param change.seen the state that whoever wrote it began with.
 * @returns false when somebody else has changed it since; then nothing is saved.
 */
export async function saveDraft(
  db: Database,
  change: {
    readonly guildId: string;
    readonly locale: Locale;
    readonly content: string;
    readonly seen: string;
    readonly by: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { guildId, locale, seen, by, now } = change;
  const content = plainText(change.content).trim();
  return db.transaction().execute(async (trx) => {
    await lockName(trx, lockOf(guildId));
    const drafts = await readDrafts(trx, guildId);
    if (draftState(drafts.get(locale)) !== seen) return false;
    if (content === '') {
      await trx
        .deleteFrom('privacy_drafts')
        .where('guild_id', '=', guildId)
        .where('locale', '=', locale)
        .execute();
    } else {
      const stored = { content, updated_by: by, updated_at: now };
      await trx
        .insertInto('privacy_drafts')
        .values({ guild_id: guildId, locale, ...stored })
        .onConflict((conflict) => conflict.columns(['guild_id', 'locale']).doUpdateSet(stored))
        .execute();
    }
    return true;
  });
}

/** What members read and agree to; undefined while nothing was published. */
export async function readPublished(db: Database, guildId: string): Promise<PublishedDocument | undefined> {
  const rows = await db
    .selectFrom('privacy_documents')
    .select(['version', 'locale', 'content', 'content_hash', 'published_at'])
    .where('guild_id', '=', guildId)
    .where('version', '=', (eb) =>
      eb
        .selectFrom('privacy_documents as newest')
        .select((newest) => newest.fn.max('newest.version').as('version'))
        .where('newest.guild_id', '=', guildId),
    )
    .execute();
  const first = rows[0];
  if (first === undefined) return undefined;
  const texts = rows.map(({ version, locale, content, content_hash: hash }) => ({
    version,
    locale: locale as Locale,
    content,
    hash,
  }));
  return {
    version: first.version,
    publishedAt: first.published_at,
    texts: new Map(texts.map((text) => [text.locale, text])),
  };
}

/** The text in a language, or in another one where it was not written in that. */
export function textIn({ texts }: PublishedDocument, wanted: Locale): DocumentText {
  const text = [wanted, defaultLocale, ...locales].flatMap((locale) => texts.get(locale) ?? [])[0];
  if (text === undefined) throw new Error('a published document has no text');
  return text;
}

/** Whether the drafts say what is published. */
export function isPublished(
  drafts: ReadonlyMap<Locale, Draft>,
  published: PublishedDocument | undefined,
): boolean {
  return locales.every((locale) => drafts.get(locale)?.content === published?.texts.get(locale)?.content);
}

/**
 * Makes the drafts the version that members read from now on; who agreed to an earlier one is asked again.
 * @param isAsShown whether the drafts are those that whoever publishes them has seen.
 * @throws UserError when they are not, there are none, or they say what is published already.
 */
export async function publishDrafts(
  db: Database,
  guildId: string,
  by: string,
  now: Date,
  isAsShown: DraftsCheck = () => true,
): Promise<PublishedDocument> {
  return db.transaction().execute(async (trx) => {
    await lockName(trx, lockOf(guildId));
    const drafts = await readDrafts(trx, guildId);
    if (!isAsShown(drafts)) throw new UserError('privacy:gdpr.changedSinceShown');
    const before = await readPublished(trx, guildId);
    if (drafts.size === 0) throw new UserError('privacy:gdpr.nothingToPublish');
    if (isPublished(drafts, before)) throw new UserError('privacy:gdpr.samePublished');
    const version = (before?.version ?? 0) + 1;
    await trx
      .insertInto('privacy_documents')
      .values(
        [...drafts].map(([locale, { content }]) => ({
          guild_id: guildId,
          version,
          locale,
          content,
          content_hash: hashOf(content),
          published_by: by,
          published_at: now,
        })),
      )
      .execute();
    const published = await readPublished(trx, guildId);
    if (published === undefined) throw new Error('what was just published is not there');
    return published;
  });
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

const lockOf = (guildId: string): string => `privacy:document:${guildId}`;
