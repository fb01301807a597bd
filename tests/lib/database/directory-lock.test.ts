import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from '#lib/database/directory-lock';
import { DataDirectoryInUseError, DataDirectoryNotWritableError } from '#lib/database/errors';
import { runChild, type Child } from '../../setup/child.ts';

let directory: string;
const children: Child[] = [];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-lock-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  rmSync(directory, { recursive: true });
});

function lockInChild(): Child {
  const child = runChild('tests/lib/database/children.ts', ['lock', directory]);
  children.push(child);
  return child;
}

test('the same directory cannot be locked twice, also not by the same process, until it is released', () => {
  const lock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DataDirectoryInUseError);
  lock.release();
  lock.release();
  lockDirectory(directory).release();
});

test('a missing directory is made', () => {
  expect(() => lockDirectory(path.join(directory, 'a', 'b')).release()).not.toThrow();
});

test('another process is named; killed, it leaves nothing that is in the way', async () => {
  const child = lockInChild();
  expect(await child.nextLine()).toBe('locked');
  const { pid } = child.process;
  expect(() => lockDirectory(directory)).toThrow(
    expect.objectContaining({ name: 'DataDirectoryInUseError', pid }),
  );
  await child.kill();
  expect(() => lockDirectory(directory).release()).not.toThrow();
});

test('files that say a living process has it, without its lock, do not count: a pid is given out again', () => {
  writeFileSync(path.join(directory, 'alphapy.lock'), '');
  writeFileSync(path.join(directory, 'alphapy.pid'), `${process.ppid}\n`);
  expect(() => lockDirectory(directory).release()).not.toThrow();
});

test('of processes that take over at once, one wins', async () => {
  const dead = lockInChild();
  await dead.nextLine();
  await dead.kill();
  const answers = await Promise.all(
    [lockInChild(), lockInChild(), lockInChild()].map((child) => child.nextLine()),
  );
  expect(answers.sort()).toEqual(['DataDirectoryInUseError', 'DataDirectoryInUseError', 'locked']);
});

test.each([
  ['a file is in its place', () => path.join(directory, 'file')],
  ['its parent is a file', () => path.join(directory, 'file', 'below')],
])('a directory that cannot be written is a sentence: %s', (_why, target) => {
  writeFileSync(path.join(directory, 'file'), '');
  expect(() => lockDirectory(target())).toThrow(DataDirectoryNotWritableError);
  expect(() => lockDirectory(target())).toThrow(/cannot be written .*DATA_DIRECTORY/);
});
