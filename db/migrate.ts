import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseStartError } from '#lib/database/errors';
import { ConfigError, processEnvironment, readDatabaseConfig } from '../src/config.ts';
import { openDatabase, type OpenDatabase } from '#lib/database/database';
import { appliedMigrations, listMigrations } from '#lib/database/migrate';
import type { Kysely } from 'kysely';
import { generateTypes } from './generate-types.ts';
import { createMigrator, migrationFolder } from './migrator.ts';

const USAGE = `npm run migrate -- <command>
  up            apply the migrations that are missing (the bot does it at each start)
  down [--yes]  say which migration is the newest and what undoing it means; with --yes, undo it
  status        list the migrations and when they were applied
  make <name>   write an empty migration
  types         write db/types.ts from the migrated database`;

const SKELETON = `import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql\`\`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql\`\`.execute(db);
}
`;

async function withDatabase(
  migrate: boolean,
  work: (database: OpenDatabase) => Promise<void>,
): Promise<void> {
  const print = (details: object, message: string): void => console.error(message, details);
  const log = { debug: () => {}, info: print, warn: print, error: print };
  const { databaseUrl: url, dataDirectory } = readDatabaseConfig(processEnvironment());
  const database = await openDatabase({ url, dataDirectory, log, migrate });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** A Kysely of no particular schema: what is migrated has none yet. */
function untyped({ db }: OpenDatabase): Kysely<unknown> {
  return db as unknown as Kysely<unknown>;
}

async function up(): Promise<void> {
  await withDatabase(true, async () => console.log('The database is up to date.'));
}

async function down(confirmed: boolean): Promise<void> {
  await withDatabase(false, async (database) => {
    const db = untyped(database);
    const newest = (await appliedMigrations(db)).at(-1);
    if (newest === undefined) {
      console.log('No migration has been applied.');
      return;
    }
    if (!confirmed) {
      console.log(
        `This undoes ${newest}: tables and columns that it made are dropped with what is in them. Stop the bot, make a backup, then run it again with --yes.`,
      );
      process.exitCode = 1;
      return;
    }
    const { error } = await createMigrator(db).migrateDown();
    if (error !== undefined) throw error;
    console.log(`Undone: ${newest}`);
  });
}

async function status(): Promise<void> {
  await withDatabase(false, async (database) => {
    for (const { name, appliedAt, isKnown } of await listMigrations(database.db)) {
      const state = isKnown ? (appliedAt?.toISOString() ?? 'not applied') : 'of a newer version';
      console.log(`${state.padEnd(24)}  ${name}`);
    }
  });
}

async function make(name: string | undefined): Promise<void> {
  if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    console.error('Name it with small letters, digits and _, such as: npm run migrate -- make add_tickets');
    process.exitCode = 2;
    return;
  }
  const minute = new Date().toISOString().slice(0, 16).replaceAll(/:/g, '');
  const file = path.join(migrationFolder, `${minute}_${name}.ts`);
  await writeFile(file, SKELETON, { flag: 'wx' });
  console.log(path.relative(process.cwd(), file));
}

async function types(): Promise<void> {
  await withDatabase(true, async (database) => {
    const file = fileURLToPath(new URL('types.ts', import.meta.url));
    await writeFile(file, await generateTypes(untyped(database)));
    console.log(`Wrote ${path.relative(process.cwd(), file)}`);
  });
}

const [command, ...rest] = process.argv.slice(2);
const commands: Readonly<Record<string, () => Promise<void>>> = {
  up,
  down: () => down(rest.includes('--yes')),
  status,
  make: () => make(rest[0]),
  types,
};
const run = commands[command ?? ''];
if (run === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    await run();
  } catch (error) {
    console.error(
      error instanceof DatabaseStartError || error instanceof ConfigError ? error.message : error,
    );
    process.exitCode = 1;
  }
}
