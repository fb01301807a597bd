import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import { UserError } from '#lib/errors/user-error';
import { movedBy } from '#lib/ui/editing';
import { QUESTIONS_MAX, RULES_MAX } from '../content.ts';
import { lockDrafts, readQuestions, readRules, type QuestionDraft, type RuleDraft } from '../drafts.ts';

export const listNames = ['rules', 'questions'] as const;
export type ListName = (typeof listNames)[number];

/** A row as somebody saw it. */
export interface Seen {
  readonly id: number;
  /** The version that was shown; null: whatever it is by now. */
  readonly seen: string | null;
}

interface Drafts {
  readonly rules: RuleDraft;
  readonly questions: QuestionDraft;
}
export type DraftOf<L extends ListName> = Drafts[L];

const TABLES = {
  rules: { table: 'guild_rules', order: 'rule_order' },
  questions: { table: 'guild_onboarding_questions', order: 'step_order' },
} as const;

/** How many rows each list takes. */
export const LIST_MAX: Readonly<Record<ListName, number>> = { rules: RULES_MAX, questions: QUESTIONS_MAX };

/** Runs a change of a guild's rules or questions: all of it or nothing, and one after another. */
export function changeDrafts<Result>(
  db: Database,
  guildId: string,
  change: (trx: Transaction<DB>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (trx) => {
    await lockDrafts(trx, guildId);
    return change(trx);
  });
}

/** The rows of a list in order, those that are off included. */
export async function readList<L extends ListName>(
  db: Database | Transaction<DB>,
  guildId: string,
  list: L,
): Promise<DraftOf<L>[]> {
  const rows = list === 'rules' ? await readRules(db, guildId) : await readQuestions(db, guildId);
  return rows as DraftOf<L>[];
}

/**
 * The rows of a list, and among them the one that somebody saw.
 * @throws UserError when it is gone or was changed since.
 */
export async function requireSeen<L extends ListName>(
  trx: Transaction<DB>,
  guildId: string,
  list: L,
  { id, seen }: Seen,
): Promise<{ rows: DraftOf<L>[]; row: DraftOf<L> }> {
  const { rows, row } = await requireRow(trx, guildId, list, id);
  if (seen !== null && row.version !== seen) throw new UserError('onboarding-editor:changedMeanwhile');
  return { rows, row };
}

/**
 * The rows of a list, and among them one, whatever version it has.
 * @throws UserError when it is gone.
 */
export async function requireRow<L extends ListName>(
  db: Database | Transaction<DB>,
  guildId: string,
  list: L,
  id: number,
): Promise<{ rows: DraftOf<L>[]; row: DraftOf<L> }> {
  const rows = await readList(db, guildId, list);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new UserError('onboarding-editor:deletedMeanwhile');
  return { rows, row };
}

/** @throws UserError when a list is full. */
export function requireRoom(list: ListName, count: number): void {
  if (count < LIST_MAX[list]) return;
  throw new UserError(
    list === 'rules' ? 'onboarding-editor:invalid.fullRules' : 'onboarding-editor:invalid.fullQuestions',
    { maximum: LIST_MAX[list] },
  );
}

/** When a row with this version is changed now: later than before, so that its version becomes another one. */
export function laterThan(version: string, now: Date): Date {
  return new Date(Math.max(now.getTime(), Number(version) + 1));
}

/** Numbers a list from 1 on, in the order of these ids. */
export async function writeOrder(
  trx: Transaction<DB>,
  guildId: string,
  list: ListName,
  ids: readonly number[],
): Promise<void> {
  const { table, order } = TABLES[list];
  await sql`
    update ${sql.table(table)} as item set ${sql.ref(order)} = wanted.place
    from unnest(${ids}::integer[]) with ordinality as wanted (id, place)
    where item.id = wanted.id and item.guild_id = ${guildId}`.execute(trx);
}

/** Gives a row another version, and switches it on or off when told to. */
async function touch(
  trx: Transaction<DB>,
  guildId: string,
  list: ListName,
  { id, version }: { readonly id: number; readonly version: string },
  now: Date,
  enabled?: boolean,
): Promise<void> {
  await trx
    .updateTable(TABLES[list].table)
    .set({ updated_at: laterThan(version, now), ...(enabled !== undefined && { enabled }) })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
}

/**
 * Moves a row up or down by one; at the end of the list it stays.
 * @throws UserError when it is gone or was changed since it was seen.
 */
