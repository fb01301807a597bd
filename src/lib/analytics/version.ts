import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The version in the project's package.json, which lies above this file whether it was compiled or not. */
export function readVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
