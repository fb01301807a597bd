import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lockDirectory, type DirectoryLock } from '../src/lib/database/directory-lock.ts';
import { DataDirectoryInUseError } from '../src/lib/database/errors.ts';
import { StartError } from './start-error.ts';
import type { KeptWorld } from './state-file/kept-world.ts';
import { readStateFile } from './state-file/state-file.ts';

/** Where a sandbox has its files. */
export interface Home {
  /** The world that was kept here; null for a new one. */
  readonly kept: KeptWorld | null;
  /** Of the bot's database. */
  readonly dataDirectory: string;
  readonly logFile: string;
  /** Gives it free; what is not to be kept is removed. */
  leave(): void;
}

/** Beside a file, or in a temporary folder for null. @throws StartError when the file cannot be used. */
export function openHome(stateFile: string | null): Home {
  return stateFile === null ? temporaryHome() : homeBeside(stateFile);
}

function temporaryHome(): Home {
  const directory = mkdtempSync(path.join(tmpdir(), 'alphapy-sandbox-'));
  return {
    kept: null,
    ...filesIn(directory),
    leave: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function homeBeside(stateFile: string): Home {
  const kept = readStateFile(stateFile);
  const directory = `${stateFile}.data`;
  const files = filesIn(directory);
  if (kept === null && existsSync(files.dataDirectory))
    throw new StartError(
      `${stateFile} is not there, but ${directory} is, a bot's database that belongs to it; put the one back or remove the other.`,
    );
  const lock = lockHome(stateFile, directory);
  return {
    kept,
    ...files,
    leave() {
      lock.release();
      // The start failed before there was anything to keep.
      if (!existsSync(stateFile)) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function filesIn(directory: string): Pick<Home, 'dataDirectory' | 'logFile'> {
  return { dataDirectory: path.join(directory, 'database'), logFile: path.join(directory, 'bot.log') };
}

function lockHome(stateFile: string, directory: string): DirectoryLock {
  try {
    return lockDirectory(directory);
  } catch (error) {
    if (error instanceof DataDirectoryInUseError)
      throw new StartError(`${stateFile} is in use by another sandbox; stop that one or name another file.`);
    throw new StartError(`Nothing can be kept in ${directory}: ${String(error)}`);
  }
}
