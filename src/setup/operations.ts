import { container, type SapphireClient } from '@sapphire/framework';
import type { ApplicationCommandDataResolvable } from 'discord.js';
import type { OpenDatabase } from '#lib/database/database';
import { Cooldowns } from '#lib/operations/cooldowns';
import type { MigrationDeps } from '#lib/operations/migrations';
import type { TypedSyncDeps } from '#lib/operations/typed-sync';

declare module '@sapphire/pieces' {
  interface Container {
    /** What the commands of the bot's owner need. */
    operations: TypedSyncDeps & MigrationDeps;
  }
}

/** Lets the bot's owner see to commands and database from Discord. Needs the settings, the caches and who may what. */
export function setupOperations(client: SapphireClient, database: OpenDatabase): void {
  const { caches, clock, config, log, rights, settings } = container;
  const cooldowns = new Cooldowns(clock, caches);
  container.operations = {
    client,
    clock,
    log,
    rights,
    settings,
    cooldowns,
    database,
    dataDirectory: config.dataDirectory,
    commands: registeredCommands,
  };
}

interface RegisteredCall {
  readonly builtData: ApplicationCommandDataResolvable;
}

/** What the pieces registered when the bot started. Sapphire keeps it, and has no public way to it. */
export function registeredCommands(): ApplicationCommandDataResolvable[] {
  return [...container.stores.get('commands').values()].flatMap((command) =>
    command.applicationCommandRegistry['apiCalls'].map((call: RegisteredCall) => call.builtData),
  );
}
