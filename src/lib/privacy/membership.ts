import { DiscordAPIError, RESTJSONErrorCodes, Routes, type Client, type Guild } from 'discord.js';

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

/**
 * Asks Discord whether the bot is in a guild at this moment, whatever the gateway told of it.
 * @throws what Discord answers otherwise, and when it does not answer: then nobody knows.
 */
export async function isInGuild({ rest }: Client, guildId: string): Promise<boolean> {
  try {
    await rest.get(Routes.guild(guildId));
    return true;
  } catch (error) {
    const isOut =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownGuild || error.code === RESTJSONErrorCodes.MissingAccess);
    if (isOut) return false;
    throw error;
  }
}
