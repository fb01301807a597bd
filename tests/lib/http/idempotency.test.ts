import type { Kysely } from 'kysely';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DB } from '#db/types';
import { onceForKey, removeOldKeys, type KeyedRequest } from '#lib/http/idempotency';
import { HttpProblem } from '#lib/http/problem';
import type { Reply } from '#lib/http/route';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
beforeEach(() => database().empty());

const request: KeyedRequest = {
  operation: 'createThing',
  guildId: '1328374655667123456',
  caller: { kind: 'person', userId: '1328374655667123457', via: 'session' },
  path: '/api/things',
  key: 'first-try',
  body: Buffer.from('{"name":"one"}'),
};

/** Makes a row, and says how many there are. */
async function make(db: Kysely<DB>): Promise<Reply> {
  await db
    .insertInto('bot_guilds')
    .values({ guild_id: String(await count(db)), joined_at: clock.now() })
    .execute();
  return { status: 201, body: { number: await count(db) }, headers: { Location: '/api/things/1' } };
}

async function count(db: Kysely<DB>): Promise<number> {
  return (await db.selectFrom('bot_guilds').select('guild_id').execute()).length;
}

const once = (change: Partial<KeyedRequest> = {}, how = make): Promise<Reply> =>
  onceForKey({ db: database().db, clock }, { ...request, ...change }, how);

test('a repetition makes nothing, and has the first reply', async () => {
  const first = await once();
  const again = await once();
  expect(again).toEqual({ ...first, headers: { Location: '/api/things/1', 'Idempotency-Replayed': 'true' } });
  expect(await count(database().db)).toBe(1);
});

test('of twins at once one makes it, and both have its reply', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => once()));
  expect(replies.map(({ body }) => body)).toEqual(Array.from({ length: 8 }, () => ({ number: 1 })));
  expect(await count(database().db)).toBe(1);
});

test('another body or another path under the same key is refused', async () => {
  await once();
  for (const change of [{ body: Buffer.from('{"name":"two"}') }, { path: '/api/things?x=1' }])
    await expect(once(change)).rejects.toMatchObject({ status: 422 });
  expect(await count(database().db)).toBe(1);
});

test('the key of another person, of their key or of another operation is another one', async () => {
  const [userId, guildId] = ['1328374655667123457', '1328374655667123456'];
  await once();
  await once({ caller: { kind: 'person', userId: '1328374655667123458', via: 'session' } });
  await once({ caller: { kind: 'key', keyId: 5, guildId, userId, scopes: [] } });
  await once({ operation: 'createOther' });
  expect(await count(database().db)).toBe(4);
});

test('what fails is not kept: nothing is made, and a repetition tries again', async () => {
  const failing = async (db: Kysely<DB>): Promise<Reply> => {
    await make(db);
    throw new HttpProblem(409, 'Not now.');
  };
  await expect(once({}, failing)).rejects.toMatchObject({ status: 409 });
  expect(await count(database().db)).toBe(0);
  await expect(once()).resolves.toMatchObject({ status: 201 });
});

test('after a day a key is new again, and then its row goes', async () => {
  await once();
  clock.advance(23 * 3_600_000);
  await removeOldKeys(database().db, clock.now());
  await once();
  expect(await count(database().db)).toBe(1);
  clock.advance(2 * 3_600_000);
  await once();
  expect(await count(database().db)).toBe(2);
  clock.advance(25 * 3_600_000);
  await removeOldKeys(database().db, clock.now());
  expect(await database().db.selectFrom('idempotency_keys').select('key').execute()).toEqual([]);
});

test('without a key each request makes its own', async () => {
  await once({ key: undefined });
  await once({ key: undefined });
  expect(await count(database().db)).toBe(2);
});

test.each(['', 'a b', 'x'.repeat(201), 'é'])('%j is no key', async (key) => {
  const never = vi.fn(make);
  await expect(once({ key }, never)).rejects.toMatchObject({ status: 400 });
  expect(never).not.toHaveBeenCalled();
});
