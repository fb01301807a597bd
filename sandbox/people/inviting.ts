import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { guildPermissions, hasPermissions } from '../permissions.ts';
import { isThread } from '../state/channel-types.ts';
import type { NewInvite } from '../state/invites.ts';
import { createInvite, deleteInvite, findInvite, MOST_INVITES, invitesOf } from '../state/invites.ts';
import type { GuildRecord, InviteRecord, MemberRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import { channelById, demand, may } from './places.ts';

export type InviteOptions = Omit<NewInvite, 'inviterId'>;

/** A member makes an invite. @throws ClientRefusal when the client would not offer that. */
export function invite(
  world: World,
  guild: GuildRecord,
  userId: string,
  channel: ChannelRecord,
  options: InviteOptions,
): InviteRecord {
  if (channel.guildId === null || isThread(channel) || channel.type === ChannelType.GuildCategory)
    throw new ClientRefusal('Nobody can be invited there.');
  const refusal = 'You do not have permission to invite people to this channel.';
  demand(world, guild, userId, channel, P.ViewChannel | P.CreateInstantInvite, refusal);
  if (invitesOf(world, guild.id).length >= MOST_INVITES)
    throw new ClientRefusal(`A server can have ${MOST_INVITES} invites.`);
  return createInvite(world, channel, { ...options, inviterId: userId });
}

/** A member ends an invite. @throws ClientRefusal when there is none, or it is not theirs to end. */
export function revoke(world: World, guild: GuildRecord, member: MemberRecord, code: string): void {
  const found = usableInvite(world, guild, code);
  const isManager = hasPermissions(guildPermissions(guild, member, world.clock.now()), P.ManageGuild);
  if (!isManager && !may(world, guild, member.id, channelById(world, found.channelId), P.ManageChannels))
    throw new ClientRefusal('You do not have permission to end this invite.');
  deleteInvite(world, found);
}

/** The guild's invite of that code or link. @throws ClientRefusal when it cannot be used (any more). */
export function usableInvite(world: World, guild: GuildRecord, codeOrLink: string): InviteRecord {
  const found = findInvite(world, codeOrLink.replace(/^.*\//, ''));
  if (found?.guildId !== guild.id) throw new ClientRefusal('Unknown Invite');
  return found;
}
