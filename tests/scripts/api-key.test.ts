import { expect, test } from 'vitest';
import { runChild } from '../setup/child.ts';
import { useCommandDatabase } from '../setup/command-line.ts';

const [GUILD, OTHER_GUILD, ANN] = [
  '1328374655667123456',
  '1328374655667123457',
  '222222222222222222',
] as const;

const environment = useCommandDatabase();
const apiKey = (...args: string[]) => runChild('scripts/api-key.ts', args, environment()).finish();

test(
  'a key is printed once, by itself, and is listed and ended by its number',
  { timeout: 240_000 },
  async () => {
    const about = ['--guild', GUILD, '--user', ANN, '--name', 'script', '--scopes', 'faq:read'];
    const made = await apiKey('create', ...about, '--days', '30');
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/^alphapy_[\w-]{43}$/) });
    const number = /^Key (\d+), until 20\S+Z\. It is shown this once:$/m.exec(made.errors)?.[1] ?? '';

    const listed = await apiKey('list', '--guild', GUILD);
    expect(listed).toMatchObject({ code: 0, errors: '' });
    expect(listed.output).toMatch(
      new RegExp(`^${number}\talphapy_.{4}…\tscript\tuser ${ANN}\tuntil \\S+\tlast used never\tfaq:read$`),
    );
    expect(listed.output).not.toContain(made.output);

    expect(await apiKey('revoke', '--guild', OTHER_GUILD, '--key', number)).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/^This server has no such key any more\./),
    });
    expect(await apiKey('revoke', '--guild', GUILD, '--key', number)).toMatchObject({
      code: 0,
      output: `Revoked: ${number} script`,
    });
  },
);

const NOWHERE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
const create = ['create', '--guild', GUILD, '--user', ANN, '--name', 'x'];
test.each([
  { args: [], code: 2, errors: /^npm run api-key -- <command>/ },
  { args: ['list', '--all'], code: 2, errors: /'--all'[^]*npm run api-key -- <command>/ },
  {
    args: ['list', '--guild', 'here'],
    code: 2,
    errors: /^--guild must be an id of Discord: 15 to 20 digits\./,
  },
  { args: create, code: 2, errors: /^--scopes is missing\./ },
  { args: [...create, '--scopes', 'everything'], code: 1, errors: /^Say what the key may do: .*faq:read/ },
])('$args is answered in a sentence, without the database', async ({ args, code, errors }) => {
  const { output, ...ended } = await runChild('scripts/api-key.ts', args, NOWHERE).finish();
  expect(ended).toMatchObject({ code, errors: expect.stringMatching(errors) });
  expect(ended.errors).not.toMatch(/ECONNREFUSED|node_modules/);
  expect(output).toBe('');
});

test('a database that is not there is said in a sentence', async () => {
  const { code, errors } = await runChild('scripts/api-key.ts', ['list', '--guild', GUILD], NOWHERE).finish();
  expect(code).toBe(1);
  expect(errors).toMatch(/^PostgreSQL cannot be reached .* DATABASE_URL are right\.\s*$/);
});
