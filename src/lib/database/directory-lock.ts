import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataDirectoryInUseError, DataDirectoryNotWritableError } from './errors.ts';

const LOCK_FILE = 'alphapy.lock';
/** Beside the lock, because reading the locked file itself would drop a POSIX lock of the same process. */
const OWNER_FILE = 'alphapy.pid';
/** Primary result codes of SQLite: another connection holds the lock. */
const SQLITE_BUSY = 5;
/** Keeps the handles from being collected: that would close the file and with it end the lock. */
const held = new Set<DatabaseSync>();

export interface DirectoryLock {
  /** Gives the directory free. A second call does nothing. */
  release(): void;
}

/**
 * Makes the directory this process's own, creating it when it is missing.
 *
 * The lock is the operating system's, on a file, taken through SQLite because Node has no call for it. It ends with the
 * process however that ends, so nothing stale can remain after a kill, a reused pid or a container that
 * came back with the same pid, and nobody has to wait for a heartbeat to run out.
 * @throws DataDirectoryInUseError when another process (or this one) holds it.
 * @throws DataDirectoryNotWritableError
 */
export function lockDirectory(directory: string): DirectoryLock {
  const handle = openLockFile(directory);
  try {
    // No journal: nothing is ever written, the file stays empty.
    handle.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    handle.close();
    if (sqliteCode(error) === SQLITE_BUSY) throw new DataDirectoryInUseError(directory, ownerOf(directory));
    throw new DataDirectoryNotWritableError(directory, reasonOf(error), error);
  }
  const ownerFile = path.join(directory, OWNER_FILE);
  try {
    writeFileSync(ownerFile, `${process.pid}\n`);
  } catch (error) {
    handle.close();
    throw new DataDirectoryNotWritableError(directory, reasonOf(error), error);
  }
  held.add(handle);
  return {
    release() {
      if (!held.delete(handle)) return;
      rmSync(ownerFile, { force: true });
      handle.close();
    },
  };
}

function openLockFile(directory: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true });
    return new DatabaseSync(path.join(directory, LOCK_FILE), { timeout: 0 });
  } catch (error) {
    throw new DataDirectoryNotWritableError(directory, reasonOf(error), error);
  }
}

function ownerOf(directory: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path.join(directory, OWNER_FILE), 'utf8'), 10);
    return Number.isNaN(pid) ? null : pid;
  } catch {
    return null;
  }
}

function sqliteCode(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  // The low byte is the primary code, the rest says more about it.
  return typeof code === 'number' ? code & 0xff : null;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
