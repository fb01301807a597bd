import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Runs `npm run -s parse` without npm. */
function parse(input: string, ...flags: string[]) {
  const args = ['--import', 'tsx', '--conditions=source', 'scripts/parse.ts', ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    input,
    encoding: 'utf8',
  });
  const answers = stdout.split('\n').filter((line) => line !== '');
  return { status, stderr, answers: answers.map((line): unknown => JSON.parse(line)) };
}

it('answers each line with one, and goes on behind a broken one', () => {
  const lines = [
    '\uFEFF{"id":1,"text":"Raid Friday 20:00 in Voice 1"}',
    '{"id":"zone","text":"Raid Friday 20:00","zone":"America/New_York"}',
    '{"id":"now","text":"Raid Friday 20:00","now":"2026-06-02T09:00"}',
    '{"text":"Quiz elke eerste maandag 20u","title":null}',
    '',
    '{"text":',
    '{"id":"typed","text":5,"fields":[{"name":"Date"}]}',
    '[]',
    '{"id":"nowhere","text":"x","zone":"Mars/Olympus"}',
    '{"id":"never","text":"x","now":"tomorrow"}',
    '{}',
  ];
  const flags = ['--now', '2026-03-10T09:00:00+01:00', '--zone', 'Europe/Brussels'];
  const { status, stderr, answers } = parse(lines.join('\r\n'), ...flags);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(answers).toEqual([
    {
      id: 1,
      kind: 'one_off',
      event_time: '2026-03-13T20:00:00+01:00',
      days: null,
      time: '20:00',
      rrule: null,
      location: 'Voice 1',
      confidence: 0.9,
      reason: null,
      evidence: ['Friday', '20:00', 'Voice 1'],
    },
    expect.objectContaining({ id: 'zone', event_time: '2026-03-13T20:00:00-04:00' }),
    expect.objectContaining({ id: 'now', event_time: '2026-06-05T20:00:00+02:00' }),
    expect.objectContaining({
      id: null,
      kind: 'recurring',
      event_time: '2026-04-06T20:00:00+02:00',
      days: null,
      rrule: 'FREQ=MONTHLY;BYDAY=1MO',
    }),
    { error: 'not JSON' },
    { id: 'typed', error: expect.stringMatching(/^fields: 0: value: .*; text: /) },
    { error: expect.stringContaining('expected object') },
    { id: 'nowhere', error: 'Mars/Olympus is not an IANA time zone' },
    { id: 'never', error: 'tomorrow is no instant in ISO 8601' },
    expect.objectContaining({ id: null, kind: 'none', reason: 'empty', evidence: [] }),
  ]);
});

it.each([[['--what']], [['--now', 'tomorrow']], [['--zone', 'Mars/Olympus']]])(
  'shows how it is used for %j',
  (flags) => {
    const { status, stderr, answers } = parse('{}\n', ...flags);
    expect({ status, answers }).toEqual({ status: 1, answers: [] });
    expect(stderr).toContain(flags.at(-1));
    expect(stderr).toContain('npm run -s parse -- [--now ISO] [--zone IANA]');
  },
);
