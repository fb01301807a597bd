import { openAsBlob, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#lib/database/database';
import { DataDirectoryInUseError, EmbeddedDatabaseBrokenError } from '#lib/database/errors';
import { runChild } from '../../setup/child.ts';
import { onPostgres } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';

/** What a process has had in memory at most, so far; 0 where the system does not say. */
function mostMemoryMb(pid: number | undefined): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe.skipIf(onPostgres)('the embedded database in a directory', () => {
  let dataDirectory: string;
  const open = (): Promise<OpenDatabase> => openDatabase({ url: null, dataDirectory, log: quietLog });

  beforeEach(async () => {
    dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-embedded-'));
  });
  afterEach(() => rm(dataDirectory, { recursive: true }));

  /** As a first start leaves it, without the seconds that that takes. */
  async function makeDatabase(): Promise<void> {
    const dump = inject('databaseDump');
    if (dump === null) throw new Error('no dump');
    const pglite = await PGlite.create(path.join(dataDirectory, 'database'), {
      loadDataDir: await openAsBlob(dump),
    });
    await pglite.close();
  }

  async function keys(database: OpenDatabase): Promise<number[]> {
    const rows = await database.db.selectFrom('bot_settings').select('key').execute();
    return rows.map((row) => Number(row.key)).sort((a, b) => a - b);
  }

  test('a first start that was interrupted is begun again, and what is stored then is there after a restart', async () => {
    await mkdir(path.join(dataDirectory, 'database'));
    await writeFile(path.join(dataDirectory, 'database', 'PG_VERSION'), '18');
    await writeFile(path.join(dataDirectory, 'database.unfinished'), '');
    const first = await open();
    await expect(open()).rejects.toThrow(DataDirectoryInUseError);
    const row = { guild_id: '1', scope: 'test', key: '7', value: '1', value_type: 'number' };
    await first.db.insertInto('bot_settings').values(row).execute();
    await first.close();
    await first.close();
    const second = await open();
    expect(await keys(second)).toEqual([7]);
    await second.close();
    expect((await readdir(dataDirectory)).sort()).toEqual(['alphapy.lock', 'database']);
  }, 30_000);

  test('after kill -9 of a process that was writing, every row that it had committed is there; it took little memory', async () => {
    await makeDatabase();
    const child = runChild('tests/lib/database/children.ts', ['write', dataDirectory]);
    for (let line = ''; line !== '200';) line = await child.nextLine();
    expect(mostMemoryMb(child.process.pid)).toBeLessThan(500);
    await child.kill();
    const committed = Number((await child.finish()).output.split('\n').at(-1));
    const database = await open();
    const found = await keys(database);
    await database.close();
    expect(found.length).toBeGreaterThan(committed);
    expect(found).toEqual(found.map((_key, index) => index));
  });

  test('a directory that is not a database is a sentence, and stays as it is', async () => {
    await mkdir(path.join(dataDirectory, 'database'));
    await writeFile(path.join(dataDirectory, 'database', 'PG_VERSION'), '9.6');
    await expect(open()).rejects.toThrow(EmbeddedDatabaseBrokenError);
    await expect(open()).rejects.toThrow(/cannot be opened .* backup/);
    expect(await readdir(path.join(dataDirectory, 'database'))).toEqual(['PG_VERSION']);
  });
});
