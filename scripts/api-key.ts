/** `npm run api-key`: makes, lists and revokes keys for the API where no Discord is at hand. */
import { parseArgs } from 'node:util';
import i18next from 'i18next';
import { createKey, listKeys, readScopes, revokeKey } from '../src/lib/access/keys.ts';
import { openDatabase } from '../src/lib/database/database.ts';
import { DatabaseStartError } from '../src/lib/database/errors.ts';
import { UserError } from '../src/lib/errors/user-error.ts';
import { defaultLocale, translator } from '../src/lib/i18n/translate.ts';
import { systemClock } from '../src/lib/time/clock.ts';
import { ConfigError, processEnvironment, readDatabaseConfig } from '../src/config.ts';
import sentences from '../src/languages/en-US/access.json' with { type: 'json' };

const USAGE = `npm run api-key -- <command>
  create --guild <id> --user <id> --name <text> --scopes <read | all | some with commas between> [--days <1-365, 90>]
  list   --guild <id>
  revoke --guild <id> --key <number>

A key acts for its user and is good for as long as they may manage the server. With the embedded database, stop the bot first.`;

const SNOWFLAKE = /^[1-9]\d{14,19}$/;

class UsageError extends Error {}

const { positionals, values } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        guild: { type: 'string' },
        user: { type: 'string' },
        name: { type: 'string' },
        scopes: { type: 'string' },
        days: { type: 'string', default: '90' },
        key: { type: 'string' },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

function need(name: 'guild' | 'user' | 'name' | 'scopes' | 'key'): string {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is missing.`);
  return value;
}

function idOf(name: 'guild' | 'user'): string {
  const id = need(name);
  if (!SNOWFLAKE.test(id)) throw new UsageError(`--${name} must be an id of Discord: 15 to 20 digits.`);
  return id;
}

async function run(): Promise<void> {
  const command = positionals[0];
  if (command !== 'create' && command !== 'list' && command !== 'revoke') throw new UsageError('');
  const guildId = idOf('guild');
  const made =
    command === 'create'
      ? {
          guildId,
          userId: idOf('user'),
          name: need('name'),
          scopes: readScopes(need('scopes')),
          days: Number(values.days),
        }
      : null;
  const revoked = command === 'revoke' ? Number(need('key')) : null;
  const print = (details: object, message: string): void => console.error(message, details);
  const log = { debug: () => {}, info: () => {}, warn: print, error: print };
  const { databaseUrl: url, dataDirectory } = readDatabaseConfig(processEnvironment());
  const database = await openDatabase({ url, dataDirectory, log });
  try {
    const { db } = database;
    if (made !== null) {
      const { key, row } = await createKey(db, systemClock, made);
      console.error(`Key ${row.id}, until ${row.expiresAt.toISOString()}. It is shown this once:`);
      console.log(key);
    } else if (revoked !== null) {
      const key = Number.isInteger(revoked) ? await revokeKey(db, guildId, revoked, new Date()) : null;
      if (key === null) throw new UserError('access:keys.gone');
      console.log(`Revoked: ${key.id} ${key.name}`);
    } else
      for (const key of await listKeys(db, guildId))
        console.log(
          [
            key.id,
            `${key.shown}…`,
            key.name,
            `user ${key.userId}`,
            `until ${key.expiresAt.toISOString()}`,
            `last used ${key.lastUsedAt?.toISOString() ?? 'never'}`,
            key.scopes.join(','),
          ].join('\t'),
        );
  } finally {
    await database.close();
  }
}

await i18next.init({
  showSupportNotice: false,
  lng: defaultLocale,
  ns: ['access'],
  resources: { [defaultLocale]: { access: sentences } },
});
try {
  await run();
} catch (error) {
  if (error instanceof UsageError) {
    console.error([error.message, USAGE].filter((text) => text !== '').join('\n\n'));
    process.exitCode = 2;
  } else if (error instanceof UserError) {
    console.error(translator(defaultLocale)(error.sentence, error.values));
    process.exitCode = 1;
  } else if (error instanceof ConfigError || error instanceof DatabaseStartError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
