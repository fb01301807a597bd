import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import { FORMER_MEMBER } from '#lib/access/who';
import { allRules, personColumns, type PeopleTable, type Rules, type TableRules } from './rules.ts';

/** A row as its person may see it: column by column, in the order of the rules. */
export type ExportedRow = Readonly<Record<string, unknown>>;

export interface ExportedTable {
  readonly table: PeopleTable;
  readonly rows: readonly ExportedRow[];
}

/** Stands where another member is named. */
const SOMEBODY_ELSE = '(another member)';

const USER_MENTION = /<@!?(\d{1,20})>/g;

/**
 * All that the tables hold of a member, in every guild, as of one instant: their rows, with what others wrote or did left out of them and
 * others' names made unrecognisable.
 */
export async function collectPersonalData(
  db: Database,
  userId: string,
  rules: Rules = allRules,
): Promise<ExportedTable[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const tables: ExportedTable[] = [];
      for (const [table, tableRules] of rules) {
        const people = personColumns(tableRules).map(({ name }) => name);
        if (people.length === 0) continue;
        const isTheirs = people.map((name) => sql`${sql.ref(name)} = ${userId}::bigint`);
        const { rows } = await sql<Record<string, unknown>>`
          select * from ${sql.table(table)} where ${sql.join(isTheirs, sql` or `)}`.execute(trx);
        if (rows.length > 0)
          tables.push({
            table: table as PeopleTable,
            rows: rows.map((row) => exportedRow(tableRules, row, userId)),
          });
      }
      return tables;
    });
}

function exportedRow(
  { columns }: TableRules,
  row: Readonly<Record<string, unknown>>,
  userId: string,
): ExportedRow {
  const shown: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(columns)) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (rule.holds === 'person') {
      if (value !== FORMER_MEMBER) shown[name] = value === userId ? userId : SOMEBODY_ELSE;
    } else if (
      rule.holds === 'beside' ||
      (rule.holds === 'theirs' && rule.of.some((person) => row[person] === userId))
    ) {
      shown[name] = withoutOthers(value, userId);
    }
  }
  return shown;
}

/** A value without the ids of members whom its text mentions. */
function withoutOthers(value: unknown, userId: string): unknown {
  if (typeof value === 'string')
    return value.replaceAll(USER_MENTION, (mention, id: string) => (id === userId ? mention : SOMEBODY_ELSE));
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withoutOthers(item, userId));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutOthers(item, userId)]));
  return value;
}
