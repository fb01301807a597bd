import { DiscordAPIError, RESTJSONErrorCodes, type Guild } from 'discord.js';

/**
 * Asks Discord whether somebody is a member of a guild at this moment.
 * @throws what Discord answers otherwise, and when it does not answer: then nobody knows.
 */
export async function isMember(guild: Guild, userId: string): Promise<boolean> {
  try {
    await guild.members.fetch({ user: userId, force: true, cache: false });
    return true;
  } catch (error) {
    const isGone =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser);
    if (isGone) return false;
    throw error;
  }
}
