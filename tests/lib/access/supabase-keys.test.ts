import type { CryptoKey } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenReader } from '#lib/access/supabase-keys';
import { createLog } from '#lib/logging/logger';
import { MovableClock } from '#lib/time/clock';
import { FakeSupabase, tokenOf, type TokenOptions } from '../../setup/supabase.ts';

const MINUTE_MS = 60_000;
const SUBJECT = '3f0e6a52-7a3c-4a4e-9a4b-0a4a3f6f1c11';
const supabase = new FakeSupabase();
const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
const log = createLog('silent');
let key: CryptoKey;

beforeAll(async () => {
  await supabase.start();
  key = await supabase.addKey('one');
});
beforeEach(() => {
  supabase.isDown = false;
  supabase.asked.length = 0;
});
afterAll(() => supabase.close());

const reader = (changes: object = {}) => tokenReader({ ...supabase.project, ...changes }, clock, log);
const token = (more: Partial<TokenOptions> = {}) =>
  tokenOf({ now: clock.now(), issuer: supabase.authUrl, subject: SUBJECT, ...more });
const signed = (more: Partial<TokenOptions> = {}) => token({ key, kid: 'one', ...more });
const refused = { wrong: expect.any(String) as string };

function unsigned(header: object, signature = ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(clock.now().getTime() / 1_000) + 3_600;
  return `${part(header)}.${part({ sub: SUBJECT, iss: supabase.authUrl, aud: 'authenticated', exp })}.${signature}`;
}

test('a token of the project says whose it is, by its keys or by its secret', async () => {
  const read = reader();
  expect(await read(await signed())).toEqual({ subject: SUBJECT });
  expect(await read(await token())).toEqual({ subject: SUBJECT });
  await read(await signed());
  expect(supabase.asked).toHaveLength(1);
});

describe('refused', () => {
  test('one that is over, of another issuer, for others, of nobody, or signed by somebody else', async () => {
    const read = reader();
    expect(await read(await signed({ lastsS: -31 }))).toEqual({
      wrong: 'This token has expired. Sign in again.',
    });
    expect(await read(await signed({ lastsS: -29 }))).toEqual({ subject: SUBJECT });
    expect(await read(await signed({ issuer: 'https://evil.example/auth/v1' }))).toEqual(refused);
    expect(await read(await signed({ audience: 'anon' }))).toEqual(refused);
    expect(await read(await signed({ subject: 'service' }))).toEqual(refused);
    const other = await new FakeSupabase().addKey('one');
    expect(await read(await token({ key: other, kid: 'one' }))).toEqual(refused);
    const whole = await signed();
    expect(await read(whole.slice(0, -4))).toEqual(refused);
    for (const text of ['', 'a.b.c', '..', 'x'.repeat(5_000)]) expect(await read(text)).toEqual(refused);
  });

  test('alg none, and one kind of key in place of the other', async () => {
    const read = reader();
    expect(await read(unsigned({ alg: 'none' }))).toEqual(refused);
    expect(await read(unsigned({ alg: 'None', kid: 'one' }))).toEqual(refused);
    const { createHmac } = await import('node:crypto');
    const [head, body] = unsigned({ alg: 'HS256', kid: 'one' }).split('.');
    // What everybody can read, used as if it were the secret.
    const confused = createHmac('sha256', JSON.stringify(supabase.keys[0]))
      .update(`${head}.${body}`)
      .digest('base64url');
    expect(await read(`${head}.${body}.${confused}`)).toEqual(refused);
    // A secret counts only where the host set one.
    expect(await reader({ jwtSecret: null })(await token())).toEqual(refused);
  });
});

test('where the project cannot be reached, keys that are known go on and others are refused', async () => {
  const read = reader();
  await read(await signed());
  supabase.isDown = true;
  clock.advance(60 * MINUTE_MS);
  expect(await read(await signed())).toEqual({ subject: SUBJECT });
  const unknown = await new FakeSupabase().addKey('two');
  expect(await read(await token({ key: unknown, kid: 'two' }))).toEqual(refused);
  await expect(reader()(await signed())).rejects.toMatchObject({ status: 503 });
});

test('a new key is found, and a flood of unknown ones asks once in 30 seconds', async () => {
  const read = reader();
  await read(await signed());
  const stranger = await new FakeSupabase().addKey('three');
  for (let count = 0; count < 5; count += 1)
    expect(await read(await token({ key: stranger, kid: 'three' }))).toEqual(refused);
  expect(supabase.asked).toHaveLength(1);
  clock.advance(MINUTE_MS);
  const next = await supabase.addKey('four');
  expect(await read(await token({ key: next, kid: 'four' }))).toEqual({ subject: SUBJECT });
  expect(supabase.asked).toHaveLength(2);
});
