import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { container } from '@sapphire/framework';
import { sql, type RawBuilder } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { collectPersonalData } from '#lib/privacy/export';
import { systemClock } from '#lib/time/clock';
import { useBot } from '../../setup/bot.ts';
import { ask } from '../../setup/http.ts';
import { API, askAs, plant } from '../http/api.ts';

const KEY = Buffer.alloc(32, 'k');
const ADDRESS = 'https://bot.example';
const world = useBot({ config: { http: { ...API, supabaseWebhookKeys: [KEY] } } });
const db = () => world().database.db;
const run = async (statement: RawBuilder<unknown>): Promise<void> => void (await statement.execute(db()));

/** What the script needs of a Supabase project, as far as it needs it. Requests are kept, and sent by the test. */
const SUPABASE = `
  create schema auth; create schema vault; create schema net; create schema cron; create schema extensions;
  create table auth.users (id uuid primary key, raw_user_meta_data jsonb, deleted_at timestamptz);
  create table auth.identities (
    id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users on delete cascade,
    provider text not null, provider_id text not null, last_sign_in_at timestamptz, unique (provider_id, provider));
  create table vault.decrypted_secrets (name text, decrypted_secret text);
  insert into vault.decrypted_secrets values
    ('alphapy_url', '${ADDRESS}'), ('alphapy_webhook_secret', 'v1,whsec_${KEY.toString('base64')}');
  create table net.requests (id bigint generated always as identity, url text, headers jsonb, body bytea);
  create table net._http_response (id bigint, status_code integer, created timestamptz not null default now());
  create function net.http_post(url text, body jsonb, params jsonb default '{}', headers jsonb default '{}',
    timeout_milliseconds integer default 5000) returns bigint language sql as $$
    insert into net.requests (url, headers, body) values (url, headers, convert_to(body::text, 'UTF8')) returning id $$;
  create function cron.schedule(name text, schedule text, command text) returns bigint language sql as 'select 1::bigint';
  create function extensions.hmac(data bytea, key bytea, type text) returns bytea language plpgsql as $$
  declare inner_pad bytea := ''; outer_pad bytea := ''; part integer;
  begin
    for place in 0..63 loop
      part := case when place < length(key) then get_byte(key, place) else 0 end;
      inner_pad := inner_pad || set_byte('\\x00', 0, part # 54);
      outer_pad := outer_pad || set_byte('\\x00', 0, part # 92);
    end loop;
    return sha256(outer_pad || sha256(inner_pad || data));
  end $$;`;

beforeAll(async () => {
  // The project has the time of the machine.
  container.clock = systemClock;
  const script = await readFile(new URL('../../../docs/supabase-webhook.sql', import.meta.url), 'utf8');
  await world().database.pool.query(SUPABASE);
  await world().database.pool.query(script);
  // It may be run again.
  await world().database.pool.query(script);
});

beforeEach(async () => {
  await run(sql`delete from auth.users`);
  await run(sql`truncate alphapy.outbox, net.requests`);
});

