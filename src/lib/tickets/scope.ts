import type { Guild, GuildMember } from 'discord.js';
import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely';
import type { DB } from '#db/types';
import { isStaff } from '#lib/access/who';
import { effectiveValue } from '#lib/settings/settings';
import { categoriesOf } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import { colleagueOf } from './staff.ts';

/** Which tickets of a guild somebody may see. */
export interface Scope {
  readonly userId: string;
  /** Staff for every category. */
  readonly all: boolean;
  /** Staff for these alone. */
  readonly categoryIds: readonly number[];
  /** Their roles: one of them may have been called to a ticket. */
  readonly roleIds: readonly string[];
}

/** What a member may see: everything as staff, their categories' as staff of some, else their own. */
export async function scopeOf(
  { db, settings }: TicketDeps,
  guild: Guild,
  member: GuildMember,
): Promise<Scope> {
  const overrides = await settings.overrides(guild.id);
  const colleague = colleagueOf(member);
  const { roleIds } = colleague;
  const staffRoleId = effectiveValue(overrides, 'ticketbot.staff_role_id');
  const all = isStaff(colleague, staffRoleId === null ? [] : [staffRoleId]);
  const categories = all ? [] : await categoriesOf(db, guild.id);
  return {
    userId: member.id,
    all,
    roleIds,
    categoryIds: categories
      .filter(({ staffRoleId: own }) => own !== null && roleIds.includes(own))
      .map(({ id }) => id),
  };
}

/** Whether somebody handles tickets at all. */
export function isAnyStaff({ all, categoryIds }: Scope): boolean {
  return all || categoryIds.length > 0;
}

/** The condition on `support_tickets` that leaves what somebody may see. */
export function withinScope(
  eb: ExpressionBuilder<DB, 'support_tickets'>,
  { userId, all, categoryIds, roleIds }: Scope,
): ExpressionWrapper<DB, 'support_tickets', SqlBool> {
  if (all) return eb(sql<boolean>`true`, '=', true);
  const isLetIn = eb.exists(
    eb
      .selectFrom('ticket_members')
      .select(sql`1`.as('one'))
      .whereRef('ticket_members.guild_id', '=', 'support_tickets.guild_id')
      .whereRef('ticket_members.ticket_id', '=', 'support_tickets.id')
      .where('ticket_members.user_id', '=', userId),
  );
  return eb.or([
    eb('support_tickets.user_id', '=', userId),
    isLetIn,
    ...(roleIds.length === 0 ? [] : [eb('support_tickets.escalated_to', 'in', [...roleIds])]),
    ...(categoryIds.length === 0 ? [] : [eb('support_tickets.category_id', 'in', [...categoryIds])]),
  ]);
}
