import { describe, expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';

const world = useBot({ config: { http: { ...HTTP, allowedOrigins: ['https://app.example'] } } });

test('the process says that it lives', async () => {
  const response = await ask(world, '/livez');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('what is not there is a problem with an id', async () => {
  const response = await ask(world, '/nothing', { headers: { 'X-Request-Id': 'given-by-proxy' } });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is nothing at this address.',
    request_id: 'given-by-proxy',
  });
});

test('another method is refused and the right ones are named', async () => {
  const response = await ask(world, '/livez', { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET');
});

describe('origins', () => {
  test('one that the host named may read the answer, a refusal too', async () => {
    const response = await ask(world, '/nothing', { headers: { Origin: 'https://app.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });

  test('another one may not', async () => {
    const response = await ask(world, '/livez', { headers: { Origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
