import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KnowledgeFiles } from '#lib/assistant/knowledge/knowledge-files';
import { createLog } from '#lib/logging/logger';
import { questions } from './questions.ts';

/** A verb that Dutch takes apart. */
const MISSES: readonly string[] = ['waarom haken leden af → De eerste dag'];
const EXAMPLES = path.resolve(import.meta.dirname, '../../../../docs/knowledge');

let parent: string;
let directory: string;
let said: { level: string; file: string; reason: string }[];
let files: KnowledgeFiles;
const log = createLog('info', {
  write(line) {
    said.push(JSON.parse(line) as (typeof said)[number]);
  },
});

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'alphapy-knowledge-'));
  directory = path.join(parent, 'knowledge');
  await mkdir(directory);
  said = [];
  files = new KnowledgeFiles(directory, log);
});
afterEach(() => rm(parent, { recursive: true }));

const write = (name: string, text: string | Uint8Array): Promise<void> =>
  writeFile(path.join(directory, name), text);

describe('what people ask of the examples', () => {
  const examples = new KnowledgeFiles(EXAMPLES, log);

  test('is found first, with few misses; what they do not answer finds nothing', async () => {
    const wrong: string[] = [];
    for (const [question, heading] of questions) {
      // oxlint-disable-next-line no-await-in-loop -- one index for all
      const [first] = await examples.find(question, 3);
      if ((first?.heading ?? null) !== heading) wrong.push(`${question} → ${first?.heading}`);
    }
    expect(wrong).toEqual(MISSES);
  });

  test('names complete what is typed', async () => {
    expect(await examples.names('burn', 25)).toEqual([
      'Caring for moderators › Signs of burnout',
      'Caring for moderators › What to do about burnout',
    ]);
    expect((await examples.names('', 3)).length).toBe(3);
    expect(await examples.names('lasagne', 25)).toEqual([]);
  });
});

test('without a directory there is nothing, and nothing to complain about', async () => {
  const none = new KnowledgeFiles(path.join(parent, 'nowhere'), log);
  expect(await none.find('anything', 3)).toEqual([]);
  expect(said).toEqual([]);
});

test('a file that is added, changed or taken away counts at once', async () => {
  await write('pets.md', '# Pets\nCats are welcome.');
  expect((await files.find('pets', 3)).map(({ text }) => text)).toEqual(['Cats are welcome.']);
  await write('pets.md', '# Pets\nDogs are welcome.');
  await utimes(path.join(directory, 'pets.md'), 1, 2);
  expect((await files.find('pets', 3)).map(({ text }) => text)).toEqual(['Dogs are welcome.']);
  await rm(path.join(directory, 'pets.md'));
  expect(await files.find('pets', 3)).toEqual([]);
});

test('what cannot be read is named in the log, once for each change of it', async () => {
  await write('good.md', '# Good\nThis one is read.');
  await write('latin.md', Buffer.from('caf\xe9', 'latin1'));
  await write('huge.md', 'a'.repeat(256 * 1024 + 1));
  await mkdir(path.join(directory, 'folder.md'));
  await writeFile(path.join(parent, 'secret.md'), '# Secret\nNobody may read this.');
  await symlink(path.join(parent, 'secret.md'), path.join(directory, 'link.md'));
  await symlink('gone.md', path.join(directory, 'dangling.md'));
  await symlink('good.md', path.join(directory, 'alias.md'));
  await write('.hidden.md', '# Hidden\nsecret');
  await write('notes.txt', '# Notes\nsecret');
  expect(await files.find('secret', 3)).toEqual([]);
  expect((await files.find('good', 3)).map(({ text }) => text)).toContain('This one is read.');
  expect(said.map(({ file, reason }) => [file, reason])).toEqual([
    ['dangling.md', 'ENOENT'],
    ['folder.md', 'it is no file'],
    ['huge.md', 'it is larger than 256 kB'],
    ['latin.md', 'it is not written in UTF-8'],
    ['link.md', 'it leads out of the directory'],
  ]);
  await write('latin.md', 'é'.repeat(3));
  await files.find('good', 3);
  await write('latin.md', Buffer.from('caf\xe9', 'latin1'));
  await files.find('good', 3);
  expect(said.slice(5).map(({ file }) => file)).toEqual(['latin.md']);
});

test('too many and too large altogether are left out and said', async () => {
  for (let index = 0; index < 10; index += 1)
    // oxlint-disable-next-line no-await-in-loop -- they are large
    await write(`${String(index).padStart(2, '0')}.md`, `# Part ${index}\n${'words '.repeat(40_000)}`);
  await files.find('part', 3);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every(({ reason }) => reason.startsWith('all files together'))).toBe(true);
});
