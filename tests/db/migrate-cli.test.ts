import { expect, test } from 'vitest';
import { runChild, TSX } from '../setup/child.ts';
import { useCommandDatabase } from '../setup/command-line.ts';

const environment = useCommandDatabase();
const migrate = (...args: string[]) => runChild('db/migrate.ts', args, environment()).finish();

test('status, down and up', async () => {
  expect(await migrate('down')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^This undoes \S+: .*--yes/),
  });
  const applied = /^\d{4}-\d\d-\d\dT\S+Z {2}2026-11-22T1200_foundation$/m;
  expect((await migrate('status')).output).toMatch(applied);

  expect(await migrate('down', '--yes')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Undone: /),
  });
  expect((await migrate('status')).output).toMatch(/^not applied {15}\S+$/m);
  const up = await runChild('db/migrate.ts', ['up'], environment(), TSX).finish();
  expect(up).toMatchObject({ code: 0, output: 'The database is up to date.' });
}, 60_000);

test.each([
  { args: [], errors: /^npm run migrate -- <command>/ },
  { args: ['sideways'], errors: /^npm run migrate -- <command>/ },
  { args: ['make', 'Add Tickets'], errors: /^Name it with small letters/ },
])('$args is answered with how to do it', async ({ args, errors }) => {
  expect(await migrate(...args)).toMatchObject({ code: 2, errors: expect.stringMatching(errors) });
});
