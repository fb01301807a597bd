import { container } from '@sapphire/framework';
import type { Config } from '../config.ts';
import type { Database, DatabaseOptions, OpenDatabase } from '#lib/database/database';
import type { Log } from '#lib/logging/logger';
import { TaskScheduler } from '#lib/tasks/task-scheduler';

declare module '@sapphire/pieces' {
  interface Container {
    db: Database;
  }
}

/** Opens the database, brings its tables and those of the task queue up to date, and gives every piece access. */
export async function setupDatabase(
  config: Config,
  log: Log,
  open: (options: DatabaseOptions) => Promise<OpenDatabase>,
): Promise<OpenDatabase> {
  const database = await open({ url: config.databaseUrl, dataDirectory: config.dataDirectory, log });
  try {
    await TaskScheduler.migrate(database.pool);
  } catch (error) {
    await database.close();
    throw error;
  }
  container.db = database.db;
  return database;
}
