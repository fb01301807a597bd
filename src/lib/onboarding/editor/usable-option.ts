import type { Guild } from 'discord.js';
import { requireUsableRole } from '#lib/discord/usable';
import { definitions } from '#lib/settings/definitions';
import type { OptionInput } from './checks.ts';
import { emojiByName, requireEmoji, requireKnownEmoji } from './emoji.ts';

/**
 * What checkOption cannot know: whether it works in this guild. The name of one of its emojis becomes that emoji.
 * @throws UserError when the bot cannot give one of the roles, or use the emoji.
 */
export async function usableOption(guild: Guild, input: OptionInput): Promise<OptionInput> {
  for (const id of input.roleIds) requireUsableRole(guild, id, definitions['onboarding.completion_role_id']);
  const emoji = emojiByName(guild, input.emoji).trim();
  if (emoji !== '') await requireKnownEmoji(guild, requireEmoji(emoji));
  return { ...input, emoji };
}
