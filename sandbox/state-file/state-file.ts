import { accessSync, constants, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from '../start-error.ts';
import { findGap, FORMAT, keptWorld, VERSION, type KeptWorld } from './kept-world.ts';

const Header = z.object({ format: z.literal(FORMAT), version: z.number() });

/**
 * Reads a world that was kept; null when there is no such file yet.
 * @throws StartError when it cannot be read, or is something else.
 */
export function readStateFile(file: string): KeptWorld | null {
  if (!existsSync(file)) {
    checkFolder(file);
    return null;
  }
  const data = parse(file, readText(file));
  const header = Header.safeParse(data);
  if (!header.success) throw new StartError(`${file} is not a state of the sandbox; name another file.`);
  if (header.data.version !== VERSION)
    throw new StartError(
      `${file} was kept by another version of the sandbox (its format is ${header.data.version}, this one reads ${VERSION}).`,
    );
  const kept = keptWorld.safeDecode(data as z.input<typeof keptWorld>);
  if (!kept.success) {
    const [issue] = kept.error.issues;
    throw new StartError(
      `${file} does not fit this version of the sandbox: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }
  const gap = findGap(kept.data);
  if (gap !== null) throw new StartError(`${file} is not whole: ${gap} is missing.`);
  return kept.data;
}

/** Writes a world so that the file is always whole: the old one or the new one. @throws Error when it cannot. */
export function writeStateFile(file: string, world: KeptWorld): void {
  const text = JSON.stringify(z.encode(keptWorld, world), null, 1);
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, text, { flush: true });
  renameSync(unfinished, file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StartError(`${file} is not a state of the sandbox, or was damaged: it is no JSON.`);
  }
}

function checkFolder(file: string): void {
  const folder = path.dirname(file);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StartError(`Nothing can be kept in ${folder}: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EROFS':
      return 'it is not open to you';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
