import type { GuildMember } from 'discord.js';
import { requireMayGive, requireUsableRole } from '#lib/discord/usable';
import { definitions } from '#lib/settings/definitions';
import type { OptionInput } from './checks.ts';
import { emojiByName, requireEmoji, requireKnownEmoji } from '#lib/discord/emoji';

/**
 * What checkOption cannot know: whether it works in this guild. The name of one of its emojis becomes that emoji.
 * @param member who sets it.
 * @param rolesBefore what it gave before: these need not be theirs to give.
 * @throws UserError when the bot cannot give one of the roles, or they could not give it themselves, or use the emoji.
 */
export async function usableOption(
  member: GuildMember,
  input: OptionInput,
  rolesBefore: readonly string[],
): Promise<OptionInput> {
  const { guild } = member;
  for (const id of input.roleIds) {
    const roleId = requireUsableRole(guild, id, definitions['onboarding.completion_role_id']);
    if (!rolesBefore.includes(roleId)) requireMayGive(member, roleId);
  }
  const emoji = emojiByName(guild, input.emoji).trim();
  if (emoji !== '') await requireKnownEmoji(guild, requireEmoji(emoji));
  return { ...input, emoji };
}
