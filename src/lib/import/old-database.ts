import type { ClientBase } from 'pg';

/** A row of the old database: each value as PostgreSQL writes it in text, so that no type of a column is taken for granted. */
export type OldRow = Readonly<Record<string, string | null | undefined>>;

/** Columns of which one will do stand together. */
export type Needed = string | readonly string[];

const ROWS_AT_ONCE = 500;
const CURSOR = 'old_rows';
/** What Kysely keeps its list of migrations in: this bot's databases have it, the Python bot's do not. */
const OWN_TABLE = 'kysely_migration';

/** Where an old database cannot be read: a whole sentence for who runs the import. */
export class ImportError extends Error {
  override name = 'ImportError';
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The Python bot's database, as it is at one moment and without any way to change it. Which tables and columns there are is looked up:
 * each of its versions made other ones, and so did whichever of its parts started first.
 */
export class OldDatabase {
  readonly #client: ClientBase;
  /** By table and column, the type. */
  readonly #types: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(client: ClientBase, types: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    this.#client = client;
    this.#types = types;
  }

  /**
   * Begins to read. The client is connected and nobody else's until {@link close}.
   * @throws ImportError when it is no database of the Python bot.
   */
  static async open(client: ClientBase): Promise<OldDatabase> {
    // Also said of the transaction: behind a pooler the first statement may reach another session than the rest.
    await client.query('set default_transaction_read_only = on');
    await client.query('begin isolation level repeatable read, read only');
    await client.query(`set local timezone = 'UTC'`);
    await client.query(`set local datestyle = 'ISO, YMD'`);
    const { rows } = await client.query<{ table: string; column: string; type: string }>(
      `select table_name as table, column_name as column, data_type as type
       from information_schema.columns where table_schema = current_schema()`,
    );
    const types = new Map<string, Map<string, string>>();
    for (const { table, column, type } of rows) {
      const columns = types.get(table) ?? new Map<string, string>();
      types.set(table, columns.set(column, type));
    }
    if (types.has(OWN_TABLE))
      throw new ImportError(
        'That is a database of this bot, not of the Python one. Give the address that the Python bot had in its DATABASE_URL.',
      );
    return new OldDatabase(client, types);
  }

  /** Ends the reading; the client stays connected. */
  async close(): Promise<void> {
    await this.#client.query('rollback');
  }

  get tables(): readonly string[] {
    return [...this.#types.keys()].sort();
  }

  hasColumn(table: string, column: string): boolean {
    return this.#types.get(table)?.has(column) === true;
  }

  /** Which of the columns a table lacks; each as it is to be told. */
  lacking(table: string, needed: readonly Needed[]): string[] {
    return needed
      .map((names) => [names].flat())
      .filter((names) => !names.some((name) => this.hasColumn(table, name)))
      .map((names) => names.join(' or '));
  }

  /** All rows of a table. Columns that it does not have are missing in them. */
  async *rows(
    table: string,
    columns: readonly string[],
    orderedBy: readonly string[],
  ): AsyncGenerator<OldRow> {
    const there = columns.filter((column) => this.hasColumn(table, column));
    const order = orderedBy.filter((column) => this.hasColumn(table, column)).map(quoted);
    await this.#client.query(
      `declare ${CURSOR} no scroll cursor for select ${there.map((column) => this.#asText(table, column)).join(', ')}
       from ${quoted(table)} ${order.length === 0 ? '' : `order by ${order.join(', ')}`}`,
    );
    for (;;) {
      const { rows } = await this.#client.query<OldRow>(`fetch ${ROWS_AT_ONCE} from ${CURSOR}`);
      if (rows.length === 0) break;
      yield* rows;
    }
    await this.#client.query(`close ${CURSOR}`);
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.#client.query<{ count: string }>(`select count(*) from ${quoted(table)}`);
    return Number(rows[0]?.count);
  }

  /** The highest number in a column of whole numbers; 0 where there is none. */
  async highest(table: string, column: string): Promise<number> {
    const { rows } = await this.#client.query<{ highest: string | null }>(
      `select max(${quoted(column)}::bigint)::text as highest from ${quoted(table)}`,
    );
    return Number(rows[0]?.highest ?? 0);
  }

  /** The servers that any row names, of tables that can be read. */
  async guildIds(): Promise<string[]> {
    const found = new Set<string>();
    for (const table of this.tables.filter((name) => this.hasColumn(name, 'guild_id'))) {
      const query = `select distinct guild_id::text as id from ${quoted(table)}`;
      const rows = await this.apart(() => this.#client.query<{ id: string | null }>(query)).then(
        (result) => result.rows,
        () => [],
      );
      for (const { id } of rows) if (id !== null && id !== '0') found.add(id);
    }
    return [...found].sort();
  }

  /** Runs a part of the reading. When it fails, what was to be read after it still can be. */
  async apart<Result>(read: () => Promise<Result>): Promise<Result> {
    await this.#client.query('savepoint apart');
    try {
      const result = await read();
      await this.#client.query('release savepoint apart');
      return result;
    } catch (error) {
      // Where the connection is lost, the next part says so.
      await this.#client.query('rollback to savepoint apart').catch(() => undefined);
      throw error;
    }
  }

  #asText(table: string, column: string): string {
    const name = quoted(column);
    const isArray = this.#types.get(table)?.get(column) === 'ARRAY';
    return `${isArray ? `to_json(${name})` : name}::text as ${name}`;
  }
}
