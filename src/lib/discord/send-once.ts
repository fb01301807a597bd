import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  SnowflakeUtil,
  type Message,
  type MessageCreateOptions,
  type SendableChannels,
} from 'discord.js';

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

/**
 * Sends a message that an attempt of before may have sent already. Discord answers a nonce that it remembers with that one message, but
 * forgets it within minutes: from the second attempt on the channel itself is searched first.
 * @param message its `nonce` must be the same in each attempt.
 * @param isIt tells the message among the bot's own; by default one with the same text.
 * @throws what Discord answers.
 */
export async function sendOnce(
  channel: SendableChannels,
  message: MessageCreateOptions & { readonly nonce: string },
  { attempts, since }: Attempt,
  isIt: (sent: Message) => boolean = (sent) => sameText(sent, message),
): Promise<void> {
  if (attempts > 1 && (await findOwnMessage(channel, since, isIt)) !== null) return;
  await channel.send({ ...message, enforceNonce: true });
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