export async function moveRow(
  db: Database,
  guildId: string,
  list: ListName,
  seen: Seen,
  way: 'up' | 'down',
  now: Date,
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { rows, row } = await requireSeen(trx, guildId, list, seen);
    const moved = movedBy(
      rows.map(({ id }) => id),
      row.id,
      way,
    );
    await writeOrder(trx, guildId, list, moved);
    await touch(trx, guildId, list, row, now);
  });
}

/**
 * Puts a whole list in another order.
 * @param ids all of its rows, each once.
 * @throws UserError when they are not.
 */
export async function orderRows(
  db: Database,
  guildId: string,
  list: ListName,
  ids: readonly number[],
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const rows = await readList(trx, guildId, list);
    const isAll = ids.length === rows.length && new Set(ids).size === ids.length;
    if (!isAll || !rows.every(({ id }) => ids.includes(id)))
      throw new UserError('onboarding-editor:invalid.order', { count: rows.length });
    await writeOrder(trx, guildId, list, ids);
  });
}

/**
 * Puts a copy of a row behind it.
 * @returns the id of the copy.
 * @throws UserError when it is gone or was changed since it was seen, or the list is full.
 */
export function copyRow(
  db: Database,
  guildId: string,
  list: ListName,
  seen: Seen,
  now: Date,
): Promise<number> {
  return changeDrafts(db, guildId, async (trx) => {
    const { rows, row } = await requireSeen(trx, guildId, list, seen);
    requireRoom(list, rows.length);
    const place = rows.length + 1;
    const what = { guildId, id: row.id, place, now };
    const copy = list === 'rules' ? await copyRule(trx, what) : await copyQuestion(trx, what);
    const ids = rows.map(({ id }) => id);
    await writeOrder(trx, guildId, list, ids.toSpliced(ids.indexOf(row.id) + 1, 0, copy));
    // A second click finds another version.
    await touch(trx, guildId, list, row, now);
    return copy;
  });
}

interface Copied {
  readonly guildId: string;
  readonly id: number;
  readonly place: number;
  readonly now: Date;
}

async function copyRule(trx: Transaction<DB>, { guildId, id, place, now }: Copied): Promise<number> {
  const copy = await trx
    .insertInto('guild_rules')
    .columns([
      'guild_id',
      'title',
      'description',
      'image_url',
      'enabled',
      'rule_order',
      'created_at',
      'updated_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom('guild_rules')
        .select(['guild_id', 'title', 'description', 'image_url', 'enabled'])
        .select([
          sql<number>`${place}::integer`.as('rule_order'),
          sql<Date>`${now}::timestamptz`.as('created_at'),
          sql<Date>`${now}::timestamptz`.as('updated_at'),
        ])
        .where('guild_id', '=', guildId)
        .where('id', '=', id),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return copy.id;
}

async function copyQuestion(trx: Transaction<DB>, { guildId, id, place, now }: Copied): Promise<number> {
  const copy = await trx
    .insertInto('guild_onboarding_questions')
    .columns([
      'guild_id',
      'question',
      'question_type',
      'help',
      'options',
      'followup',
      'required',
      'is_private',
      'enabled',
      'step_order',
      'created_at',
      'updated_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom('guild_onboarding_questions')
        .select(['guild_id', 'question', 'question_type', 'help', 'options', 'followup'])
        .select(['required', 'is_private', 'enabled'])
        .select([
          sql<number>`${place}::integer`.as('step_order'),
          sql<Date>`${now}::timestamptz`.as('created_at'),
          sql<Date>`${now}::timestamptz`.as('updated_at'),
        ])
        .where('guild_id', '=', guildId)
        .where('id', '=', id),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return copy.id;
}

/**
 * Switches a row on or off; what is off is not published.
 * @throws UserError when it is gone or was changed since it was seen.
 */
export async function turnRow(
  db: Database,
  guildId: string,
  list: ListName,
  seen: Seen,
  enabled: boolean,
  now: Date,
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { row } = await requireSeen(trx, guildId, list, seen);
    await touch(trx, guildId, list, row, now, enabled);
  });
}

/**
 * Deletes a row; what was published keeps it.
 * @throws UserError when it is gone already or was changed since it was seen.
 */
export async function deleteRow(db: Database, guildId: string, list: ListName, seen: Seen): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { rows, row } = await requireSeen(trx, guildId, list, seen);
    await trx
      .deleteFrom(TABLES[list].table)
      .where('guild_id', '=', guildId)
      .where('id', '=', row.id)
      .execute();
    const left = rows.map(({ id }) => id).filter((id) => id !== row.id);
    await writeOrder(trx, guildId, list, left);
  });
}
