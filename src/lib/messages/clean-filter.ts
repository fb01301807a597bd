import { Constants, SnowflakeUtil, type Message } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { readMessageLink } from '#lib/reminders/message-link';
import { plainText } from '#lib/text/sanitize';
import { parseDurations } from '#lib/time/parse-durations';

/** Which messages of a channel somebody wants to have deleted. */
export interface CleanFilter {
  readonly userId: string | null;
  readonly botsOnly: boolean;
  readonly withPinned: boolean;
  /** Letter case does not count; empty: whatever they say. */
  readonly contains: string;
  /** Only messages with a smaller id; null: from the newest on. */
  readonly before: string | null;
  /** Only messages with a larger id; null: back to the first. */
  readonly after: string | null;
}

const MINUTE_MS = 60_000;
const MESSAGE_ID = /^\d{15,22}$/;
/** Before this, Discord's ids cannot be told. */
const DISCORD_BEGAN_MS = Date.UTC(2015, 0, 1);

/**
 * The id that parts older from newer messages, from a link to a message of this channel, its id, or an age like `2 days`.
 * @throws UserError when it is none of them.
 */
export function readBoundary(text: string, channelId: string, now: Date): string {
  const link = readMessageLink(text);
  if (link !== null && link.channelId !== channelId) throw new UserError('messages:clean.elsewhere');
  if (link !== null) return link.messageId;
  const typed = text.trim();
  if (MESSAGE_ID.test(typed)) return typed;
  const [minutes, ...others] = parseDurations(typed) ?? [];
  const timestamp = minutes === undefined ? 0 : now.getTime() - minutes * MINUTE_MS;
  if (others.length > 0 || timestamp <= DISCORD_BEGAN_MS) throw new UserError('messages:clean.boundary');
  return SnowflakeUtil.generate({ timestamp }).toString();
}

/** Whether a message is one of those; its place in time is not looked at. */
export function isWanted(message: Message, filter: CleanFilter): boolean {
  const { author, webhookId, content, pinned, type } = message;
  if (Constants.UndeletableMessageTypes.includes(type as never)) return false;
  if (pinned && !filter.withPinned) return false;
  if (filter.userId !== null && author.id !== filter.userId) return false;
  if (filter.botsOnly && !author.bot && webhookId === null) return false;
  return folded(content).includes(folded(filter.contains));
}

function folded(text: string): string {
  return plainText(text).normalize('NFC').toLowerCase();
}
