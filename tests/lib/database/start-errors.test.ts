import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#lib/database/database';
import { DatabaseStartError } from '#lib/database/errors';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import { quietLog } from '../../setup/quiet-log.ts';

const SECRET = 'p4ssw0rd';

async function startError(url: string): Promise<DatabaseStartError> {
  const error = await openDatabase({ url, dataDirectory: '', log: quietLog }).then(
    (database) => database.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseStartError)) throw new Error(`not a start error: ${String(error)}`);
  expect(error.message).not.toContain(SECRET);
  return error;
}

describe('an address that cannot be used is one sentence with the fix, without the password', () => {
  test.each([
    ['mysql://u:p4ssw0rd@127.0.0.1/x', 'DatabaseUrlError', /postgres:\/\//],
    ['postgres://u:p4ssw0rd@127.0.0.1:99999/x', 'DatabaseUrlError', /postgres:\/\//],
    ['postgres://u:p4/ssw0rd@127.0.0.1/x', 'DatabaseUrlError', /percent-encoded/],
    ['postgres://u:p4ssw0rd@127.0.0.1:1/x', 'DatabaseUnreachableError', /127\.0\.0\.1:1 .*ECONNREFUSED/],
    ['postgres://u:p4ssw0rd@nowhere.invalid/x', 'DatabaseUnreachableError', /nowhere\.invalid:5432/],
  ])('%s is a %s', async (url, name, sentence) => {
    const error = await startError(url);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(sentence);
  });
});

describePostgres('a server that does not let the bot in or work', () => {
  const database = useDatabase();
  let url: URL;

  beforeAll(async () => {
    url = new URL(database().url ?? '');
    await database().pool.query(`create role guest login password '${SECRET}'`);
  });
  afterAll(() => database().pool.query('drop role guest'));

  const changed = (change: (url: URL) => void): string => {
    const other = new URL(url);
    change(other);
    return other.href;
  };

  test('a wrong password', async () => {
    const error = await startError(changed((other) => (other.password = SECRET)));
    expect(error).toMatchObject({
      name: 'DatabaseLoginError',
      message: expect.stringContaining('"alphapy"'),
    });
  });

  test('a database that does not exist', async () => {
    const error = await startError(changed((other) => (other.pathname = 'absent')));
    expect(error).toMatchObject({
      name: 'DatabaseMissingError',
      message: expect.stringContaining('createdb "absent"'),
    });
  });

  test('a user that may not create tables', async () => {
    const empty = changed((other) => (other.pathname = 'postgres'));
    const asGuest = new URL(empty);
    [asGuest.username, asGuest.password] = ['guest', SECRET];
    expect(await startError(asGuest.href)).toMatchObject({ name: 'DatabasePermissionError' });
  });
});
