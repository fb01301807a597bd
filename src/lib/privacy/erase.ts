import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { SETTINGS_CHANGED_CHANNEL } from '#lib/settings/queries';
import { FORMER_MEMBER } from '#lib/access/who';
import { allRules, personColumns, type Rules, type TableName, type TableRules } from './rules.ts';

/** Tells every process who was erased where, as {@link readErased} reads it: what they hold in memory is not to be written afterwards. */
export const ERASED_CHANNEL = 'person_erased';

/** @property guildId where; null: everywhere. */
export interface ErasedPerson {
  readonly userId: string;
  readonly guildId: string | null;
}

/** Whom a message of {@link ERASED_CHANNEL} is about. */
export function readErased(message: string): ErasedPerson {
  const [userId = '', guildId = ''] = message.split(' ');
  return { userId, guildId: guildId === '' ? null : guildId };
}

/** How many rows of which table. */
export type RowCounts = Readonly<Partial<Record<TableName, number>>>;

export interface Erased {
  readonly deleted: RowCounts;
  /** Rows that stayed for the guild and no longer say who it was. */
  readonly kept: RowCounts;
}

export const NOTHING_ERASED: Erased = { deleted: {}, kept: {} };

/**
 * Erases a member from the tables, as `db/personal-data.ts` says of each column: what is theirs alone is deleted, what a guild lives on
 * stays without them.
 * @param guildId only what belongs to this guild; null: everything, whatever it belongs to.
 */
export async function erasePerson(
  trx: Transaction<DB>,
  userId: string,
  guildId: string | null,
  rules: Rules = allRules,
): Promise<Erased> {
  await oneByOne(trx);
  // Somebody who begins onboarding at the same moment takes their earlier answers along.
  if (guildId !== null) await lockName(trx, `onboarding:${guildId}:${userId}`);
  const deleted: Partial<Record<TableName, number>> = {};
  const kept: Partial<Record<TableName, number>> = {};
  const places = rules.filter(([, { guild }]) => guildId === null || guild !== null);
  // What goes as a whole first, so that nothing of it is emptied before.
  for (const [table, tableRules] of places)
    for (const { name, erase } of personColumns(tableRules))
      if (erase === 'row')
        count(
          deleted,
          table,
          await sql`delete from ${sql.table(table)} where ${isOf(tableRules, name, userId, guildId)}`.execute(
            trx,
          ),
        );
  for (const [table, tableRules] of places) {
    const named = personColumns(tableRules).filter(({ erase }) => erase !== 'row');
    if (named.length === 0) continue;
    // A row may name them more than once.
    const isAny = sql.join(
      named.map(({ name }) => isOf(tableRules, name, userId, guildId)),
      sql` or `,
    );
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from ${sql.table(table)} where ${isAny}`.execute(trx);
    const staying = rows[0]?.count ?? 0;
    if (staying === 0) continue;
    kept[table] = staying;
    for (const { name, erase } of named)
      await sql`
        update ${sql.table(table)} set ${sql.join(forgetting(tableRules, name, erase as 'zero' | 'null', userId))}
        where ${isOf(tableRules, name, userId, guildId)}`.execute(trx);
  }
  await sql`select pg_notify(${ERASED_CHANNEL}, ${`${userId} ${guildId ?? ''}`})`.execute(trx);
  return { deleted, kept };
}

/** Rows name several people in several columns, and two erasures would each hold what the other one wants. They take milliseconds. */
async function oneByOne(trx: Transaction<DB>): Promise<void> {
  await lockName(trx, 'erasure');
}

function isOf(
  { guild }: TableRules,
  column: string,
  userId: string,
  guildId: string | null,
): RawBuilder<unknown> {
  const isTheirs = sql`${sql.ref(column)} = ${userId}::bigint`;
  return guildId === null || guild === null
    ? isTheirs
    : sql`${isTheirs} and ${sql.ref(guild)} = ${guildId}::bigint`;
}

/** What changes in a row that stays. */
function forgetting(
  { columns }: TableRules,
  person: string,
  erase: 'zero' | 'null',
  userId: string,
): RawBuilder<unknown>[] {
  const changes = Object.entries(columns).flatMap(([name, rule]) => {
    if (rule.holds !== 'theirs' || !rule.of.includes(person)) return [];
    if (rule.erase === 'keep' || rule.erase === 'row') return [];
    const column = sql.ref(name);
    if (rule.erase === 'null') return [sql`${column} = null`];
    if (rule.erase === 'scrub')
      return [sql`${column} = replace(${column}, ${userId}::text, ${FORMER_MEMBER}::text)`];
    return [sql`${column} = ${sql.raw(rule.erase.set)}`];
  });
  return [
    sql`${sql.ref(person)} = ${erase === 'null' ? sql`null` : sql`${FORMER_MEMBER}::bigint`}`,
    ...changes,
  ];
}

/** Erases all that the tables hold of a guild. */
export async function eraseGuild(trx: Transaction<DB>, guildId: string): Promise<Erased> {
  await oneByOne(trx);
  const deleted: Partial<Record<TableName, number>> = {};
  for (const [table, { guild }] of allRules) {
    if (guild === null) continue;
    const isTheirs = sql`${sql.ref(guild)} = ${guildId}::bigint`;
    // What a member asked for comes due by itself, and ends with a receipt.
    const which = table === 'erasures' ? sql`${isTheirs} and kind <> 'asked'` : isTheirs;
    count(deleted, table, await sql`delete from ${sql.table(table)} where ${which}`.execute(trx));
  }
  // No process shall go on with what it remembers.
  await sql`select pg_notify(${SETTINGS_CHANGED_CHANNEL}, ${guildId})`.execute(trx);
  return { deleted, kept: {} };
}

/** The guilds in which a member has left anything. */
export async function guildsOf(db: Database, userId: string): Promise<string[]> {
  const queries = allRules.flatMap(([table, rules]) => {
    const { guild } = rules;
    if (guild === null) return [];
    return personColumns(rules).map(
      ({ name }) =>
        sql`select ${sql.ref(guild)} as guild_id from ${sql.table(table)} where ${sql.ref(name)} = ${userId}::bigint`,
    );
  });
  const { rows } = await sql<{ guild_id: string | null }>`${sql.join(queries, sql` union `)}`.execute(db);
  return rows.flatMap(({ guild_id: guildId }) => (guildId === null ? [] : [guildId])).sort();
}

/** The counts of two erasures together. */
export function addErased(one: Erased, other: Erased): Erased {
  return { deleted: addCounts(one.deleted, other.deleted), kept: addCounts(one.kept, other.kept) };
}

function addCounts(one: RowCounts, other: RowCounts): RowCounts {
  const sum: Partial<Record<TableName, number>> = { ...one };
  for (const [table, rows] of Object.entries(other) as [TableName, number][])
    sum[table] = (sum[table] ?? 0) + rows;
  return sum;
}

function count(
  counts: Partial<Record<TableName, number>>,
  table: TableName,
  { numAffectedRows = 0n }: { readonly numAffectedRows?: bigint },
): void {
  if (numAffectedRows > 0n) counts[table] = (counts[table] ?? 0) + Number(numAffectedRows);
}
