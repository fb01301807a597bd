import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  SnowflakeUtil,
  type Message,
  type MessageCreateOptions,
  type SendableChannels,
} from 'discord.js';
import { personalData } from '#db/personal-data';
import type { Database } from '#lib/database/database';

/** Where somebody stands who may have sent a message before. */
export interface Attempt {
  /** How often it was tried, this time included. */
  readonly attempts: number;
  /** It cannot have been sent before this instant. */
  readonly since: Date;
}

/** Clocks of two machines differ by less than this. */
const CLOCKS_APART_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 10;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Sends a message that an attempt of before may have sent already. Discord answers a nonce that it remembers with that one message, but
 * forgets it within minutes: from the second attempt on the channel itself is searched first. Another message that says the same, such as
 * that of a ticket which was closed, opened and closed again, is not taken for it.
 * @param message its `nonce` must be the same in each attempt.
 * @param isIt tells the message among the bot's own; by default one with the same text.
 * @throws what Discord answers.
 */
export async function sendOnce(
  db: Database,
  channel: SendableChannels,
  message: MessageCreateOptions & { readonly nonce: string },
  { attempts, since }: Attempt,
  isIt: (sent: Message) => boolean = (sent) => sameText(sent, message),
): Promise<void> {
  const { nonce } = message;
  const others = attempts > 1 ? await otherMessages(db, channel.id, nonce) : null;
  const found =
    others === null
      ? null
      : await findOwnMessage(channel, since, (sent) => !others.has(sent.id) && isIt(sent));
  const sent = found ?? (await channel.send({ ...message, enforceNonce: true }));
  await db
    .insertInto('sent_messages')
    .values({ message_id: sent.id, channel_id: channel.id, nonce, sent_at: sent.createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Messages in a channel that are known to be others than the one of this nonce. */
async function otherMessages(db: Database, channelId: string, nonce: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('sent_messages')
    .select('message_id')
    .where('channel_id', '=', channelId)
    .where('nonce', '!=', nonce)
    .orderBy('sent_at', 'desc')
    .limit(PAGE * PAGES_MAX)
    .execute();
  return new Set(rows.map((row) => row.message_id));
}

/** Forgets messages that nobody looks for any more. */
export async function removeOldSentMessages(db: Database, now: Date): Promise<void> {
  const { days } = personalData.sent_messages.kept;
  await db
    .deleteFrom('sent_messages')
    .where('sent_at', '<', new Date(now.getTime() - days * DAY_MS))
    .execute();
}

/**
 * Looks through what the bot wrote in a channel from an instant on.
 * @returns a message of which `isIt` is true; null when there is none, or the bot may not read what was written.
 * @throws what Discord answers besides.
 */
export async function findOwnMessage(
  channel: SendableChannels,
  since: Date,
  isIt: (sent: Message) => boolean,
): Promise<Message | null> {
  let after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCKS_APART_MS }).toString();
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const messages = await channel.messages
      .fetch({ after, limit: PAGE, cache: false })
      .catch((error: unknown) => {
        if (isForbidden(error)) return null;
        throw error;
      });
    if (messages === null || messages.size === 0) return null;
    const found = messages.find((sent) => sent.author.id === channel.client.user.id && isIt(sent));
    if (found !== undefined) return found;
    after = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
  }
  return null;
}

function isForbidden(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions)
  );
}

/** Whether a message says what another one was to say; of embeds what stays the same however often they are built. */
function sameText(sent: Message, { content, embeds }: MessageCreateOptions): boolean {
  const wanted = (embeds ?? []).map((one) => ('toJSON' in one ? one.toJSON() : one));
  return (
    sent.content.trim() === (content ?? '').trim() &&
    sent.embeds.length === wanted.length &&
    sent.embeds.every(({ data }, index) => textOf(data) === textOf(wanted[index] ?? {}))
  );
}

interface EmbedText {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

function textOf({ title = '', description = '', fields = [] }: EmbedText): string {
  return [title, description, ...fields.flatMap(({ name, value }) => [name, value])]
    .map((text) => text.trim())
    .join('\n');
}
