import { sql, type Kysely } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  /** An identity column, or one with a default. */
  optional: boolean;
  /** An identity column that takes no value from outside. */
  generated: boolean;
  comment: string | null;
}

/** What `pg` makes of each type, as `src/lib/database/value-types.ts` sets it up. */
const TYPESCRIPT_TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  float8: 'number',
  int4: 'number',
  int8: 'string',
  jsonb: 'Json',
  numeric: 'string',
  text: 'string',
  time: 'string',
  timestamptz: 'Timestamp',
  tsvector: 'string',
  uuid: 'string',
};

const HEADER = `// Generated from the migrated database by \`npm run migrate -- types\`. Do not edit.
import type { ColumnType } from 'kysely';

/** A column that need not be given when a row is inserted. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** A column that only the database sets. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };

/** Written as JSON text: \`pg\` would send an array as PostgreSQL's own kind and a string without its quotes. */
export type Json = ColumnType<JsonValue, string, string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;
`;

/**
 * The TypeScript of db/types.ts: an interface for each of our tables, and one that adds them up.
 * @throws when a column has a type that no table had before; add it to the list above.
 */
export async function generateTypes(db: Kysely<unknown>): Promise<string> {
  const tables = new Map<string, Column[]>();
  for (const column of await readColumns(db))
    tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  const interfaces = [...tables].map(
    ([table, columns]) => `export interface ${pascalCase(table)} {\n${columns.map(property).join('')}}\n`,
  );
  const sum = [...tables.keys()].map((table) => `  ${table}: ${pascalCase(table)};\n`).join('');
  return [HEADER, ...interfaces, `export interface DB {\n${sum}}\n`].join('\n');
}

async function readColumns(db: Kysely<unknown>): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, t.typname as type,
      not a.attnotnull as nullable,
      a.atthasdef or a.attidentity <> '' as optional,
      a.attidentity = 'a' or a.attgenerated <> '' as generated,
      col_description(c.oid, a.attnum) as comment
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and c.relname not in (${DEFAULT_MIGRATION_TABLE}, ${DEFAULT_MIGRATION_LOCK_TABLE})
    order by c.relname, a.attname`.execute(db);
  return rows;
}

function property(column: Column): string {
  const comment = column.comment === null ? '' : `  /** ${column.comment} */\n`;
  return `${comment}  ${column.name}: ${typeOf(column)};\n`;
}

function typeOf({ table, name, type, nullable, optional, generated }: Column): string {
  const isArray = type.startsWith('_');
  const base = TYPESCRIPT_TYPES[isArray ? type.slice(1) : type];
  if (base === undefined)
    throw new Error(`${table}.${name} has the type ${type}, which generate-types.ts does not know`);
  const value = `${base}${isArray ? '[]' : ''}${nullable ? ' | null' : ''}`;
  if (generated) return `GeneratedAlways<${value}>`;
  return optional ? `Generated<${value}>` : value;
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
