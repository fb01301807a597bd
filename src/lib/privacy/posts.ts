import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type Client, type Message } from 'discord.js';
import { createHash } from 'node:crypto';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { translator, type Locale } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import { documentView } from './document-views.ts';
import { readPublished, textIn, type PublishedDocument } from './documents.ts';

/** Where a guild's text is posted, and which version of it. */
export interface PrivacyPost {
  readonly channelId: string;
  readonly messageId: string;
  readonly version: number;
}

export interface PostDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly log: Log;
}

/** A nonce has at most 25 characters. */
const NONCE_LENGTH = 25;

/** The posted message of a guild; undefined when there is none. */
export async function readPost(db: Database, guildId: string): Promise<PrivacyPost | undefined> {
  const row = await db
    .selectFrom('privacy_posts')
    .select(['channel_id', 'message_id', 'version'])
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { channelId: row.channel_id, messageId: row.message_id, version: row.version };
}

/**
 * Posts the published text in the guild's channel for it and pins it. What is posted there already is changed in place; what is posted
 * elsewhere goes.
 * @throws UserError when nothing is published, no channel is set, or the bot may not write there.
 */
export async function postDocument(
  deps: PostDeps,
  guildId: string,
  now: Date,
): Promise<{ readonly channelId: string; readonly isPinned: boolean }> {
  const { client, db, settings, log } = deps;
  if (!(await settings.get(guildId, 'gdpr.enabled'))) throw new UserError('privacy:gdpr.off');
  const channelId = await settings.get(guildId, 'gdpr.channel_id');
  if (channelId === null) throw new UserError('privacy:gdpr.noChannel');
  const published = await readPublished(db, guildId);
  if (published === undefined) throw new UserError('privacy:gdpr.unpublished');
  const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId);
  const unusable = new UserError('privacy:gdpr.unusable', { channel: `<#${channelId}>` });
  if (channel?.isSendable() !== true) throw unusable;
  const before = await readPost(db, guildId);
  const content = await shownDocument(deps, guildId, published);
  let message: Message | null = null;
  try {
    if (before?.channelId === channelId) message = await editPost(client, guildId, before, content);
    message ??= await channel.send({
      ...content,
      // Pressed twice, or by two admins at once, it is one message.
      nonce: nonceOf(guildId, channelId, published.version, before?.messageId ?? ''),
      enforceNonce: true,
    });
  } catch (error) {
    if (isRefusal(error)) throw unusable;
    throw error;
  }
  await writePost(db, guildId, message, published.version, now);
  if (before !== undefined && before.messageId !== message.id) await deletePost(client, before, log);
  return { channelId, isPinned: await pinned(message, log) };
}

/**
 * Lets the posted message show what is published now.
 * @returns false when it should and cannot; true as well when nothing is posted.
 */
export async function refreshPost(deps: PostDeps, guildId: string, now: Date): Promise<boolean> {
  const { client, db, log } = deps;
  const [post, published] = await Promise.all([readPost(db, guildId), readPublished(db, guildId)]);
  if (post === undefined || published === undefined) return true;
  // Others have their turn before it is tried again.
  const leave = () =>
    db.updateTable('privacy_posts').set({ posted_at: now }).where('guild_id', '=', guildId).execute();
  if (!client.guilds.cache.has(guildId)) {
    // The bot was removed.
    await leave();
    return false;
  }
  try {
    const message = await editPost(client, guildId, post, await shownDocument(deps, guildId, published));
    if (message === null) {
      // Somebody deleted it; it is not posted any more.
      await db.deleteFrom('privacy_posts').where('guild_id', '=', guildId).execute();
      return false;
    }
    await writePost(db, guildId, message, published.version, now);
    return true;
  } catch (error) {
    log.warn({ err: error, guildId }, 'privacy: the posted text could not be changed');
    await leave();
    return false;
  }
}

/**
 * Guilds whose posted message shows another version than the published one: whoever published it died before changing it, or may not
 * write there. Those tried longest ago come first.
 */
export async function stalePosts(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('privacy_posts as post')
    .select('post.guild_id')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('privacy_documents as document')
          .select('document.version')
          .whereRef('document.guild_id', '=', 'post.guild_id')
          .whereRef('document.version', '>', 'post.version'),
      ),
    )
    .orderBy('post.posted_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.guild_id);
}

async function shownDocument({ client, settings }: PostDeps, guildId: string, published: PublishedDocument) {
  const locale: Locale = await settings.get(guildId, 'system.language');
  const text = textIn(published, locale);
  const name = client.guilds.cache.get(guildId)?.name ?? guildId;
  return {
    // The buttons speak the language of the text.
    components: documentView(translator(text.locale), published, text, name),
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  } as const;
}

/** @returns null when the message is gone. */
async function editPost(
  client: Client,
  guildId: string,
  post: PrivacyPost,
  content: Awaited<ReturnType<typeof shownDocument>>,
): Promise<Message | null> {
  const guild = client.guilds.cache.get(guildId);
  // While a server is unavailable none of its channels is known, and nobody deleted anything.
  if (guild?.available !== true) throw new Error('the server is unavailable');
  const channel = guild.channels.cache.get(post.channelId);
  if (channel?.isTextBased() !== true) return null;
  try {
    return await channel.messages.edit(post.messageId, content);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return null;
    throw error;
  }
}

async function deletePost(client: Client, post: PrivacyPost, log: Log): Promise<void> {
  try {
    const channel = client.channels.cache.get(post.channelId);
    if (channel?.isTextBased() === true) await channel.messages.delete(post.messageId);
  } catch (error) {
    log.info({ err: error }, 'privacy: a text that was posted before could not be removed');
  }
}

async function pinned(message: Message, log: Log): Promise<boolean> {
  if (message.pinned) return true;
  try {
    await message.pin();
    return true;
  } catch (error) {
    log.info({ err: error, guildId: message.guildId }, 'privacy: the posted text could not be pinned');
    return false;
  }
}

async function writePost(
  db: Database,
  guildId: string,
  { id, channelId }: Message,
  version: number,
  now: Date,
): Promise<void> {
  const stored = { channel_id: channelId, message_id: id, version, posted_at: now };
  await db
    .insertInto('privacy_posts')
    .values({ guild_id: guildId, ...stored })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(stored))
    .execute();
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions)
  );
}

function nonceOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join(':')).digest('base64url').slice(0, NONCE_LENGTH);
}
