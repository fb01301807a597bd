import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { z } from 'zod';
import {
  guildPermissions,
  hasPermissions,
  type PermissionName,
  standsAboveMember,
  standsAboveRole,
} from '../permissions.ts';
import { ClientRefusal } from '../people/client-refusal.ts';
import { MOST_CHANNELS, MOST_IN_CATEGORY } from '../state/channels.ts';
import type { Act, ActContext } from './act.ts';
import { act, DONE, id } from './act.ts';

const YEAR_MS = 365 * 24 * 60 * 60_000;
/** The longest that an invite holds. */
const MOST_AGE_SECONDS = 60 * 24 * 60 * 60;
const name = z.string().trim().min(1).max(100);
const permission = z.enum(Object.keys(P) as [PermissionName, ...PermissionName[]]);
const target = z.union([z.object({ role: id }), z.object({ member: id })]);

/** What Discord lets somebody do with a server's channels, roles and members. */
export const ownerActs = {
  'create-channel': act(
    z.object({
      name,
      type: z.enum(['text', 'announcement', 'voice', 'category', 'forum']),
      parentId: id.optional(),
      isPrivate: z.boolean().default(false),
    }),
    (context, { name: called, type, parentId, isPrivate }) => {
      demand(context, 'ManageChannels');
      const { channels } = context.window.guild;
      if (channels.length >= MOST_CHANNELS) throw new ClientRefusal('This server has no room for a channel.');
      if (parentId && channels.filter((one) => one.parentId === parentId).length >= MOST_IN_CATEGORY)
        throw new ClientRefusal('This category has no room for a channel.');
      context.window.guild.createChannel({
        name: type === 'category' ? called : called.toLowerCase().replaceAll(/\s+/g, '-'),
        type,
        ...(parentId === undefined ? {} : { parent: { id: parentId } }),
        ...(isPrivate
          ? {
              overwrites: [
                { role: '@everyone', deny: ['ViewChannel'] },
                { member: { id: context.window.person.id }, allow: ['ViewChannel'] },
              ],
            }
          : {}),
      });
      return DONE;
    },
  ),
  'delete-channel': act(z.object({ channelId: id }), (context, { channelId }) => {
    demand(context, 'ManageChannels');
    context.window.guild.deleteChannel({ id: channelId });
    return DONE;
  }),
  'set-overwrite': act(
    z.object({
      channelId: id,
      target,
      allow: z.array(permission).max(60),
      deny: z.array(permission).max(60),
    }),
    (context, { channelId, target: whom, allow, deny }) => {
      demand(context, 'ManageRoles');
      const who = 'role' in whom ? { role: { id: whom.role } } : { member: { id: whom.member } };
      context.window.guild.setOverwrite({ id: channelId }, { ...who, allow, deny });
      return DONE;
    },
  ),
  'create-role': act(
    z.object({
      name,
      permissions: z.array(permission).max(60).default([]),
      color: z.number().int().min(0).max(0xff_ff_ff).default(0),
      hoist: z.boolean().default(false),
      mentionable: z.boolean().default(false),
    }),
    (context, role) => {
      demand(context, 'ManageRoles');
      demandHeld(context, role.permissions);
      context.window.guild.createRole(role);
      return DONE;
    },
  ),
  'set-permissions': act(
    z.object({ roleId: id, permissions: z.array(permission).max(60) }),
    (context, { roleId, permissions }) => {
      demand(context, 'ManageRoles');
      demandBelow(context, roleId);
      demandHeld(context, permissions);
      context.window.guild.setPermissions({ id: roleId }, permissions);
      return DONE;
    },
  ),
  'delete-role': act(z.object({ roleId: id }), (context, { roleId }) => {
    demand(context, 'ManageRoles');
    demandBelow(context, roleId);
    context.window.guild.deleteRole({ id: roleId });
    return DONE;
  }),
  'give-role': act(z.object({ userId: id, roleId: id }), (context, { userId, roleId }) => {
    demand(context, 'ManageRoles');
    demandBelow(context, roleId);
    context.window.guild.giveRole({ id: userId }, { id: roleId });
    return DONE;
  }),
  'take-role': act(z.object({ userId: id, roleId: id }), (context, { userId, roleId }) => {
    demand(context, 'ManageRoles');
    demandBelow(context, roleId);
    context.window.guild.takeRole({ id: userId }, { id: roleId });
    return DONE;
  }),
  kick: act(z.object({ userId: id }), (context, { userId }) => {
    demand(context, 'KickMembers');
    demandAbove(context, userId);
    context.window.guild.kick({ id: userId });
    return DONE;
  }),
  ban: act(
    z.object({ userId: id, reason: z.string().max(512).optional() }),
    (context, { userId, reason }) => {
      demand(context, 'BanMembers');
      demandAbove(context, userId);
      context.window.guild.ban({ id: userId }, { reason });
      return DONE;
    },
  ),
  unban: act(z.object({ userId: id }), (context, { userId }) => {
    demand(context, 'BanMembers');
    context.window.guild.unban({ id: userId });
    return DONE;
  }),
  'create-invite': act(
    z.object({
      channelId: id,
      maxAgeSeconds: z.number().int().min(0).max(MOST_AGE_SECONDS),
      maxUses: z.number().int().min(0).max(100),
    }),
    ({ window }, { channelId, ...options }) => {
      window.person.invites({ id: channelId }, { ...options, unique: true });
      return DONE;
    },
  ),
  'delete-invite': act(z.object({ code: z.string().max(100) }), ({ window }, { code }) => {
    window.person.revokes(code);
    return DONE;
  }),
  join: act(
    z.object({
      name: z
        .string()
        .trim()
        .regex(/^[a-z0-9_.]{2,32}$/u),
      invite: z.string().max(100).optional(),
    }),
    ({ window, host }, { name: called, invite }) => {
      // Not a new account: bots look twice at those.
      const createdAt = new Date(host.clock.now().getTime() - YEAR_MS);
      const joined = window.guild.join({ name: called, createdAt }, { invite });
      window.enter({ userId: joined.id });
      return DONE;
    },
  ),
  leave: act(z.object({}), ({ window }) => {
    if (window.person.id === window.guild.record.ownerId)
      throw new ClientRefusal('The owner cannot leave the server.');
    window.guild.leave({ id: window.person.id });
    window.enter({ userId: window.guild.record.ownerId });
    return DONE;
  }),
} satisfies Record<string, Act>;

/** Rank as well as permission: nobody kicks or bans themselves, the owner, or somebody of their own height. */
function demandAbove({ window: { guild, person } }: ActContext, userId: string): void {
  const { member } = guild.member({ id: userId });
  if (!standsAboveMember(guild.record, person.member, member))
    throw new ClientRefusal('You do not have permission to do that to this member.');
}

/** Only roles below one's own highest are one's to change and to give; the owner's are all of them. */
function demandBelow({ window: { guild, person } }: ActContext, roleId: string): void {
  if (!standsAboveRole(guild.record, person.member, guild.role({ id: roleId })))
    throw new ClientRefusal('You do not have permission to manage this role.');
}

/** Nobody gives a permission that they do not have themselves. */
function demandHeld(context: ActContext, permissions: readonly PermissionName[]): void {
  for (const permission of permissions) demand(context, permission);
}

function demand({ host, window }: ActContext, wanted: PermissionName): void {
  const { guild, person } = window;
  const held = guildPermissions(guild.record, person.member, host.clock.now());
  if (!hasPermissions(held, P[wanted]))
    throw new ClientRefusal('You do not have permission to do that in this server.');
}
