import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the project's package.json, which lies above this file whether it was compiled or not; null where there is none. */
export function projectFolder(): string | null {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

/** The version in the project's package.json; `unknown` where there is none. */
export function readVersion(): string {
  const folder = projectFolder();
  if (folder === null) return 'unknown';
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
