import type { APIEmoji, APIPartialEmoji } from 'discord-api-types/v10';
import type { EmojiRecord, GuildRecord } from './records.ts';
import type { World } from './world.ts';

/** What a reaction shows: a character (without id), or an emoji of a guild. */
export interface ReactionEmoji {
  id: string | null;
  name: string;
}

const CUSTOM = /^(?:<?a?:)?([\w~]{2,32}):(\d{1,20})>?$/;
const UNICODE = /^\p{RGI_Emoji}$/v;
/** Asks for the colourful form of a character that has a plain one too. */
const VARIATION_SELECTOR = '\uFE0F';

/** An emoji as URLs and people write it: "👍", "name:id" or "<:name:id>". Null when there is none such. */
export function readEmoji(world: World, text: string): ReactionEmoji | null {
  const custom = CUSTOM.exec(text);
  if (!custom) return isUnicodeEmoji(text) ? { id: null, name: text } : null;
  const known = findEmoji(world, custom[2] ?? '');
  return known ? { id: known.id, name: known.name } : null;
}

function isUnicodeEmoji(text: string): boolean {
  return UNICODE.test(text) || UNICODE.test(text + VARIATION_SELECTOR);
}

export function findEmoji(world: World, id: string): EmojiRecord | undefined {
  for (const guild of world.guilds.values()) {
    const emoji = guild.emojis.get(id);
    if (emoji) return emoji;
  }
  return undefined;
}

/** An emoji that was there before anybody could hear of it. */
export function newEmoji(world: World, guild: GuildRecord, name: string): EmojiRecord {
  const emoji: EmojiRecord = { id: world.snowflakes.next(), guildId: guild.id, name };
  guild.emojis.set(emoji.id, emoji);
  return emoji;
}

/** What two reactions with the same emoji share. */
export function emojiKey({ id, name }: ReactionEmoji): string {
  return id ?? name.replaceAll(VARIATION_SELECTOR, '');
}

export function serialiseReactionEmoji({ id, name }: ReactionEmoji): APIPartialEmoji {
  return { id, name };
}

export function serialiseEmoji(emoji: EmojiRecord): APIEmoji {
  return {
    id: emoji.id,
    name: emoji.name,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  };
}
