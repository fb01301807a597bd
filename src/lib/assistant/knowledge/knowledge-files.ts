import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '#lib/logging/logger';
import { PassageIndex } from './passage-index.ts';
import type { Passage } from './passage.ts';
import { passagesOfFile } from './sections.ts';

const ENDING = '.md';
const FILES_MAX = 200;
const FILE_BYTES_MAX = 256 * 1024;
/** Of all files together; the index takes several times as much memory. */
const TOTAL_BYTES_MAX = 2 * 1024 * 1024;

interface KnownFile {
  /** Another one when the file was changed. */
  readonly stamp: string;
  readonly bytes: number;
  readonly passages: readonly Passage[];
}

/**
 * The host's knowledge: every `.md` file of one directory, and no other. It is looked at anew each time something is asked, so what
 * the host changes counts at once. What cannot be read is left out and named in the log, once for each change of it.
 */
export class KnowledgeFiles {
  readonly #directory: string;
  readonly #log: Log;
  #known = new Map<string, KnownFile>();
  #index: Promise<PassageIndex> = PassageIndex.of([]);
  #looking: Promise<void> | undefined;
  #complained = new Set<string>();

  /** @param directory need not exist. */
  constructor(directory: string, log: Log) {
    this.#directory = directory;
    this.#log = log;
  }

  /** The passages that answer a question, the best first; none when nothing is about it. */
  async find(words: string, limit: number): Promise<Passage[]> {
    return (await this.#current()).find(words, limit);
  }

  /** The names of passages that have these words in them, the best first. */
  async names(words: string, limit: number): Promise<string[]> {
    return (await this.#current()).names(words, limit);
  }

  async #current(): Promise<PassageIndex> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    return this.#index;
  }

  async #look(): Promise<void> {
    const complaints = new Set<string>();
    const complain = (file: string, reason: string): void => {
      const complaint = `${file}: ${reason}`;
      complaints.add(complaint);
      if (!this.#complained.has(complaint)) this.#log.warn({ file, reason }, 'knowledge: a file is left out');
    };
    const files = new Map<string, KnownFile>();
    let total = 0;
    for (const [count, name] of (await this.#names(complain)).entries()) {
      if (count >= FILES_MAX) {
        complain(name, `there are more than ${FILES_MAX} files`);
        break;
      }
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that no more of them is in memory than is allowed
      const file = await this.#read(name, TOTAL_BYTES_MAX - total);
      if (typeof file === 'string') {
        complain(name, file);
        continue;
      }
      total += file.bytes;
      files.set(name, file);
    }
    this.#complained = complaints;
    const isSame =
      files.size === this.#known.size &&
      [...files].every(([name, { stamp }]) => this.#known.get(name)?.stamp === stamp);
    this.#known = files;
    if (isSame) return;
    this.#index = PassageIndex.of([...files.values()].flatMap(({ passages }) => passages));
    await this.#index;
  }

  async #names(complain: (file: string, reason: string) => void): Promise<string[]> {
    try {
      const names = await readdir(this.#directory);
      return names.filter((name) => name.toLowerCase().endsWith(ENDING) && !name.startsWith('.')).sort();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') complain(path.basename(this.#directory), codeOf(error));
      return [];
    }
  }

  /** @returns why it cannot be read, when it cannot. */
  async #read(name: string, room: number): Promise<KnownFile | string> {
    try {
      const directory = await realpath(this.#directory);
      const file = await realpath(path.join(directory, name));
      if (!file.startsWith(directory + path.sep)) return 'it leads out of the directory';
      const { size, mtimeMs, ino, isFile } = await statOf(file);
      if (!isFile) return 'it is no file';
      if (size > FILE_BYTES_MAX) return `it is larger than ${FILE_BYTES_MAX / 1024} kB`;
      if (size > room) return `all files together are larger than ${TOTAL_BYTES_MAX / 1024} kB`;
      const stamp = `${ino} ${mtimeMs} ${size}`;
      const known = this.#known.get(name);
      if (known?.stamp === stamp) return known;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
      return { stamp, bytes: size, passages: passagesOfFile(name.slice(0, -ENDING.length), text) };
    } catch (error) {
      return error instanceof TypeError ? 'it is not written in UTF-8' : codeOf(error);
    }
  }
}

async function statOf(file: string) {
  const stats = await stat(file);
  return { size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino, isFile: stats.isFile() };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
