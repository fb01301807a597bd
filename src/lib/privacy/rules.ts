import type { DB } from '#db/types';
import { personalData, type Kept, type Purpose } from '#db/personal-data';

export type TableName = keyof DB;

/** A rule of `db/personal-data.ts`, without the types that hold it to its column. */
export type ColumnRule =
  | { readonly holds: 'person'; readonly erase: 'row' | 'zero' | 'null' }
  | {
      readonly holds: 'theirs';
      readonly of: readonly string[];
      readonly erase: 'row' | 'keep' | 'scrub' | 'null' | { readonly set: string };
    }
  | { readonly holds: 'beside' | 'guild' | 'working' };

export interface TableRules {
  readonly purpose: Purpose;
  readonly kept: Kept;
  readonly guild: string | null;
  readonly columns: Readonly<Record<string, ColumnRule>>;
}

/** The rules of all tables, in the order in which a guild's are emptied. */
export type Rules = readonly (readonly [TableName, TableRules])[];

export const allRules: Rules = Object.entries(personalData) as [TableName, TableRules][];

/** The columns of a table that name somebody. */
export function personColumns({
  columns,
}: TableRules): { readonly name: string; readonly erase: 'row' | 'zero' | 'null' }[] {
  return Object.entries(columns).flatMap(([name, rule]) =>
    rule.holds === 'person' ? [{ name, erase: rule.erase }] : [],
  );
}

type Rule<T extends TableName> = (typeof personalData)[T]['columns'];
/** What is done with those whom a table names. */
type ErasedAs<T extends TableName> = {
  [C in keyof Rule<T>]: Rule<T>[C] extends { holds: 'person'; erase: infer E } ? E : never;
}[keyof Rule<T>];

/** Tables that name somebody; each has a name and a content in `privacy.json`. */
export type PeopleTable = {
  [T in TableName]: [ErasedAs<T>] extends [never] ? never : T;
}[TableName];

/** Tables whose rows stay in the guild when whoever they name is erased; each has a sentence why in `privacy.json`. */
export type StayingTable = {
  [T in TableName]: [Exclude<ErasedAs<T>, 'row'>] extends [never] ? never : T;
}[TableName];

/** What `/privacy` tells of and an export holds. */
export const tablesOfPeople = allRules
  .filter(([, rules]) => personColumns(rules).length > 0)
  .map(([table]) => table) as readonly PeopleTable[];

const staying = new Set<TableName>(
  allRules
    .filter(([, rules]) => personColumns(rules).some(({ erase }) => erase !== 'row'))
    .map(([table]) => table),
);

/** Whether rows of a table stay when whoever they name is erased. */
export function staysWithoutThem(table: TableName): table is StayingTable {
  return staying.has(table);
}
