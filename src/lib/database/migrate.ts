import { createMigrator, migrationFolder, MIGRATION_SCHEMA } from '../../../db/migrator.ts';
import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { DatabasePermissionError, MigrationFailedError, SchemaNewerError } from './errors.ts';
import type { DatabaseLog } from './log.ts';

/** SQLSTATE insufficient_privilege. */
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Applies the migrations that are missing. Of several processes that start together one does it, the others wait.
 * @param db must allow statements to run as long as they need: waiting for the other process is one.
 * @throws SchemaNewerError when the database holds migrations that this code does not have.
 * @throws MigrationFailedError, DatabasePermissionError; nothing was changed then.
 */
export async function migrateToLatest(
  db: Kysely<unknown>,
  log: DatabaseLog,
  folder: string = migrationFolder,
): Promise<void> {
  await refuseNewerSchema(db, folder);
  const { error, results = [] } = await createMigrator(db, folder).migrateToLatest();
  if (error !== undefined) {
    // Another process may have brought a newer schema between the check and the lock.
    await refuseNewerSchema(db, folder);
    if (codeOf(error) === INSUFFICIENT_PRIVILEGE) throw new DatabasePermissionError(messageOf(error), error);
    throw new MigrationFailedError(
      results.find((result) => result.status === 'Error')?.migrationName ?? null,
      error,
    );
  }
  const applied = results.map((result) => result.migrationName);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
}

/** Names of the migrations that the database has had, oldest first; none when it was never migrated. */
export async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  return [...(await appliedAt(db)).keys()];
}

/** When the database had which migration, oldest first. */
async function appliedAt(db: Kysely<unknown>): Promise<Map<string, Date>> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.schema === MIGRATION_SCHEMA && table.name === DEFAULT_MIGRATION_TABLE))
    return new Map();
  const rows = await (db as Kysely<{ [DEFAULT_MIGRATION_TABLE]: { name: string; timestamp: string } }>)
    .withSchema(MIGRATION_SCHEMA)
    .selectFrom(DEFAULT_MIGRATION_TABLE)
    .select(['name', 'timestamp'])
    .orderBy('name')
    .execute();
  return new Map(rows.map(({ name, timestamp }) => [name, new Date(timestamp)]));
}

export interface ListedMigration {
  readonly name: string;
  /** Null: the database has not had it. */
  readonly appliedAt: Date | null;
  /** False: a newer version of this code made it. */
  readonly isKnown: boolean;
}

/** Every migration that this code or the database has, oldest first. */
// oxlint-disable-next-line typescript/no-explicit-any -- of whatever schema it is
export async function listMigrations(db: Kysely<any>, folder?: string): Promise<ListedMigration[]> {
  const migrations = await createMigrator(db, folder).getMigrations();
  const known = new Set(migrations.map(({ name }) => name));
  const applied = await appliedAt(db);
  return [
    ...migrations.map(({ name }) => ({ name, appliedAt: applied.get(name) ?? null, isKnown: true })),
    ...[...applied]
      .filter(([name]) => !known.has(name))
      .map(([name, at]) => ({ name, appliedAt: at, isKnown: false })),
  ];
}

async function refuseNewerSchema(db: Kysely<unknown>, folder: string): Promise<void> {
  const known = new Set(
    (await createMigrator(db, folder).getMigrations()).map((migration) => migration.name),
  );
  const unknown = (await appliedMigrations(db)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new SchemaNewerError(unknown);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
