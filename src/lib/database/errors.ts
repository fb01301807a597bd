/**
 * A reason not to start, told to the person who runs the bot: `message` is a whole sentence with the fix in it.
 * None of them ever holds a password.
 */
export class DatabaseStartError extends Error {
  override name = this.constructor.name;
}

export class DatabaseUrlError extends DatabaseStartError {
  constructor() {
    super(
      'DATABASE_URL is not a PostgreSQL address; write it as postgres://user:password@host:5432/database, with @, :, / and # in a password percent-encoded.',
    );
  }
}

export class DatabaseUnreachableError extends DatabaseStartError {
  constructor(address: string, reason: string, cause?: unknown) {
    super(
      `PostgreSQL cannot be reached at ${address} (${reason}). Check that it runs and that the host and port in DATABASE_URL are right.`,
      { cause },
    );
  }
}

export class DatabaseLoginError extends DatabaseStartError {
  constructor(address: string, user: string, cause?: unknown) {
    super(
      `PostgreSQL at ${address} refuses the user "${user}". Check the user and the password in DATABASE_URL; characters such as @, : and / in a password must be percent-encoded.`,
      { cause },
    );
  }
}

export class DatabaseEncryptionError extends DatabaseStartError {
  constructor(address: string, reason: string, cause?: unknown) {
    super(
      `PostgreSQL at ${address} and the bot do not agree on encryption (${reason}). Change or remove sslmode in DATABASE_URL.`,
      { cause },
    );
  }
}

export class DatabaseMissingError extends DatabaseStartError {
  constructor(address: string, database: string, cause?: unknown) {
    super(
      `PostgreSQL at ${address} has no database "${database}". Create it (createdb "${database}") or correct the name in DATABASE_URL.`,
      { cause },
    );
  }
}

export class DatabasePermissionError extends DatabaseStartError {
  constructor(reason: string, cause?: unknown) {
    super(
      `The database user may not create the bot's tables (${reason}). Make that user the owner of the database: alter database … owner to ….`,
      { cause },
    );
  }
}

export class DatabaseTooOldError extends DatabaseStartError {
  constructor(version: string, oldest: number) {
    super(`PostgreSQL ${version} is too old; the bot needs version ${oldest} or newer. Upgrade the server.`);
  }
}

export class SchemaNewerError extends DatabaseStartError {
  readonly unknownMigrations: readonly string[];

  constructor(unknownMigrations: readonly string[]) {
    super(
      `The database was migrated by a newer version of the bot (unknown: ${unknownMigrations.join(', ')}). Start that version again, or undo those migrations with it first (npm run migrate -- down).`,
    );
    this.unknownMigrations = unknownMigrations;
  }
}

export class MigrationFailedError extends DatabaseStartError {
  constructor(migration: string | null, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `${migration === null ? 'The database could not be migrated' : `The migration ${migration} failed`}: ${reason}. Nothing of it was kept; see docs/migrations.md.`,
      { cause },
    );
  }
}

export class DataDirectoryInUseError extends DatabaseStartError {
  /** The process that uses it, when it could be found out. */
  readonly pid: number | null;

  constructor(directory: string, pid: number | null) {
    super(
      `The data directory ${directory} is in use by another process${pid === null ? '' : ` (pid ${pid})`}. Stop that one first, or give this one its own DATA_DIRECTORY.`,
    );
    this.pid = pid;
  }
}

export class DataDirectoryNotWritableError extends DatabaseStartError {
  constructor(directory: string, reason: string, cause?: unknown) {
    super(
      `The data directory ${directory} cannot be written (${reason}). Give the bot's user the right to write there, or choose another DATA_DIRECTORY.`,
      { cause },
    );
  }
}

export class EmbeddedDatabaseBrokenError extends DatabaseStartError {
  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `The embedded database in ${directory} cannot be opened (${reason}). Put back a backup of that directory, or move it away to begin with an empty one.`,
      { cause },
    );
  }
}
