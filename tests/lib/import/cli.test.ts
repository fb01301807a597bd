import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockDirectory } from '#lib/database/directory-lock';
import { runChild } from '../../setup/child.ts';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import { GUILD, useOldBot } from './old-bot.ts';
import { BY_3_14 } from './old-shapes.ts';

let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-import-'));
});
afterAll(() => rm(dataDirectory, { recursive: true }));

const importCommand = (args: readonly string[], url = '') =>
  runChild('scripts/import.ts', args, { DATABASE_URL: url, DATA_DIRECTORY: dataDirectory }).finish();

test('--help says how it is used', async () => {
  const { code, output } = await importCommand(['--help']);
  expect(code).toBe(0);
  expect(output).toMatch(/^npm run import -- --from <address>/);
});

test.each([
  [[], /^--from is missing/],
  [['--from'], /--from/],
  [['--from', 'postgres://x/y', '--guild', 'mine'], /^--guild must be the id of a server/],
  [['--from', 'postgres://x/y', '--zone', 'Nowhere'], /^--zone must be the name of a time zone/],
  [['--from', 'postgres://x/y', '--all'], /--all/],
])('%j is answered with what is wrong and how to do it', async (args, sentence) => {
  const { code, errors } = await importCommand(args);
  expect(code).toBe(2);
  expect(errors).toMatch(sentence);
  expect(errors).toContain('npm run import -- --from <address>');
});

test.each([
  [
    'postgres://me:s3cr3t@127.0.0.1:1/alphapy',
    /^The old database: PostgreSQL cannot be reached at 127\.0\.0\.1:1 /,
  ],
  ['mysql://me:s3cr3t@127.0.0.1/alphapy', /^The old database: --from is not a PostgreSQL address/],
  ['postgres://me:s3/cr3t@127.0.0.1/alphapy', /^The old database: --from is not a PostgreSQL address/],
])('%s that cannot be used is one sentence without the password', async (from, sentence) => {
  const { code, errors } = await importCommand(['--from', from]);
  expect(code).toBe(1);
  expect(errors).toMatch(sentence);
  expect(errors.trim()).not.toMatch(/\n|s3|cr3t/);
});

describePostgres('from a server', () => {
  const bot = useOldBot();
  const database = useDatabase();

  beforeAll(() =>
    bot().make(
      BY_3_14,
      `insert into faq_entries (title, summary) values ('Login', 'Use the button.');
      insert into guild_rules (guild_id, rule_order, title, description) values (${GUILD}, 1, 'Be kind', 'To all.');`,
    ),
  );
  const from = (): string[] => ['--from', bot().url ?? ''];
  const titles = async (): Promise<unknown> => {
    const { rows } = await database().pool.query('select title from faq_entries');
    return rows;
  };

  test('a dry run, then the import, then once more', async () => {
    const url = database().url ?? '';
    const dry = await importCommand([...from(), '--dry-run'], url);
    expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('faq_entries: 1 came') });
    expect(dry.output).toMatch(/Nothing was written: this was a dry run\.$/);
    expect(await titles()).toEqual([]);

    const real = await importCommand(from(), url);
    expect(real).toMatchObject({ code: 0, output: expect.stringMatching(/Done\.$/) });
    expect(real.output.replace('Done.', '')).toBe(
      dry.output.replace('Nothing was written: this was a dry run.', ''),
    );
    expect((await importCommand(from(), url)).output).toContain('faq_entries: 0 came, 1 here already');
    expect(await titles()).toEqual([{ title: 'Login' }]);
  }, 60_000);

  test('this bot’s own database is no old one', async () => {
    const url = database().url ?? '';
    const { code, errors } = await importCommand(['--from', url], url);
    expect(code).toBe(1);
    expect(errors).toMatch(/^That is a database of this bot/);
  });

  test('a connection that is lost in the middle: what came stays, the rest is named', async () => {
    await bot().make(
      BY_3_14,
      `insert into guild_rules (guild_id, rule_order, title, description) values (${GUILD}, 1, 'Be brave', 'Always.');
       insert into support_tickets (guild_id, user_id, description) values (${GUILD}, 1, 'x');
       alter table support_tickets rename to stored;
       create view support_tickets as
         select id, guild_id, user_id, status, case when current_query() like 'fetch%' then pg_terminate_backend(pg_backend_pid())::text end as description from stored;`,
    );
    await database().empty();
    const { code, output, errors } = await importCommand(from(), database().url ?? '');
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(output).toContain('guild_rules: 1 came');
    expect(output).toMatch(/^support_tickets: nothing came, for it failed: .*It can be run again\.$/m);
    expect(output).toMatch(/^audit_logs: nothing came/m);
    expect(output).toMatch(/Not all of it could be brought: run it again\.$/);
    const { rows } = await database().pool.query('select title from guild_rules');
    expect(rows).toEqual([{ title: 'Be brave' }]);
  }, 60_000);

  test('while the bot runs on the embedded database', async () => {
    const lock = lockDirectory(dataDirectory);
    try {
      const { code, errors } = await importCommand(from());
      expect(code).toBe(1);
      expect(errors).toMatch(/is in use by another process.*Stop that one first/);
    } finally {
      lock.release();
    }
  });
});
