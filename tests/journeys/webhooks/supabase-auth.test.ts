import { createHmac, randomUUID } from 'node:crypto';
import { container } from '@sapphire/framework';
import type { Route } from '@sapphire/plugin-api';
import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { RequestLimits } from '#lib/http/limits';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';
import { collectPersonalData } from '#lib/privacy/export';
import { DAY_MS, MINUTE_MS, useBot } from '../../setup/bot.ts';
import { ask } from '../../setup/http.ts';
import { FakeSupabase, tokenOf } from '../../setup/supabase.ts';
import { API, askAs, plant, type Answered } from '../http/api.ts';

const [KEY, OLD_KEY] = [Buffer.alloc(32, 'k'), Buffer.alloc(32, 'o')];
const supabase = new FakeSupabase();
await supabase.start();
const world = useBot({
  config: { http: { ...API, supabase: supabase.project, supabaseWebhookKeys: [KEY, OLD_KEY] } },
});
const db = () => world().database.db;
afterEach(() => (supabase.isDown = false));
afterAll(() => supabase.close());

interface Message {
  readonly id?: string;
  readonly raw?: string;
  readonly key?: Buffer;
  readonly at?: Date;
  readonly headers?: Record<string, string>;
}

/** Sends an event as Supabase would, signed rightly as far as the test says nothing else. */
async function tells(event: unknown, message: Message = {}): Promise<Answered> {
  container.requestLimits = new RequestLimits(container.caches);
  return sends(event, message);
}

