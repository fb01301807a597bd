import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { movedBy } from '#lib/ui/editing';
import type { TicketCategory } from '../categories.ts';
import { FIELDS_MAX, type FormField } from '../form.ts';
import { changeCategories, requireCategory, requireSeen, writeCategory, type Seen } from './changes.ts';
import { checkField, type FieldInput } from './checks.ts';

/** @throws UserError when a form has no room for another field. */
export function requireRoomForField({ form }: Pick<TicketCategory, 'form'>): void {
  if (form.length >= FIELDS_MAX)
    throw new UserError('ticket-setup:invalid.fullFields', { maximum: FIELDS_MAX });
}

/** @throws UserError when a form has no such field. */
export function requireField({ form }: Pick<TicketCategory, 'form'>, id: string): FormField {
  const field = form.find((one) => one.id === id);
  if (field === undefined) throw new UserError('ticket-setup:gone.field');
  return field;
}

/** A field of a category as somebody saw it. */
export interface SeenField extends Seen {
  readonly field: string;
}

async function changeForm(
  db: Database,
  guildId: string,
  now: Date,
  find: (categories: readonly TicketCategory[]) => TicketCategory,
  change: (form: readonly FormField[]) => readonly FormField[],
): Promise<void> {
  await changeCategories(db, guildId, now, async (trx, categories) => {
    const category = find(categories);
    await writeCategory(trx, guildId, category, { form: JSON.stringify(change(category.form)) }, now);
  });
}

/**
 * Adds a field at the end of a category's form.
 * @returns its id.
 * @throws UserError when it cannot be shown so, or there is no room.
 */
export async function addField(
  db: Database,
  guildId: string,
  categoryId: number,
  input: FieldInput,
  now: Date,
): Promise<string> {
  let id = '';
  await changeForm(
    db,
    guildId,
    now,
    (categories) => requireCategory(categories, categoryId),
    (form) => {
      requireRoomForField({ form });
      id = freeId(form);
      return [...form, { id, ...checkField(input) }];
    },
  );
  return id;
}

function freeId(form: readonly FormField[]): string {
  const taken = form.map(({ id }) => id);
  let number = 1;
  while (taken.includes(`f${number}`)) number += 1;
  return `f${number}`;
}

function changeField(
  db: Database,
  guildId: string,
  seen: SeenField,
  now: Date,
  change: (form: readonly FormField[], field: FormField) => readonly FormField[],
): Promise<void> {
  return changeForm(
    db,
    guildId,
    now,
    (categories) => {
      // That the field is gone says more than that the category has changed.
      requireField(requireCategory(categories, seen.id), seen.field);
      return requireSeen(categories, seen);
    },
    (form) => change(form, requireField({ form }, seen.field)),
  );
}

/**
 * Changes a field of a form.
 * @throws UserError when it cannot be shown so, is gone, or its category was changed since it was seen.
 */
export async function editField(
  db: Database,
  guildId: string,
  seen: SeenField,
  input: FieldInput,
  now: Date,
): Promise<void> {
  await changeField(db, guildId, seen, now, (form, field) =>
    form.map((one) => (one === field ? { id: field.id, ...checkField(input) } : one)),
  );
}

/**
 * Moves a field up or down by one.
 * @throws UserError when it is gone, or its category was changed since it was seen.
 */
export async function moveField(
  db: Database,
  guildId: string,
  seen: SeenField,
  way: 'up' | 'down',
  now: Date,
): Promise<void> {
  await changeField(db, guildId, seen, now, (form, field) => movedBy(form, field, way));
}

/**
 * Deletes a field of a form; what was answered to it in tickets stays.
 * @throws UserError when it is gone already, or its category was changed since it was seen.
 */
export async function deleteField(db: Database, guildId: string, seen: SeenField, now: Date): Promise<void> {
  await changeField(db, guildId, seen, now, (form, field) => form.filter((one) => one !== field));
}
