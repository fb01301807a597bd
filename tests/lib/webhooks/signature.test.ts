import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '#lib/http/problem';
import { parseWebhookSecrets, verifyWebhook } from '#lib/webhooks/signature';

const KEY = Buffer.alloc(32, 'k');
const OTHER = Buffer.alloc(32, 'o');
const NOW = new Date('2026-12-01T09:00:00Z');
const AT_S = NOW.getTime() / 1_000;
const BODY = Buffer.from('{"type":"DELETE"}');

const sign = (key: Buffer, id: string, seconds: number | string, body: Buffer = BODY): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`;

interface Sent {
  readonly id?: string | undefined;
  readonly seconds?: number | string | undefined;
  readonly signature?: string | undefined;
  readonly body?: Buffer;
  readonly keys?: readonly Buffer[];
}

/** What is said of a message; null: it holds. Signed rightly, as far as the test says nothing else. */
function refusalOf(sent: Sent): string | null {
  const id = 'id' in sent ? sent.id : 'msg_1';
  const seconds = 'seconds' in sent ? sent.seconds : AT_S;
  const signature = 'signature' in sent ? sent.signature : sign(KEY, String(id), String(seconds));
  const headers = {
    ...(id !== undefined && { 'webhook-id': id }),
    ...(seconds !== undefined && { 'webhook-timestamp': String(seconds) }),
    ...(signature !== undefined && { 'webhook-signature': signature }),
  };
  try {
    verifyWebhook(sent.keys ?? [KEY], headers, sent.body ?? BODY, NOW);
    return null;
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 401) throw error;
    return error.detail;
  }
}

test('the example of the specification holds', () => {
  const keys = parseWebhookSecrets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw') ?? [];
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const now = new Date(1_614_265_330_000);
  expect(() => verifyWebhook(keys, headers, Buffer.from('{"test": 2432232314}'), now)).not.toThrow();
  expect(() => verifyWebhook(keys, headers, Buffer.from('{"test":2432232314}'), now)).toThrow(/No signature/);
});

describe('a signature', () => {
  test('holds for its own secret, id, time and body alone', () => {
    expect(refusalOf({})).toBeNull();
    const signature = sign(KEY, 'msg_1', AT_S);
    expect(refusalOf({ signature, id: 'msg_2' })).toMatch(/No signature/);
    expect(refusalOf({ signature, seconds: AT_S + 1 })).toMatch(/No signature/);
    expect(refusalOf({ signature, body: Buffer.from('{"type": "DELETE"}') })).toMatch(/No signature/);
    expect(refusalOf({ signature, keys: [OTHER] })).toMatch(/No signature/);
    expect(refusalOf({ signature, keys: [] })).toMatch(/No signature/);
  });

  test('is one of several, with spaces between or as Supabase writes them', () => {
    const wrong = sign(OTHER, 'msg_1', AT_S);
    const right = sign(KEY, 'msg_1', AT_S);
    for (const between of [' ', ', ', '  '])
      for (const signature of [`${wrong}${between}${right}`, `${right}${between}${wrong}`])
        expect(refusalOf({ signature })).toBeNull();
    expect(refusalOf({ signature: `${wrong} ${wrong}` })).toMatch(/No signature/);
    expect(refusalOf({ signature: `v1a,AAAA ${right}` })).toBeNull();
  });

  test('of the old secret and of the new one holds while both are set', () => {
    const keys = [OTHER, KEY];
    expect(refusalOf({ keys, signature: sign(OTHER, 'msg_1', AT_S) })).toBeNull();
    expect(refusalOf({ keys, signature: sign(KEY, 'msg_1', AT_S) })).toBeNull();
    expect(refusalOf({ keys, signature: sign(Buffer.alloc(32, 'x'), 'msg_1', AT_S) })).toMatch(/No sig/);
  });

  test('may begin with the name of the version', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `msg_${index}`);
    const id = ids.find((one) => sign(KEY, one, AT_S).startsWith('v1,v1'));
    expect(refusalOf({ id })).toBeNull();
  });

  test.each([
    '',
    'v1',
    'v1,',
    'v2,AAAA',
    sign(KEY, 'msg_1', AT_S).slice(3),
    sign(KEY, 'msg_1', AT_S).replace('v1', 'v1a'),
    sign(KEY, 'msg_1', AT_S).slice(0, -1),
    `${sign(KEY, 'msg_1', AT_S)}=`,
    sign(KEY, 'msg_1', AT_S).replace(',', ',!'),
    createHmac('sha256', KEY).update(`msg_1.${AT_S}.`).update(BODY).digest('hex'),
    'v1,'.repeat(5_000),
  ])('that is none does not hold: %j', (signature) => {
    expect(refusalOf({ signature })).toMatch(/No signature/);
  });
});

test('five minutes either way are near enough', () => {
  for (const off of [-300, -299, 0, 299, 300]) expect(refusalOf({ seconds: AT_S + off })).toBeNull();
  for (const off of [-301, 301, -86_400, 86_400])
    expect(refusalOf({ seconds: AT_S + off })).toMatch(/more than five minutes/);
  // Whoever cannot sign does not learn of the clock.
  expect(refusalOf({ seconds: AT_S - 86_400, keys: [OTHER] })).toMatch(/No signature/);
});

test('all three headers are needed', () => {
  for (const missing of ['id', 'seconds', 'signature'])
    expect(refusalOf({ [missing]: undefined })).toMatch(/Standard Webhooks/);
});

test.each(['', 'msg.1', 'msg 1', 'msg\n1', 'm'.repeat(201), 'méssage'])('%j is no id of a message', (id) => {
  expect(refusalOf({ id })).toMatch(/webhook-id/);
});

test.each(['', '-1', '1e9', `${AT_S}.0`, '0x10', 'NaN', '9'.repeat(13), ` ${AT_S}`])(
  '%j is no time',
  (seconds) => {
    expect(refusalOf({ seconds })).toMatch(/webhook-timestamp/);
  },
);

describe('secrets', () => {
  const base64 = KEY.toString('base64');

  test('are read as Supabase shows them, several with a line between', () => {
    expect(parseWebhookSecrets(`v1,whsec_${base64}`)).toEqual([KEY]);
    expect(parseWebhookSecrets(`whsec_${base64}`)).toEqual([KEY]);
    expect(parseWebhookSecrets(`v1,whsec_${base64} | v1,whsec_${OTHER.toString('base64')}`)).toEqual([
      KEY,
      OTHER,
    ]);
  });

  test.each([
    '',
    base64,
    'v1,whsec_',
    'whsec_!!!!',
    `v1,whsec_${base64}|`,
    `v1,whsec_${base64}|secret`,
    `v1,whsec_${base64.slice(0, -1)}`,
    `v1,whsec_ ${base64}`,
    `v1,whsec_${Buffer.alloc(23, 'k').toString('base64')}`,
    `v1,whsec_${Buffer.alloc(65, 'k').toString('base64')}`,
  ])('that are none are not: %j', (text) => {
    expect(parseWebhookSecrets(text)).toBeNull();
  });
});
