import { expect, test } from 'vitest';
import { countedAddress, RequestLimits } from '#lib/http/limits';
import { HttpProblem } from '#lib/http/problem';
import { freshCaches } from '../../setup/caches.ts';

async function takeAll(
  limits: RequestLimits,
  kind: 'read' | 'write',
  who: string,
  times: number,
): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await limits.take(kind, who);
}

test('a minute has 30 reads and 10 writes, and neither takes from the other', async () => {
  const limits = new RequestLimits(freshCaches());
  await takeAll(limits, 'read', 'address:1', 30);
  await takeAll(limits, 'write', 'address:1', 10);
  await expect(limits.take('read', 'address:1')).rejects.toMatchObject({ status: 429 });
  await expect(limits.take('write', 'address:1')).rejects.toMatchObject({ status: 429 });
  await expect(limits.take('read', 'address:2')).resolves.toMatchObject({ 'RateLimit-Remaining': '29' });
});

test('a refusal says when to come back', async () => {
  const limits = new RequestLimits(freshCaches());
  await takeAll(limits, 'write', 'address:1', 10);
  const refusal = await limits.take('write', 'address:1').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(HttpProblem);
  const { headers } = refusal as HttpProblem;
  expect(Number(headers['Retry-After'])).toBeGreaterThan(0);
  expect(Number(headers['Retry-After'])).toBeLessThanOrEqual(60);
  expect(headers).toMatchObject({ 'RateLimit-Limit': '10', 'RateLimit-Remaining': '0' });
});

test('at most 1,000 addresses are remembered; who was idle longest is forgotten', async () => {
  const caches = freshCaches();
  const limits = new RequestLimits(caches);
  await takeAll(limits, 'write', 'address:first', 10);
  for (let other = 0; other < 1_000; other += 1) await limits.take('write', `address:${other}`);
  expect(caches.sizes()).toMatchObject({ requests_write: { size: 1_000, max: 1_000 } });
  await expect(limits.take('write', 'address:first')).resolves.toMatchObject({ 'RateLimit-Remaining': '9' });
});

test('a network of IPv6 counts as one, IPv4 written as IPv6 as IPv4', () => {
  expect(countedAddress('2001:db8::1')).toBe(countedAddress('2001:db8:0:0:ffff::2'));
  expect(countedAddress('2001:db8:0:1::1')).not.toBe(countedAddress('2001:db8::1'));
  expect(countedAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(countedAddress('192.0.2.1')).toBe('192.0.2.1');
});
