import { OverwriteType, PermissionFlagsBits as P, type Guild, type OverwriteData } from 'discord.js';
import { isOpen } from './status.ts';
import type { Ticket } from './ticket.ts';

/** Who is let into a ticket's channel. */
export interface Admitted {
  /** The opener and whoever was added; those who are members of the guild. */
  readonly memberIds: readonly string[];
  readonly staffRoleIds: readonly string[];
  /** Who handles it, if they are a member of the guild: an admin need not have a staff role. */
  readonly handlerId: string | null;
}

const READ = P.ViewChannel | P.ReadMessageHistory;
const WRITE = P.SendMessages | P.AttachFiles | P.EmbedLinks;
/** Taken from members when a ticket is closed. */
const LOCKED = P.SendMessages | P.SendMessagesInThreads | P.CreatePublicThreads | P.AddReactions;

/**
 * Who may do what in a ticket's channel: nobody else sees it, its members read and while it is open write, staff always write, and the bot
 * keeps what it needs. Discord lets a bot grant only what it may do itself.
 * @param held what the bot may do in the guild.
 */
export function overwritesOf(
  guild: Guild,
  ticket: Pick<Ticket, 'status' | 'escalatedTo'>,
  { memberIds, staffRoleIds, handlerId }: Admitted,
  held: bigint,
): OverwriteData[] {
  const roleIds = [
    ...new Set([...staffRoleIds, ...(ticket.escalatedTo === null ? [] : [ticket.escalatedTo])]),
  ];
  const grantable = (bits: bigint): bigint => bits & held & ~P.ManageRoles;
  const open = isOpen(ticket.status);
  const mine = grantable(READ | WRITE | P.ManageChannels | P.ManageMessages);
  return [
    { id: guild.id, type: OverwriteType.Role, allow: 0n, deny: grantable(P.ViewChannel) },
    { id: guild.client.user.id, type: OverwriteType.Member, allow: mine, deny: 0n },
    ...roleIds
      .filter((id) => id !== guild.id && guild.roles.cache.has(id))
      .map((id) => ({
        id,
        type: OverwriteType.Role,
        allow: grantable(READ | WRITE | P.ManageMessages),
        deny: 0n,
      })),
    ...(handlerId === null || memberIds.includes(handlerId)
      ? []
      : [
          {
            id: handlerId,
            type: OverwriteType.Member,
            allow: grantable(READ | WRITE | P.ManageMessages),
            deny: 0n,
          },
        ]),
    ...memberIds.map((id) => ({
      id,
      type: OverwriteType.Member,
      allow: grantable(open ? READ | WRITE : READ),
      deny: open ? 0n : grantable(LOCKED),
    })),
  ];
}
