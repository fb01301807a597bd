import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { lockDirectory } from './directory-lock.ts';
import { DatabaseStartError, DataDirectoryNotWritableError, EmbeddedDatabaseBrokenError } from './errors.ts';

export interface EmbeddedDatabase {
  readonly pglite: PGlite;
  /** Writes everything out, closes the database and gives the directory free. */
  readonly close: () => Promise<void>;
}

/** What the migrations may create: PostgreSQL brings them along, PGlite wants them named each time it is opened. */
export const EXTENSIONS = { btree_gin, pg_trgm };

/** PostgreSQL would take 128 MB at once, a third of what the whole bot takes; the system keeps what is read often as well. */
const BUFFERS = ['-c', 'shared_buffers=32MB'];
const OPTIONS = {
  extensions: EXTENSIONS,
  initDbStartParams: BUFFERS,
  startParams: [...PGlite.defaultStartParams, ...BUFFERS],
};

const DATABASE_FOLDER = 'database';
/** Lies beside a database that is being made; what it lies beside after a start was never finished. */
const UNFINISHED_MARK = 'database.unfinished';

/**
 * V8 compiles WebAssembly a second time where it is used much. One function of PostgreSQL's is a hundred thousand bytes long, and that takes
 * 600 MB and a second for it at each start, while large scans gain a third of their time: a small machine is better off with code that
 * is compiled once.
 */
function compileOnce(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

/**
 * Opens the PostgreSQL that runs in this process, and makes it when the directory has none yet (some seconds).
 * @throws DataDirectoryInUseError, DataDirectoryNotWritableError, EmbeddedDatabaseBrokenError
 */
export async function openEmbedded(dataDirectory: string): Promise<EmbeddedDatabase> {
  const lock = lockDirectory(dataDirectory);
  compileOnce();
  const folder = path.join(dataDirectory, DATABASE_FOLDER);
  try {
    const pglite = await openFolder(folder, path.join(dataDirectory, UNFINISHED_MARK));
    return {
      pglite,
      async close() {
        try {
          // Without it the next start replays everything since the last one.
          await pglite.exec('checkpoint');
          await pglite.close();
        } finally {
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    if (error instanceof DatabaseStartError) throw error;
    throw new EmbeddedDatabaseBrokenError(folder, error);
  }
}

async function openFolder(folder: string, unfinishedMark: string): Promise<PGlite> {
  // A first start that was interrupted leaves half a database, which no later start could open; nothing was stored in it.
  if (existsSync(unfinishedMark)) rmSync(folder, { recursive: true, force: true });
  if (existsSync(path.join(folder, 'PG_VERSION'))) return PGlite.create(folder, OPTIONS);
  try {
    writeFileSync(unfinishedMark, '');
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new DataDirectoryNotWritableError(
      path.dirname(folder),
      error instanceof Error ? error.message : '',
      error,
    );
  }
  const pglite = await PGlite.create(folder, OPTIONS);
  rmSync(unfinishedMark);
  return pglite;
}
