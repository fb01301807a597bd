import type { Selectable, Transaction } from 'kysely';
import type { DB, TicketCategories } from '#db/types';
import type { Database } from '#lib/database/database';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { MODAL_TITLE_MAX, SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import type { FormField } from './form.ts';

/** A kind of ticket. */
export interface TicketCategory {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly emoji: string | null;
  /** The category of channels; null: the one of the guild. Roles and limit likewise. */
  readonly parentId: string | null;
  readonly staffRoleId: string | null;
  readonly escalationRoleId: string | null;
  readonly openLimit: number | null;
  readonly form: readonly FormField[];
  readonly enabled: boolean;
  readonly isDeleted: boolean;
  /** Another one after each change. */
  readonly version: string;
}

/** Each is a choice in a select, which Discord ends at 25. */
export const CATEGORIES_MAX = 25;
/** It is the title of its form, and the label of its button. */
export const CATEGORY_NAME_MAX = MODAL_TITLE_MAX;
export const CATEGORY_DESCRIPTION_MAX = SELECT_OPTION_TEXT_MAX;
export const OPEN_LIMIT_MAX = 10;

/** What members can open: kinds of their own, or the general one where a guild has none; empty where all are switched off. */
export function openKinds(categories: readonly TicketCategory[]): readonly (TicketCategory | null)[] {
  return categories.length === 0 ? [null] : categories.filter(({ enabled }) => enabled);
}

export function toCategory(row: Selectable<TicketCategories>): TicketCategory {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    emoji: row.emoji,
    parentId: row.parent_id,
    staffRoleId: row.staff_role_id,
    escalationRoleId: row.escalation_role_id,
    openLimit: row.open_limit,
    form: row.form as unknown as readonly FormField[],
    enabled: row.enabled,
    isDeleted: row.deleted_at !== null,
    version: String(row.updated_at.getTime()),
  };
}

/** The categories of a guild in their order, disabled ones too, deleted ones not. */
export async function categoriesOf(
  db: Database | Transaction<DB>,
  guildId: string,
): Promise<TicketCategory[]> {
  const rows = await db
    .selectFrom('ticket_categories')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .execute();
  return rows.map(toCategory);
}

/** One category, even if it was deleted; undefined when the guild never had it. */
export async function readCategory(
  db: Database,
  guildId: string,
  id: number,
): Promise<TicketCategory | undefined> {
  const row = await db
    .selectFrom('ticket_categories')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toCategory(row);
}

/** What holds for tickets of a category, after the guild's settings. */
export interface TicketRules {
  readonly category: TicketCategory | null;
  /** Categories of channels in which a ticket's channel may be made, the first with room. */
  readonly parentIds: readonly string[];
  /** Where it becomes a thread when none has room. */
  readonly threadChannelId: string | null;
  readonly staffRoleIds: readonly string[];
  readonly escalationRoleId: string | null;
  readonly openLimit: number;
}

/** @param categoryId null: the general kind. */
export async function rulesOf(
  db: Database,
  overrides: Overrides,
  guildId: string,
  categoryId: number | null,
): Promise<TicketRules> {
  const category = categoryId === null ? null : ((await readCategory(db, guildId, categoryId)) ?? null);
  const parents = [
    category?.parentId ?? effectiveValue(overrides, 'ticketbot.category_id'),
    effectiveValue(overrides, 'ticketbot.fallback_category_id'),
  ];
  const staff = [effectiveValue(overrides, 'ticketbot.staff_role_id'), category?.staffRoleId ?? null];
  return {
    category,
    parentIds: [...new Set(parents.filter((id) => id !== null))],
    threadChannelId: effectiveValue(overrides, 'ticketbot.thread_channel_id'),
    staffRoleIds: [...new Set(staff.filter((id) => id !== null))],
    escalationRoleId: category?.escalationRoleId ?? effectiveValue(overrides, 'ticketbot.escalation_role_id'),
    openLimit: category?.openLimit ?? effectiveValue(overrides, 'ticketbot.open_limit'),
  };
}
