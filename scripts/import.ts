/** `npm run import`: brings the data of the Python bot over. */
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { openDatabase } from '../src/lib/database/database.ts';
import { DatabaseStartError } from '../src/lib/database/errors.ts';
import { connectPostgres } from '../src/lib/database/postgres.ts';
import { ImportError, OldDatabase } from '../src/lib/import/old-database.ts';
import { runImport } from '../src/lib/import/run.ts';
import { canonicalTimeZone } from '../src/lib/time/zones.ts';
import { ConfigError, processEnvironment, readDatabaseConfig } from '../src/config.ts';

const USAGE = `npm run import -- --from <address> [--dry-run] [--guild <id>] [--zone <name>]
  --from     the database of the Python bot: postgres://user:password@host:5432/name. It is only read.
  --dry-run  say what would come, and write nothing
  --guild    the server whose the FAQ and other rows are that name none; needed where the old bot served several
  --zone     the time zone that the old bot's times of day are in (Europe/Brussels)
  --help     say this

Stop the Python bot first. What comes goes into this bot's own database: DATABASE_URL, or without it the embedded one in DATA_DIRECTORY,
for which this bot must be stopped as well. It can be run again; nothing comes twice. docs/import.md says what comes and what does not.`;

const SNOWFLAKE = /^[1-9]\d{14,18}$/;

class UsageError extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        from: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        guild: { type: 'string' },
        zone: { type: 'string', default: 'Europe/Brussels' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(): Promise<void> {
  const { from, 'dry-run': dryRun, guild = null, zone: typedZone, help } = readArguments();
  if (help) {
    console.log(USAGE);
    return;
  }
  if (from === undefined)
    throw new UsageError('--from is missing: the address of the database of the Python bot.');
  if (guild !== null && !SNOWFLAKE.test(guild))
    throw new UsageError('--guild must be the id of a server: 15 to 19 digits.');
  const zone = canonicalTimeZone(typedZone);
  if (zone === null)
    throw new UsageError('--zone must be the name of a time zone, such as Europe/Amsterdam.');

  const client = await connect(from);
  try {
    const old = await OldDatabase.open(client);
    const print = (details: object, message: string): void => console.error(message, details);
    const { databaseUrl: url, dataDirectory } = readDatabaseConfig(processEnvironment());
    const log = { debug: () => {}, info: () => {}, warn: print, error: print };
    const database = await openDatabase({ url, dataDirectory, log });
    try {
      const options = { dryRun, zone, guildId: guild, now: new Date() };
      const tallies = await runImport(old, database.db, options);
      for (const tally of tallies) console.log(tally.lines().join('\n'));
      const hasFailed = tallies.some((tally) => tally.hasFailed);
      const end = hasFailed ? 'Not all of it could be brought: run it again.' : 'Done.';
      console.log(`\n${dryRun ? 'Nothing was written: this was a dry run.' : end}`);
      if (hasFailed) process.exitCode = 1;
    } finally {
      await database.close();
    }
  } finally {
    // With the connection ends what was read in.
    await client.end().catch(() => {});
  }
}

/** @throws ImportError in a sentence without the password. */
async function connect(address: string): Promise<Client> {
  try {
    const client = await connectPostgres(address);
    // A connection that is lost fails the statement that waits for it, which is told.
    client.on('error', () => {});
    return client;
  } catch (error) {
    if (!(error instanceof DatabaseStartError)) throw error;
    throw new ImportError(`The old database: ${error.message.replaceAll('DATABASE_URL', '--from')}`);
  }
}

try {
  await run();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (
    error instanceof ImportError ||
    error instanceof ConfigError ||
    error instanceof DatabaseStartError
  ) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
