import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Kysely } from 'kysely';
import { FileMigrationProvider, Migrator, type Migration, type MigrationProvider } from 'kysely/migration';

/** Where the migrations lie: TypeScript beside this file, JavaScript beside the built one. */
export const migrationFolder = fileURLToPath(new URL('migrations', import.meta.url));

/** Named, because another application of the same database may have a migration table of its own elsewhere. */
export const MIGRATION_SCHEMA = 'public';

const MIGRATION_NAME = /^\d{4}-\d{2}-\d{2}T\d{4}_[a-z0-9_]+$/;

/** The migrations of a folder. A file there that is not one stops the start: a migration left out shows much later. */
export class FolderMigrations implements MigrationProvider {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const migrations = await new FileMigrationProvider({
      fs,
      path,
      migrationFolder: this.#folder,
      import: (file) => import(pathToFileURL(file).href),
      onFileIgnored: (file) => {
        if (!file.endsWith('.map')) throw new Error(`${path.join(this.#folder, file)} is not a migration`);
      },
    }).getMigrations();
    const misnamed = Object.keys(migrations).find((name) => !MIGRATION_NAME.test(name));
    if (misnamed) throw new Error(`the migration ${misnamed} is not named like 2026-11-22T1200_what_it_does`);
    return migrations;
  }
}

/** Kysely's migrator over a folder; it holds an advisory lock while it runs, one transaction for all of a run. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is migrated has no type yet
export function createMigrator(db: Kysely<any>, folder: string = migrationFolder): Migrator {
  return new Migrator({ db, provider: new FolderMigrations(folder), migrationTableSchema: MIGRATION_SCHEMA });
}
