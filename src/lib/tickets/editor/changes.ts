import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { UserError } from '#lib/errors/user-error';
import { movedBy } from '#lib/ui/editing';
import { CATEGORIES_MAX, categoriesOf, type TicketCategory } from '../categories.ts';
import { panelsChanged } from '../panels/panels.ts';
import { checkCategory, type CategoryInput, type CategoryValues } from './checks.ts';

/** A category as somebody saw it. */
export interface Seen {
  readonly id: number;
  /** The version that was shown. */
  readonly seen: string;
}

/** What of a category is chosen from what the guild has; null: what the guild's settings say. */
export type Place = Pick<TicketCategory, 'parentId' | 'staffRoleId' | 'escalationRoleId'>;

/** Changes the categories of a guild: all of it or nothing, one after another, and panels follow. */
export function changeCategories<Result>(
  db: Database,
  guildId: string,
  now: Date,
  change: (trx: Transaction<DB>, categories: readonly TicketCategory[]) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await lockName(trx, `ticket-categories:${guildId}`);
    const result = await change(trx, await categoriesOf(trx, guildId));
    await panelsChanged(trx, guildId, now);
    return result;
  });
}

/** @throws UserError when the category is gone. */
export function requireCategory(categories: readonly TicketCategory[], id: number): TicketCategory {
  const category = categories.find((one) => one.id === id);
  if (category === undefined) throw new UserError('ticket-setup:gone.category');
  return category;
}

/** @throws UserError when the category is gone or was changed since it was seen. */
export function requireSeen(categories: readonly TicketCategory[], { id, seen }: Seen): TicketCategory {
  const category = requireCategory(categories, id);
  if (category.version !== seen) throw new UserError('ticket-setup:gone.changed');
  return category;
}

/** @throws UserError when there is no room for another category. */
export function requireRoom(categories: readonly TicketCategory[]): void {
  if (categories.length >= CATEGORIES_MAX)
    throw new UserError('ticket-setup:invalid.fullCategories', { maximum: CATEGORIES_MAX });
}

const columnsOf = ({ name, description, emoji, openLimit }: CategoryValues) => ({
  name,
  description,
  emoji,
  open_limit: openLimit,
});

/**
 * Adds a category at the end, with the form that asks only what it is about.
 * @returns its id.
 * @throws UserError when it cannot be shown so, or there is no room.
 */
export function addCategory(db: Database, guildId: string, input: CategoryInput, now: Date): Promise<number> {
  return changeCategories(db, guildId, now, async (trx, categories) => {
    requireRoom(categories);
    const { id } = await trx
      .insertInto('ticket_categories')
      .values({
        guild_id: guildId,
        position: categories.length + 1,
        ...columnsOf(checkCategory(input, categories)),
        created_at: now,
        updated_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

type Columns = Partial<ReturnType<typeof columnsOf>> & {
  readonly parent_id?: string | null;
  readonly staff_role_id?: string | null;
  readonly escalation_role_id?: string | null;
  readonly enabled?: boolean;
  readonly form?: string;
};

/** Writes to a category; its version becomes another one, however fast two changes follow each other. */
export async function writeCategory(
  trx: Transaction<DB>,
  guildId: string,
  { id, version }: TicketCategory,
  columns: Columns,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('ticket_categories')
    .set({ ...columns, updated_at: new Date(Math.max(now.getTime(), Number(version) + 1)) })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
}

/**
 * Changes what a category is called and how it looks.
 * @throws UserError when it cannot be shown so, is gone, or was changed since it was seen.
 */
export async function editCategory(
  db: Database,
  guildId: string,
  seen: Seen,
  input: CategoryInput,
  now: Date,
): Promise<void> {
  await changeCategories(db, guildId, now, async (trx, categories) => {
    const category = requireSeen(categories, seen);
    const others = categories.filter((one) => one !== category);
    await writeCategory(trx, guildId, category, columnsOf(checkCategory(input, others)), now);
  });
}

/**
 * Chooses where a category's tickets go, or who works on them.
 * @throws UserError when the category is gone or was changed since it was seen.
 */
export async function placeCategory(
  db: Database,
  guildId: string,
  seen: Seen,
  place: Partial<Place>,
  now: Date,
): Promise<void> {
  await changeCategories(db, guildId, now, async (trx, categories) => {
    const columns = {
      ...(place.parentId !== undefined && { parent_id: place.parentId }),
      ...(place.staffRoleId !== undefined && { staff_role_id: place.staffRoleId }),
      ...(place.escalationRoleId !== undefined && { escalation_role_id: place.escalationRoleId }),
    };
    await writeCategory(trx, guildId, requireSeen(categories, seen), columns, now);
  });
}

/**
 * Switches a category on or off; what is off cannot be opened.
 * @throws UserError when it is gone or was changed since it was seen.
 */
export async function turnCategory(
  db: Database,
  guildId: string,
  seen: Seen,
  enabled: boolean,
  now: Date,
): Promise<void> {
  await changeCategories(db, guildId, now, async (trx, categories) => {
    await writeCategory(trx, guildId, requireSeen(categories, seen), { enabled }, now);
  });
}

async function writeOrder(
  trx: Transaction<DB>,
  guildId: string,
  categories: readonly TicketCategory[],
): Promise<void> {
  await sql`
    update ticket_categories as category set position = wanted.place
    from unnest(${categories.map(({ id }) => id)}::integer[]) with ordinality as wanted (id, place)
    where category.id = wanted.id and category.guild_id = ${guildId}`.execute(trx);
}

/**
 * Moves a category up or down by one.
 * @throws UserError when it is gone or was changed since it was seen.
 */
export async function moveCategory(
  db: Database,
  guildId: string,
  seen: Seen,
  way: 'up' | 'down',
  now: Date,
): Promise<void> {
  await changeCategories(db, guildId, now, async (trx, categories) => {
    const category = requireSeen(categories, seen);
    await writeOrder(trx, guildId, movedBy(categories, category, way));
    await writeCategory(trx, guildId, category, {}, now);
  });
}

/**
 * Deletes a category for everybody; its tickets still say what they were about.
 * @returns what it was called.
 * @throws UserError when it is gone already or was changed since it was seen.
 */
export function deleteCategory(db: Database, guildId: string, seen: Seen, now: Date): Promise<string> {
  return changeCategories(db, guildId, now, async (trx, categories) => {
    const category = requireSeen(categories, seen);
    await trx
      .updateTable('ticket_categories')
      // A place that no other one takes.
      .set({ deleted_at: now, position: -category.id })
      .where('guild_id', '=', guildId)
      .where('id', '=', category.id)
      .execute();
    await writeOrder(
      trx,
      guildId,
      categories.filter((one) => one !== category),
    );
    return category.name;
  });
}
