import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { expiryOf, invitesOf } from '../state/invites.ts';
import type { GuildRecord } from '../state/records.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { nameOfUser } from './people.ts';
import type { PageBan, PageInvite } from './protocol.ts';

/** How many of a list are shown, the newest ones. */
const SHOWN = 100;

/** The guild's invites, newest first, for who holds the permission to manage it. */
export function invitesSeenWith(held: bigint, world: World, guild: GuildRecord): PageInvite[] {
  if (!(held & P.ManageGuild)) return [];
  return invitesOf(world, guild.id)
    .slice(-SHOWN)
    .toReversed()
    .map((invite) => {
      const channel = world.channels.get(invite.channelId);
      return {
        code: invite.code,
        channel: channel && channel.guildId !== null ? channel.name : '',
        inviter: nameOfUser(requireUser(world, invite.inviterId)),
        uses: invite.uses,
        maxUses: invite.maxUses,
        expiresAt: expiryOf(invite)?.toISOString() ?? null,
      };
    });
}

/** Who is banned, newest first, for who holds the permission to ban. */
export function bansSeenWith(held: bigint, world: World, guild: GuildRecord): PageBan[] {
  if (!(held & P.BanMembers)) return [];
  return [...guild.bans.values()]
    .slice(-SHOWN)
    .toReversed()
    .map(({ userId, reason }) => ({ id: userId, name: nameOfUser(requireUser(world, userId)), reason }));
}
