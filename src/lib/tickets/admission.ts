import {
  DiscordAPIError,
  OverwriteType,
  PermissionsBitField,
  RESTJSONErrorCodes,
  type Guild,
  type OverwriteData,
  type TextChannel,
  type ThreadChannel,
} from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import type { TicketRules } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import { isOpen } from './status.ts';
import { membersOf, type Ticket } from './ticket.ts';

/** Of those who belong in a ticket: who is a member of the guild, and who is not at the moment. */
export async function membersInGuild(
  { db }: TicketDeps,
  guild: Guild,
  ticket: Ticket,
): Promise<{ present: string[]; absent: string[] }> {
  const ids = [ticket.userId, ...(await membersOf(db, guild.id, ticket.id))].filter(
    (id) => id !== FORMER_MEMBER,
  );
  const isThere = await Promise.all(ids.map((id) => isMember(guild, id)));
  return {
    present: ids.filter((_, index) => isThere[index]),
    absent: ids.filter((_, index) => !isThere[index]),
  };
}

/** Who handles a ticket, if they are a member of the guild at the moment. */
export async function handlerInGuild(guild: Guild, { claimedBy }: Ticket): Promise<string | null> {
  if (claimedBy === null || claimedBy === FORMER_MEMBER) return null;
  return (await isMember(guild, claimedBy)) ? claimedBy : null;
}

async function isMember(guild: Guild, userId: string): Promise<boolean> {
  try {
    await guild.members.fetch(userId);
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return false;
    throw error;
  }
}

/** Sets who may do what, in one request and only if it differs. Who left keeps what they had, for the day they come back. */
export async function setOverwrites(
  channel: TextChannel,
  wanted: readonly OverwriteData[],
  absent: readonly string[],
  rules: TicketRules,
  ticket: Ticket,
): Promise<void> {
  const now = channel.permissionOverwrites.cache;
  const kept: OverwriteData[] = absent.flatMap((id) => {
    const one = now.get(id);
    return one === undefined
      ? []
      : [{ id, type: OverwriteType.Member, allow: one.allow.bitfield, deny: one.deny.bitfield }];
  });
  const all = [...wanted, ...kept];
  const bits = (value: unknown): bigint => new PermissionsBitField(value as bigint).bitfield;
  const isSame =
    all.length === now.size &&
    all.every((one) => {
      const had = now.get(one.id as string);
      return (
        had !== undefined && had.allow.bitfield === bits(one.allow) && had.deny.bitfield === bits(one.deny)
      );
    });
  if (!isSame) await channel.permissionOverwrites.set(all, `Ticket ${ticket.id}`);
  const [parentId] = rules.parentIds;
  if (!isOpen(ticket.status) || parentId === undefined || rules.parentIds.includes(channel.parentId ?? ''))
    return;
  try {
    await channel.setParent(parentId, { lockPermissions: false, reason: `Ticket ${ticket.id}` });
  } catch (error) {
    // Full or gone: it is a ticket wherever it stands.
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType)
      throw error;
  }
}

/** Members of a private thread are who sees it; staff with Manage Threads see all. */
export async function admitToThread(
  thread: ThreadChannel,
  memberIds: readonly string[],
  open: boolean,
): Promise<void> {
  if (thread.archived === true) await thread.setArchived(false);
  for (const id of memberIds) await thread.members.add(id);
  const inside = await thread.members.fetch();
  for (const id of inside.keys()) {
    const member = thread.guild.members.cache.get(id);
    if (memberIds.includes(id) || id === thread.client.user.id || member === undefined) continue;
    // Whoever wrote in it as staff stays; who was taken out goes.
    if (!thread.permissionsFor(member).has(PermissionsBitField.Flags.ManageMessages))
      await thread.members.remove(id);
  }
  if (thread.locked !== !open) await thread.setLocked(!open);
}
