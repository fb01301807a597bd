import { PermissionFlagsBits, type Interaction, type PermissionsBitField } from 'discord.js';

/** The person behind an interaction, as far as access is concerned. */
export interface Actor {
  readonly userId: string;
  /** The owner of the guild where they act; null outside a guild. */
  readonly guildOwnerId: string | null;
  /** What they may do in the channel where they act; null outside a guild. */
  readonly permissions: Readonly<PermissionsBitField> | null;
}

/** The person who sent an interaction. */
export function actorOf(interaction: Interaction): Actor {
  return {
    userId: interaction.user.id,
    guildOwnerId: interaction.guild?.ownerId ?? null,
    permissions: interaction.memberPermissions,
  };
}

/** Stands in a row in place of a member whose data was erased, where a column must name somebody. */
export const FORMER_MEMBER = '0';

/** An admin of a guild is whoever may manage it: its owner, or a member with Manage Server. */
export function isAdmin(actor: Actor): boolean {
  if (actor.guildOwnerId === null) return false;
  return (
    actor.userId === actor.guildOwnerId || actor.permissions?.has(PermissionFlagsBits.ManageGuild) === true
  );
}

/** Whether a row is this person's own to change: its creator, or an admin of the guild. */
export function mayManage(actor: Actor, createdBy: string): boolean {
  return actor.userId === createdBy || isAdmin(actor);
}

/** Ticket staff: whoever has one of the staff roles, and the guild's admins. */
export function isStaff(
  actor: Actor & { readonly roleIds: readonly string[] },
  staffRoleIds: readonly string[],
): boolean {
  return isAdmin(actor) || staffRoleIds.some((id) => actor.roleIds.includes(id));
}

/** Who runs this bot: the application's owner, or the members of the team that owns it. */
export function isBotOwner(
  userId: string,
  application: { readonly ownerId: string | null; readonly teamMemberIds: readonly string[] },
): boolean {
  return userId === application.ownerId || application.teamMemberIds.includes(userId);
}
