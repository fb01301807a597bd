import { describe, expect, test } from 'vitest';
import { createJudge } from '../../../sandbox/judge/judge.ts';
import type { JudgedResponse } from '../../../sandbox/judge/judge.ts';

const openapi = process.env['DISCORD_OPENAPI'];

const user = {
  id: '100',
  username: 'mia',
  avatar: null,
  discriminator: '0',
  public_flags: 0,
  flags: 0,
  global_name: 'Mia',
  primary_guild: null,
};
const role = {
  id: '10',
  name: '@everyone',
  description: null,
  permissions: '1024',
  position: 0,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
};
const invalid = { code: 50035, message: 'Invalid Form Body', errors: { content: { _errors: [] } } };
const roles = (body: unknown, status = 200): JudgedResponse => ({
  method: 'GET',
  path: '/guilds/10/roles',
  status,
  body,
});
const callback = (status: number, body?: unknown): JudgedResponse => ({
  method: 'POST',
  path: '/interactions/1/abc/callback',
  status,
  body,
});

const good: [string, JudgedResponse][] = [
  ['a user', { method: 'GET', path: '/users/100', status: 200, body: user }],
  ['roles', roles([role])],
  ['no body', callback(204)],
  ['an error', roles(invalid, 400)],
  [
    'too many requests',
    roles({ message: 'You are being rate limited.', retry_after: 0.5, global: false }, 429),
  ],
];

const bad: [string, string, JudgedResponse][] = [
  [
    'a user without a name',
    'username',
    { method: 'GET', path: '/users/100', status: 200, body: { ...user, username: undefined } },
  ],
  ['a null where Discord sends none', '[0].name', roles([{ ...role, name: null }])],
  ['permissions as a number', '[0].permissions', roles([{ ...role, permissions: 1024 }])],
  ['a position as text', '[0].position', roles([{ ...role, position: '0' }])],
  ['one role instead of a list', 'LIST_TYPE_CONVERT', roles(role)],
  ['another status', 'not 201', roles([role], 201)],
  ['a body where none belongs', '(body)', callback(204, { ok: true })],
  ['an error without a code', 'code', roles({ message: 'No' }, 403)],
  ['too many requests without a time', 'retry_after', roles({ message: 'No', global: false }, 429)],
  [
    'a route that Discord has not',
    'Discord has no',
    { method: 'GET', path: '/guilds', status: 200, body: [] },
  ],
];

describe.each([
  ['the package', createJudge()],
  ...(openapi === undefined
    ? []
    : [["the package and Discord's document (DISCORD_OPENAPI)", createJudge({ openapi })] as const]),
] as const)('answers, judged by %s', (_layers, judge) => {
  test.each(good)('%s is right', (_name, response) => {
    expect(judge.response(response)).toEqual({ ok: true, problems: [] });
  });

  test.each(bad)('%s is wrong', (_name, expected, response) => {
    const verdict = judge.response(response);
    expect(verdict.ok).toBe(false);
    expect(verdict.problems.join('\n')).toContain(expected);
  });
});
