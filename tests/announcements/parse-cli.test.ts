import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Runs the command as `npm run parse` does. */
function parse(
  args: readonly string[],
  input: string,
): Promise<{ code: number; lines: unknown[]; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', 'scripts/parse.ts', ...args],
      { cwd: ROOT },
      (error, stdout, stderr) => {
        const lines = stdout
          .split('\n')
          .filter(Boolean)
          .map((line): unknown => JSON.parse(line));
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, lines, errors: stderr });
      },
    );
    child.stdin?.end(input);
  });
}

test('each line has its answer, and a broken one holds up nothing', async () => {
  const input = [
    '{"id":"a","text":"Live Q&A this Thursday at 20:15 in Voice 1"}',
    'not json',
    '{"id":"b","text":7}',
    '{"id":"c","now":"2026-07-01T12:00:00Z","zone":"UTC","text":"tomorrow at 19:00"}',
    '{"id":"d","text":"good morning everyone"}',
    '{"id":"e","zone":"Mars/Base","text":"tomorrow at 19:00"}',
  ].join('\r\n');
  const { code, lines } = await parse(
    ['--now', '2026-03-10T09:00:00+01:00', '--zone', 'Europe/Brussels'],
    input,
  );
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    {
      id: 'a',
      kind: 'one_off',
      event_time: '2026-03-12T20:15:00+01:00',
      time: '20:15',
      location: 'Voice 1',
      reason: null,
    },
    { error: 'not JSON' },
    { id: 'b', error: expect.stringContaining('text') as string },
    { id: 'c', event_time: '2026-07-02T19:00:00Z' },
    { id: 'd', kind: 'none', event_time: null, reason: 'no-moment' },
    { id: 'e', error: expect.stringContaining('Mars/Base') as string },
  ]);
});

test('a wrong flag ends it with how it is used', async () => {
  const { code, errors } = await parse(['--zone', 'Nowhere'], '');
  expect(code).toBe(1);
  expect(errors).toContain('npm run -s parse');
});