interface Sent {
  readonly id: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Lets a minute go by at Supabase. @returns what it sends then. */
async function minute(): Promise<readonly Sent[]> {
  await run(sql`update alphapy.outbox set sent_at = sent_at - interval '1 minute'`);
  await run(sql`truncate net.requests`);
  await run(sql`select alphapy.send()`);
  return (await sql<Sent>`select * from net.requests order by id`.execute(db())).rows;
}

/** The bot gets a request, and Supabase its answer. */
async function arrives({ id, headers, body }: Sent) {
  const response = await ask(world, '/webhooks/supabase/auth', { method: 'POST', headers, body });
  await answered(id, response.status);
  return { status: response.status, body: await response.json() };
}

const answered = (id: string, status: number | null): Promise<void> =>
  run(sql`insert into net._http_response (id, status_code) values (${id}, ${status})`);

async function waiting(): Promise<unknown[]> {
  const { rows } = await sql<{ body: unknown }>`select body from alphapy.outbox order by created_at`.execute(
    db(),
  );
  return rows.map(({ body }) => body);
}

/** Somebody signs up at the project with their Discord. */
async function signsUp(person: { readonly id: string }): Promise<string> {
  const account = randomUUID();
  await run(sql`insert into auth.users (id) values (${account})`);
  await run(
    sql`insert into auth.identities (user_id, provider, provider_id) values (${account}, 'google', ${account})`,
  );
  await run(
    sql`insert into auth.identities (user_id, provider, provider_id) values (${account}, 'discord', ${person.id})`,
  );
  return account;
}

const only = <Value>(values: readonly Value[]): Value => {
  expect(values).toHaveLength(1);
  return values[0] as Value;
};

test('who signs up is linked, and who is deleted is erased, although the bot was away', async () => {
  const { guild, mia } = await plant(world);
  const made = { guild_id: guild.id, name: 'Quiz', when: 'every friday 20:00', private: true };
  expect((await askAs(world, mia, 'POST', '/api/reminders', made)).status).toBe(201);
  const account = await signsUp(mia);
  const link = only(await minute());
  expect(link.url).toBe(`${ADDRESS}/webhooks/supabase/auth`);
  expect(await arrives(link)).toMatchObject({ status: 200, body: { outcome: 'linked' } });
  expect(await minute()).toEqual([]);
  expect(await waiting()).toEqual([]);

  // Signing in again, and what people write of themselves, is nobody's business.
  await run(sql`update auth.identities set last_sign_in_at = now()`);
  await run(sql`update auth.users set raw_user_meta_data = '{"provider_id": "1"}'`);
  expect(await waiting()).toEqual([]);

  await run(sql`delete from auth.users where id = ${account}`);
  await answered(only(await minute()).id, null);
  await answered(only(await minute()).id, 500);
  const taken = only(await minute());
  expect(await arrives(taken)).toMatchObject({
    status: 200,
    body: { outcome: 'erased', deleted: { reminders: 1, supabase_accounts: 1 } },
  });
  expect(await collectPersonalData(db(), mia.id)).toEqual([]);
  expect(await minute()).toEqual([]);
});

test('an answer that was lost is asked for once more, and that is the end of it', async () => {
  const { sam } = await plant(world);
  await signsUp(sam);
  const first = only(await minute());
  await arrives(first);
  await run(sql`delete from net._http_response where id = ${first.id}`);
  const again = only(await minute());
  expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect((await arrives(again)).status).toBe(409);
  expect(await minute()).toEqual([]);
});

test('an account that is kept but marked as deleted is deleted, and its link not sent any more', async () => {
  const tom = { id: '112233445566778899' };
  const account = await signsUp(tom);
  await run(sql`update auth.users set deleted_at = now() where id = ${account}`);
  // Supabase makes the identity unreadable then.
  await run(sql`update auth.identities set provider_id = 'c2VjcmV0' where provider = 'discord'`);
  expect(await waiting()).toEqual([
    {
      type: 'DELETE',
      schema: 'auth',
      table: 'users',
      record: null,
      old_record: { id: account, identities: [{ provider: 'discord', provider_id: tom.id }] },
    },
  ]);
  const { status, body } = await arrives(only(await minute()));
  expect({ status, body }).toMatchObject({ status: 200, body: { outcome: 'erased', deleted: {} } });
});

test('more than the bot takes at once goes out minute by minute', async () => {
  for (let count = 0; count < 12; count += 1) await signsUp({ id: `1122334455667788${10 + count}` });
  expect(await minute()).toHaveLength(8);
  const second = await minute();
  expect(second).toHaveLength(8);
  const { rows } = await sql<{ unsent: number }>`
    select count(*)::integer as unsent from alphapy.outbox where sent_at is null`.execute(db());
  expect(rows).toEqual([{ unsent: 0 }]);
});
