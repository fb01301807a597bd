import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSameSecret } from '#lib/access/secrets';
import { HttpProblem } from '#lib/http/problem';

// Standard Webhooks (https://www.standardwebhooks.com), as Supabase's auth hooks sign. Its library is not used: it is a page of code, takes
// the time from the process and not from our clock, and reads what Supabase sends with several secrets, commas between, as one of them.

/** How far the sender's clock may be from ours, either way. */
const TOLERANCE_S = 5 * 60;
/** What the specification asks of a secret. */
const [KEY_BYTES_MIN, KEY_BYTES_MAX] = [24, 64];
const SECRET = /^(?:v1,)?whsec_([A-Za-z0-9+/]+={0,2})$/;
/** Without a dot, which stands between the id and the time in what is signed. */
const MESSAGE_ID = /^[\x21-\x2d\x2f-\x7e]{1,200}$/;
const SECONDS = /^\d{1,12}$/;

/**
 * Reads secrets as Supabase shows them, `v1,whsec_` and base64; several with `|` between, as Supabase takes them.
 * @returns null when one of them is none.
 */
export function parseWebhookSecrets(text: string): Buffer[] | null {
  const keys = text.split('|').map((secret) => {
    const base64 = SECRET.exec(secret.trim())?.[1] ?? '';
    const key = Buffer.from(base64, 'base64');
    const isWhole = key.toString('base64') === base64;
    return isWhole && key.length >= KEY_BYTES_MIN && key.length <= KEY_BYTES_MAX ? key : null;
  });
  return keys.every((key) => key !== null) ? keys : null;
}

/**
 * Makes sure that whoever holds one of the secrets sent this body, just now.
 * @param keys as `parseWebhookSecrets` reads them; with none, nothing holds.
 * @param raw the body as it came, byte for byte.
 * @throws HttpProblem 401 that says what does not hold.
 */
export function verifyWebhook(
  keys: readonly Buffer[],
  headers: IncomingHttpHeaders,
  raw: Buffer,
  now: Date,
): void {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string')
    throw new HttpProblem(
      401,
      'Sign it as Standard Webhooks say: webhook-id, webhook-timestamp and webhook-signature.',
    );
  if (!MESSAGE_ID.test(id) || !SECONDS.test(seconds))
    throw new HttpProblem(401, 'webhook-id or webhook-timestamp is not as Standard Webhooks say.');
  // Spaces stand between signatures, and between those of Supabase commas as well.
  const given = signatures.split(/\s+/).flatMap((one) => /^v1,([^,]+),?$/.exec(one)?.[1] ?? []);
  const holds = keys.some((key) => {
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.`).update(raw).digest('base64');
    return given.some((one) => isSameSecret(signature, one));
  });
  if (!holds)
    throw new HttpProblem(
      401,
      'No signature in webhook-signature holds. Is it the same secret on both sides?',
    );
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > TOLERANCE_S)
    throw new HttpProblem(
      401,
      'webhook-timestamp is more than five minutes from now. Sign it anew, and compare the clocks.',
    );
}