async function sends(event: unknown, message: Message = {}): Promise<Answered> {
  const { id = randomUUID(), raw = JSON.stringify(event), key = KEY, at = world().clock.now() } = message;
  const seconds = Math.floor(at.getTime() / 1_000);
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${raw}`).digest('base64');
  const response = await ask(world, '/webhooks/supabase/auth', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
      ...message.headers,
    },
    body: raw,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const identity = (account: string, discord: string, more: object = {}) => ({
  type: 'INSERT',
  schema: 'auth',
  table: 'identities',
  record: { id: randomUUID(), user_id: account, provider: 'discord', provider_id: discord, ...more },
  old_record: null,
});

const deletion = (account: string, more: object = {}) => ({
  type: 'DELETE',
  schema: 'auth',
  table: 'users',
  record: null,
  old_record: { id: account, email: 'mia@example.com', ...more },
});

const discordOf = (provider_id: string) => [
  { provider: 'google', provider_id: '10769150350006150715113082367' },
  { provider: 'discord', provider_id },
];

/** Two of a new town who each have a reminder for themselves and one in a channel, which stays there without them. */
async function somebody() {
  const { guild, mia, sam } = await plant(world);
  const places = [{ private: true }, { channel_id: guild.channel('events').id }];
  for (const person of [mia, sam])
    for (const place of places) {
      const { status } = await askAs(world, person, 'POST', '/api/reminders', {
        guild_id: guild.id,
        name: `Quiz of ${person.id}`,
        when: 'every friday 20:00',
        ...place,
      });
      if (status !== 201) throw new Error(`a reminder was answered ${status}`);
    }
  return { mia, sam };
}

const tablesOf = async (person: { readonly id: string }): Promise<string[]> =>
  (await collectPersonalData(db(), person.id)).map(({ table }) => table);

const accounts = () =>
  db().selectFrom('supabase_accounts').select(['supabase_user_id', 'discord_user_id']).execute();

describe('a link', () => {
  test('is whom Discord named, and counts before Supabase is asked', async () => {
    const { mia, sam } = await plant(world);
    const account = supabase.account(mia.id);
    const { status, body } = await tells(
      identity(account, mia.id, {
        identity_data: { provider_id: sam.id, sub: sam.id },
        raw_user_meta_data: { provider: 'discord', provider_id: sam.id },
      }),
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { outcome: 'linked', detail: expect.any(String) as string },
    });
    expect(await accounts()).toContainEqual({ supabase_user_id: account, discord_user_id: mia.id });
    supabase.isDown = true;
    const token = await tokenOf({ now: world().clock.now(), issuer: supabase.authUrl, subject: account });
    const me = await ask(world, '/api/me', { headers: { Authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ user_id: mia.id, by: 'supabase' });
  });

  test('goes over to the account that has the Discord identity now', async () => {
    const { mia } = await plant(world);
    const [before, now] = [randomUUID(), randomUUID()];
    await tells(identity(before, mia.id));
    await tells({ ...identity(now.toUpperCase(), mia.id), type: 'UPDATE' });
    const linked = (await accounts()).filter((row) => row.discord_user_id === mia.id);
    expect(linked).toEqual([{ supabase_user_id: now, discord_user_id: mia.id }]);
  });

  test('to another provider is none, and what no row of Supabase can be is said', async () => {
    const before = await accounts();
    const google = await tells(identity(randomUUID(), '123456789012345678', { provider: 'google' }));
    expect(google).toMatchObject({ status: 200, body: { outcome: 'ignored' } });
    for (const wrong of [
      identity('not-an-account', '123456789012345678'),
      identity(randomUUID(), "1' or '1'='1"),
      { ...identity(randomUUID(), '123456789012345678'), record: null },
      deletion('1'),
      deletion(randomUUID(), { identities: [{ provider: 'discord', provider_id: 'mia' }] }),
      deletion(randomUUID(), { identities: 'discord' }),
    ]) {
      const { status, body } = await tells(wrong);
      expect({ wrong, status, detail: body.detail }).toEqual({
        wrong,
        status: 422,
        detail: expect.stringMatching(/^The row is not as Supabase has it: body\./) as string,
      });
    }
    expect(await accounts()).toEqual(before);
  });
});

describe('a deletion', () => {
  test('erases whom the account was on Discord, and says what', async () => {
    const { mia, sam } = await somebody();
    const account = randomUUID();
    await tells(identity(account, mia.id));
    expect(await tablesOf(mia)).toEqual(expect.arrayContaining(['reminders', 'supabase_accounts']));
    const sams = await tablesOf(sam);
    const { status, body } = await tells(deletion(account, { raw_user_meta_data: { provider_id: sam.id } }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'erased',
      deleted: { reminders: 1, supabase_accounts: 1 },
      kept: { reminders: 1 },
    });
    expect(await tablesOf(mia)).toEqual([]);
    expect(await tablesOf(sam)).toEqual(sams);
    // No row anywhere tells of either identity any more.
    const { rows } = await sql<{
      text: string;
    }>`select database_to_xml(true, false, '')::text as text`.execute(db());
    expect(rows[0]?.text).toContain(sam.id);
    expect(rows[0]?.text).not.toContain(mia.id);
    expect(rows[0]?.text).not.toContain(account);
  });

  test('counts for the identities that it names, whatever was known here', async () => {
    const { mia, sam } = await somebody();
    const account = randomUUID();
    // Sam unlinked Discord at Supabase, and Mia linked hers.
    await tells(identity(account, sam.id));
    const named = await tells(deletion(account, { identities: discordOf(mia.id) }));
    expect(named.body).toMatchObject({ outcome: 'erased', deleted: { reminders: 1 } });
    expect(await tablesOf(mia)).toEqual([]);
    expect(await tablesOf(sam)).toContain('reminders');
    expect(await tablesOf(sam)).not.toContain('supabase_accounts');
    const none = await tells(deletion(randomUUID(), { identities: [] }));
    expect(none.body).toMatchObject({ outcome: 'nobody_linked' });
  });

  test('of somebody unknown erases nothing and says so, whatever the account says of itself', async () => {
    const { mia } = await somebody();
    const before = await tablesOf(mia);
    const { status, body } = await tells(
      deletion(randomUUID(), {
        raw_user_meta_data: { provider: 'discord', provider_id: mia.id },
        raw_app_meta_data: { provider: 'discord' },
      }),
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { outcome: 'nobody_linked', detail: expect.stringContaining('nothing was erased') as string },
    });
    expect(await tablesOf(mia)).toEqual(before);
  });

  test('that failed has erased nothing, and works when it comes again', async () => {
    const { mia } = await somebody();
    const account = randomUUID();
    await tells(identity(account, mia.id));
    const before = await tablesOf(mia);
    const message = { id: randomUUID() };
    await sql`
      create function no_deletion() returns trigger language plpgsql as
      $$ begin raise exception 'reminders of % stay', old.created_by; end $$`.execute(db());
    await sql`create trigger no_deletion before delete on reminders for each row execute function no_deletion()`.execute(
      db(),
    );
    const failed = await tells(deletion(account), message);
    expect(failed).toMatchObject({
      status: 500,
      body: { detail: 'The erasure failed and nothing is erased. Send it again.' },
    });
    expect(await tablesOf(mia)).toEqual(before);
    await sql`drop trigger no_deletion on reminders`.execute(db());
    await sql`drop function no_deletion`.execute(db());
    const again = await tells(deletion(account), message);
    expect(again).toMatchObject({
      status: 200,
      body: { outcome: 'erased', deleted: { reminders: expect.any(Number) as number } },
    });
    expect(await tablesOf(mia)).toEqual([]);
  });

  test('is not undone by a link that comes late', async () => {
    const { mia } = await somebody();
    const account = randomUUID();
    const late = identity(account, mia.id);
    await tells(deletion(account.toUpperCase(), { identities: discordOf(mia.id) }));
    expect((await tells(late)).body).toMatchObject({ outcome: 'ignored' });
    expect(await tablesOf(mia)).toEqual([]);
    // What was deleted is one account: the person may come back with another.
    expect((await tells(identity(randomUUID(), mia.id))).body).toMatchObject({ outcome: 'linked' });
  });
});

describe('a message', () => {
  test('is taken once, whatever it says the second time, also by a bot that was started anew', async () => {
    const { mia } = await somebody();
    const [account, id] = [randomUUID(), randomUUID()];
    const link = identity(account, mia.id);
    expect((await tells(link, { id })).status).toBe(200);
    await tells(deletion(account));
    expect(await tells(link, { id })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('taken already') as string },
    });
    expect((await tells(deletion(account), { id })).status).toBe(409);
    await world().restart();
    expect((await tells(link, { id })).status).toBe(409);
    expect(await tablesOf(mia)).toEqual([]);
  });

  test('that comes twice at once is done once', async () => {
    const { mia } = await somebody();
    const account = randomUUID();
    await tells(identity(account, mia.id));
    const id = randomUUID();
    container.requestLimits = new RequestLimits(container.caches);
    const answers = await Promise.all(Array.from({ length: 4 }, () => sends(deletion(account), { id })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({ outcome: 'erased' });
    expect(await tablesOf(mia)).toEqual([]);
  });

  test('of another time, another secret or another body does nothing', async () => {
    const event = identity(randomUUID(), '123456789012345678');
    const now = world().clock.now();
    const before = await accounts();
    const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
    const refused = [
      await tells(event, { at: at(-5.1) }),
      await tells(event, { at: at(5.1) }),
      await tells(event, { key: Buffer.alloc(32, 'x') }),
      await tells(event, { headers: { 'webhook-id': 'another' } }),
      await tells(event, { headers: { 'webhook-signature': 'v1,' } }),
      // Nobody is let in by a key instead.
      await tells(event, { key: Buffer.alloc(32, 'x'), headers: { 'X-API-Key': API.serviceKey } }),
      await tells('{', { key: Buffer.alloc(32, 'x'), raw: '{' }),
    ];
    for (const { status, headers, body } of refused) {
      expect({ status, type: headers.get('content-type') }).toEqual({
        status: 401,
        type: 'application/problem+json',
      });
      expect(body.request_id).toBe(headers.get('x-request-id'));
    }
    expect(await accounts()).toEqual(before);
    expect((await tells(event, { at: at(-4.9), key: OLD_KEY })).status).toBe(200);
  });

  test('counts as it came, letter for letter', async () => {
    const event = { ...identity(randomUUID(), '123456789012345678'), note: 'é' };
    const raw = JSON.stringify(event, null, 3).replace('é', '\\u00e9');
    expect(await tells(event, { raw })).toMatchObject({ status: 200, body: { outcome: 'linked' } });
  });

  test('of another kind is ignored, and said to be', async () => {
    const account = randomUUID();
    for (const other of [
      {},
      { type: 'USER_DELETED', record: { id: account } },
      { ...deletion(account), schema: 'public' },
      { ...deletion(account), type: 'UPDATE' },
      { ...identity(account, '123456789012345678'), type: 'DELETE' },
      {
        metadata: { name: 'before-user-created' },
        user: { id: account, user_metadata: { provider_id: '1' } },
      },
    ])
      expect(await tells(other)).toMatchObject({ status: 200, body: { outcome: 'ignored' } });
  });

  test('that is no event is refused in a sentence', async () => {
    for (const [raw, status] of [
      ['{', 400],
      ['', 400],
      ['[]', 422],
      ['null', 422],
      ['{"type":1}', 422],
      ['{"record":"text"}', 422],
      ['['.repeat(40) + ']'.repeat(40), 400],
      [JSON.stringify({ ...identity(randomUUID(), '1'), filler: 'x'.repeat(70_000) }), 413],
    ] as const)
      expect({ raw, status: (await tells(null, { raw })).status }).toEqual({ raw, status });
    const text = await tells({}, { headers: { 'Content-Type': 'text/plain' } });
    expect(text.status).toBe(415);
  });

  test('is forgotten a day later', async () => {
    await tells({});
    const count = async () =>
      (await db().selectFrom('webhook_receipts').select('message_id').execute()).length;
    expect(await count()).toBeGreaterThan(0);
    await world().advance(DAY_MS + MINUTE_MS);
    expect(await count()).toBe(0);
  });
});

test('a route that forgot to check what is signed takes nothing', async () => {
  const definition = defineRoute({
    operation: 'forgetful',
    summary: 'Forgets to check.',
    tag: 'probe',
    rule: { who: 'signed' },
    answers: { 204: { description: 'Done.', body: null } },
  });
  class Forgetful extends ApiRoute<typeof definition> {
    public constructor(context: Route.LoaderContext) {
      super(context, definition);
    }

    public override handle(): Promise<Reply> {
      return Promise.resolve({ status: 204 });
    }
  }
  await container.stores.loadPiece({ store: 'routes', name: 'forgetful.post', piece: Forgetful });
  expect((await ask(world, '/forgetful', { method: 'POST' })).status).toBe(500);
});

test('an address may send ten a minute', async () => {
  container.requestLimits = new RequestLimits(container.caches);
  const statuses: number[] = [];
  for (let count = 0; count < 11; count += 1) statuses.push((await sends({})).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
});

test('without a secret nothing is taken, and the host is told what to set', async () => {
  const keys = container.supabaseWebhookKeys;
  container.supabaseWebhookKeys = [];
  const before = await accounts();
  const answer = await tells(identity(randomUUID(), '123456789012345678'), { key: Buffer.alloc(0) });
  container.supabaseWebhookKeys = keys;
  expect(answer).toMatchObject({
    status: 503,
    body: { detail: expect.stringContaining('SUPABASE_WEBHOOK_SECRET') as string },
  });
  expect(await accounts()).toEqual(before);
});
