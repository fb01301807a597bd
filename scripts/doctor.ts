/** `npm run doctor`: says what is wrong where the bot runs, also when it cannot start. Changes nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { container } from '@sapphire/framework';
import { createClient } from '../src/client.ts';
import { ConfigError, processEnvironment, readConfig, readDatabaseConfig } from '../src/config.ts';
import { intentsOff } from '../src/intents.ts';
import { openDatabase } from '../src/lib/database/database.ts';
import { DataDirectoryInUseError, DatabaseStartError } from '../src/lib/database/errors.ts';
import { listMigrations } from '../src/lib/database/migrate.ts';
import {
  askApplication,
  freeBytesOf,
  hostFindings,
  type ApplicationState,
  type HostState,
} from '../src/lib/doctor/host-checks.ts';
import { defaultLocale, translator } from '../src/lib/i18n/translate.ts';
import { createLog } from '../src/lib/logging/logger.ts';
import { systemClock } from '../src/lib/time/clock.ts';
import { registeredCommands } from '../src/setup/operations.ts';

const environment = processEnvironment();
const trouble: string[] = [];
/** What the run says besides. */
const notes: string[] = [];

/** What a part of the configuration says; null where it is unusable, of which the sentences are kept, each once. */
function read<Value>(reader: (from: typeof environment) => Value): Value | null {
  try {
    return reader(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    trouble.push(...error.problems.filter((problem) => !trouble.includes(problem)));
    return null;
  }
}

const config = read(readConfig);
const place = read(readDatabaseConfig);

async function readDatabase(): Promise<HostState['database']> {
  // Its own sentence stands among the trouble.
  if (place === null) return { migrations: [] };
  // Opening it would make it.
  const isNew = place.databaseUrl === null && !existsSync(path.join(place.dataDirectory, 'database'));
  if (isNew) return { migrations: [] };
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  try {
    const database = await openDatabase({
      url: place.databaseUrl,
      dataDirectory: place.dataDirectory,
      log: silent,
      migrate: false,
    });
    try {
      return { migrations: await listMigrations(database.db) };
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DataDirectoryInUseError) {
      notes.push(
        'The database is in use by the bot, which runs: /migrate status says whether it is up to date.',
      );
      return { migrations: [] };
    }
    if (error instanceof DatabaseStartError) return { trouble: error.message };
    throw error;
  }
}

/** The commands as the pieces would register them. */
async function readCommands(): Promise<HostState['commands']> {
  const store = container.stores.get('commands');
  store.registerPath(path.join(import.meta.dirname, '..', 'src', 'commands'));
  await store.loadAll();
  for (const command of store.values())
    await command.registerApplicationCommands?.(command.applicationCommandRegistry);
  return registeredCommands() as HostState['commands'];
}

const client = createClient({ discordApiUrl: null }, createLog('fatal'), []);
await container.i18n.init();
const t = translator(defaultLocale);
const [application, database, freeBytes, commands] = await Promise.all([
  config === null ? null : askApplication(config.botToken, config.discordApiUrl, () => systemClock.now()),
  readDatabase(),
  place === null ? null : freeBytesOf(place.dataDirectory),
  readCommands(),
]);
await client.destroy();

// What cannot be asked for want of a configuration has its sentence already.
const unasked: ApplicationState = { kind: 'known', flags: 0, discordNow: null, ourNow: systemClock.now() };
const findings = hostFindings({
  application: application ?? unasked,
  intentsOff: application === null ? () => [] : intentsOff,
  database,
  freeBytes: place === null ? Number.POSITIVE_INFINITY : freeBytes,
  commands,
}).map(({ say }) => say(t));
const all = [...trouble, ...findings];
for (const sentence of all) console.log(`- ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`);
if (all.length === 0)
  console.log(
    'Nothing is wrong with the token, the intents, the clock, the database, the disk and the commands.',
  );
for (const note of notes) console.log(note);
console.log('What is wrong in a server, /doctor says there.');
process.exitCode = all.length === 0 ? 0 : 1;
