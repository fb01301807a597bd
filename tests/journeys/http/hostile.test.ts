import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';

const KEY = 'a-service-key-of-this-test';
const world = useBot({ config: { http: { ...HTTP, serviceKey: KEY } } });

/** Sends bytes as they are, and gives all that comes back until the other side ends. */
async function speak(...pieces: readonly string[]): Promise<string> {
  const { http } = world().bot;
  const socket = net.connect(http?.port ?? 0, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

const head = (line: string, ...headers: string[]): string =>
  [line, 'Host: localhost', ...headers, '', ''].join('\r\n');

test.each([
  '/../../etc/passwd',
  '/livez/../livez',
  '/%2e%2e/livez',
  '/livez%00',
  '/livez%0d%0aSet-Cookie:%20a=b',
  '//livez',
  '/%',
  '/a%2Fb',
])('nothing is at %s', async (path) => {
  const answer = await speak(head(`GET ${path} HTTP/1.1`, 'Connection: close'));
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).not.toContain('Set-Cookie');
});

test('an absolute address, a star and a method nobody knows are refused', async () => {
  expect(await speak(head('GET http://evil.example/livez HTTP/1.1', 'Connection: close'))).toMatch(
    /^HTTP\/1\.1 404 /,
  );
  expect(await speak(head('OPTIONS * HTTP/1.1', 'Connection: close'))).toMatch(/^HTTP\/1\.1 404 /);
  expect(await speak(head('BREW /livez HTTP/1.1', 'Connection: close'))).toMatch(/^HTTP\/1\.1 400 /);
});

test('two requests cannot be smuggled into one', async () => {
  const answer = await speak(
    head('POST /livez HTTP/1.1', 'Content-Length: 4', 'Transfer-Encoding: chunked', 'Connection: close'),
    '0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('a request id that is no id is not taken on', async () => {
  for (const id of ['short', 'a b c d e f g h', 'x'.repeat(65), 'ünïcödé-id']) {
    const answer = await speak(head('GET /livez HTTP/1.1', `X-Request-Id: ${id}`, 'Connection: close'));
    expect(answer).toMatch(/x-request-id: [\da-f]{8}-[\da-f-]{27}\r\n/i);
  }
});

test('headers of more than 16 kB are refused', async () => {
  expect(await speak(head('GET /livez HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`))).toMatch(
    /^HTTP\/1\.1 431 /,
  );
});

test('whoever sends slowly is not waited for', { timeout: 40_000 }, async () => {
  const begun = performance.now();
  const answer = await speak('GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test('the limit counts for an address, whatever it writes into X-Forwarded-For, and every answer says what is left', async () => {
  const statuses: number[] = [];
  const waits: number[] = [];
  for (let turn = 0; turn < 40; turn += 1) {
    const response = await ask(world, '/nowhere', { headers: { 'X-Forwarded-For': `198.51.100.${turn}` } });
    statuses.push(response.status);
    expect(response.headers.get('ratelimit-limit')).toBe('30');
    waits.push(response.status === 429 ? Number(response.headers.get('retry-after')) : 1);
  }
  expect(statuses).toContain(429);
  expect(Math.min(...waits)).toBeGreaterThan(0);
  expect((await ask(world, '/livez')).status).toBe(200);
});
