import {
  DiscordAPIError,
  GuildFeature,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Guild,
} from 'discord.js';
import type { Log } from '#lib/logging/logger';
import type { KnownInvite, Snapshot } from './attribute.ts';

/** Whether the bot may see how often invites were used. */
export function maySeeInvites(guild: Guild): boolean {
  return guild.members.me?.permissions.has(PermissionFlagsBits.ManageGuild) === true;
}

/**
 * Asks Discord for all invites of a guild and the uses of its own link; what fails for a moment is asked again by discord.js. Never throws.
 * @returns why not, when Discord did not say: the bot lacks Manage Server, or there was no answer.
 */
export async function fetchSnapshot(
  guild: Guild,
  log: Log,
  now: () => Date,
): Promise<Snapshot | 'no_permission' | 'no_answer'> {
  if (!maySeeInvites(guild)) return 'no_permission';
  try {
    const invites = await guild.invites.fetch({ cache: false });
    const vanity = await fetchVanity(guild, log);
    return {
      invites: new Map(invites.map((invite) => [invite.code, knownInvite(invite)])),
      vanity,
      at: now(),
    };
  } catch (error) {
    const code = error instanceof DiscordAPIError ? error.code : null;
    if (code === RESTJSONErrorCodes.MissingPermissions || code === RESTJSONErrorCodes.MissingAccess)
      return 'no_permission';
    // It removed the bot a moment ago; nobody could do anything about it.
    if (code === RESTJSONErrorCodes.UnknownGuild) return 'no_answer';
    log.warn({ err: error, guildId: guild.id }, 'invites: Discord did not list them');
    return 'no_answer';
  }
}

async function fetchVanity(guild: Guild, log: Log): Promise<Snapshot['vanity']> {
  if (!guild.features.includes(GuildFeature.VanityURL) || guild.vanityURLCode === null) return 'none';
  try {
    return (await guild.fetchVanityData()).uses;
  } catch (error) {
    log.warn({ err: error, guildId: guild.id }, 'invites: the uses of the own link are not known');
    return 'unread';
  }
}

/** What is remembered of an invite, from the list or as the gateway tells it. */
export function knownInvite(invite: {
  readonly code: string;
  readonly channelId: string | null;
  readonly inviterId: string | null;
  readonly uses: number | null;
  readonly maxUses: number | null;
  readonly expiresAt: Date | null;
}): KnownInvite {
  const { code, channelId, inviterId, uses, maxUses, expiresAt } = invite;
  return { code, channelId, inviterId, uses: uses ?? 0, maxUses: maxUses ?? 0, expiresAt };
}
