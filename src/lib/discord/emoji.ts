import {
  DiscordAPIError,
  parseEmoji,
  RESTJSONErrorCodes,
  type APIMessageComponentEmoji,
  type Client,
  type Guild,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { safeEmbedText } from '#lib/text/sanitize';

const CHARACTER = /^\p{RGI_Emoji}$/v;
const CUSTOM = /^<a?:\w{2,32}:(\d{15,20})>$/;
const NAME = /^:?(\w{2,32}):?$/;
/** Asks for the colourful form of a character that has a plain one too. */
const VARIATION_SELECTOR = '\uFE0F';
const QUOTED_MAX = 60;
/** The longest emoji that can be typed: a custom one that moves, as `<a:name:id>`. */
export const EMOJI_MAX = 60;

/**
 * One emoji as Discord takes it: a character, or a custom one as `<:name:id>`.
 * @throws UserError for anything else, and for two of them.
 */
export function requireEmoji(text: string): string {
  if (CUSTOM.test(text) || CHARACTER.test(text)) return text;
  if (CHARACTER.test(text + VARIATION_SELECTOR)) return text + VARIATION_SELECTOR;
  throw new UserError('common:emoji.invalid', { input: safeEmbedText(text, QUOTED_MAX) });
}

/** In place of the name of one of the guild's own emojis, which is all that can be typed in a modal, the emoji. */
export function emojiByName(guild: Guild, text: string): string {
  const name = NAME.exec(text.trim())?.[1];
  if (name === undefined) return text;
  return guild.emojis.cache.find((emoji) => emoji.name === name)?.toString() ?? text;
}

/**
 * Makes sure that the bot can use an emoji that {@link requireEmoji} let through: one of a server that it is in.
 * @throws UserError when it cannot.
 */
export async function requireKnownEmoji(guild: Guild, emoji: string): Promise<void> {
  const id = CUSTOM.exec(emoji)?.[1];
  if (id === undefined || guild.client.emojis.cache.has(id)) return;
  // One that came a moment ago may not have been heard of yet.
  const isUnknown = await guild.emojis.fetch(id).then(
    () => false,
    (error: unknown) => {
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownEmoji) return true;
      throw error;
    },
  );
  if (isUnknown)
    throw new UserError('common:emoji.unknown', {
      input: safeEmbedText(emoji, QUOTED_MAX),
    });
}

/** An emoji that {@link requireEmoji} let through, as components take it. */
export function componentEmoji(emoji: string): APIMessageComponentEmoji {
  const { id, name, animated } = parseEmoji(emoji) ?? { name: emoji };
  return id === undefined ? { name } : { id, name, animated };
}

/** Whether Discord would let the bot show an emoji: a character, or a custom one of a server that it is in. */
export function isUsableEmoji(client: Client, emoji: string): boolean {
  const id = CUSTOM.exec(emoji)?.[1];
  return id === undefined || client.emojis.cache.has(id);
}
