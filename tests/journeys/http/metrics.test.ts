import { describe, expect, test } from 'vitest';
import { MINUTE_MS, useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { plantTown } from '../town.ts';

const TOKEN = 'a-token-of-at-least-24-characters';
const world = useBot({ config: { http: { ...HTTP, metricsToken: TOKEN } } });

/** Every line of the metrics by its name and labels. */
async function read(): Promise<ReadonlyMap<string, number>> {
  const response = await ask(world, '/metrics');
  expect(response.status).toBe(200);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

type Read = Awaited<ReturnType<typeof read>>;

const difference =
  (before: Read, after: Read) =>
  (name: string): number =>
    (after.get(name) ?? 0) - (before.get(name) ?? 0);

describe('who may read them', () => {
  test.each([
    ['this machine', {}, 200],
    ['whoever has the token', { Authorization: `Bearer ${TOKEN}`, 'X-Forwarded-For': '198.51.100.7' }, 200],
    ['nobody else with a proxy of this machine before them', { 'X-Forwarded-For': '127.0.0.1' }, 403],
    ['nor with another header of a proxy', { Forwarded: 'for=127.0.0.1' }, 403],
    ['nobody with a wrong token', { Authorization: `Bearer ${TOKEN}s` }, 403],
    ['nobody with an empty one', { Authorization: 'Bearer ' }, 200],
  ])('%s', async (_who, headers: Record<string, string>, status) => {
    expect((await ask(world, '/metrics', { headers })).status).toBe(status);
  });

  test('in Prometheus’ format, and not kept anywhere', async () => {
    const response = await ask(world, '/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('a scraper each second is not refused', async () => {
    const statuses = new Set<number>();
    for (let second = 0; second < 60; second += 1) statuses.add((await ask(world, '/metrics')).status);
    expect([...statuses]).toEqual([200]);
  });
});

test('a member’s command is acknowledged and counted', async () => {
  const { mia } = plantTown(world());
  const before = await read();
  await mia.runs('/reminder_list');
  const after = await read();
  const more = difference(before, after);
  expect(more('alphapy_interaction_acknowledgement_seconds_count{kind="command"}')).toBe(1);
  expect(more('alphapy_interaction_acknowledgement_seconds_bucket{le="3",kind="command"}')).toBe(1);
  expect(more('alphapy_gateway_events_total{type="INTERACTION_CREATE"}')).toBe(1);
  expect(
    more('alphapy_discord_requests_total{method="POST",route="/interactions/:id/:id/callback",status="2xx"}'),
  ).toBe(1);
  expect(after.get('alphapy_gateway_ready')).toBe(1);
  expect(after.get('alphapy_guilds')).toBe(1);
});

test('a reminder that is sent is counted with how late it was', async () => {
  const { mia } = plantTown(world());
  const before = await read();
  await mia.runs('/add_reminder', { name: 'Quiz', time: 'in 5 minutes', channel: 'events' });
  await world().advance(6 * MINUTE_MS);
  const after = await read();
  const more = difference(before, after);
  expect(more('alphapy_reminder_deliveries_total{result="sent"}')).toBe(1);
  expect(more('alphapy_reminder_lateness_seconds_bucket{le="300"}')).toBe(1);
  expect(more('alphapy_task_runs_total{task="reminder-delivery",result="done"}')).toBeGreaterThan(0);
});

test('requests are counted by their route, and paths that are none together', async () => {
  await ask(world, '/livez');
  await ask(world, '/livez', { method: 'DELETE' });
  await ask(world, `/a-${Math.random()}`);
  await ask(world, `/b-${Math.random()}`, { method: 'PROPFIND' });
  const metrics = await read();
  const count = (method: string, route: string, status: number): number | undefined =>
    metrics.get(`alphapy_http_requests_total{method="${method}",route="${route}",status="${status}"}`);
  expect(count('GET', '/livez', 200)).toBe(1);
  expect(count('DELETE', 'unknown', 405)).toBe(1);
  expect(count('GET', 'unknown', 404)).toBe(1);
  expect(count('other', 'unknown', 404)).toBe(1);
  expect(count('GET', '/metrics', 403)).toBe(3);
});

test('what the database and its queues hold is there', async () => {
  const metrics = await read();
  expect(metrics.get('alphapy_due{kind="reminders"}')).toBe(0);
  expect(metrics.get('alphapy_reminder_oldest_due_seconds')).toBe(0);
  expect(metrics.get('alphapy_database_connections{state="waiting"}')).toBe(0);
  expect(metrics.get('alphapy_queue_jobs{queue="tasks",state="failed"}')).toBe(0);
  expect(metrics.get('alphapy_nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect([...metrics.keys()].filter((name) => name.startsWith('alphapy_build_info'))).toHaveLength(1);
});

test('no label names a guild, a channel, a person or a token', async () => {
  const text = await (await ask(world, '/metrics')).text();
  expect(text).not.toMatch(/(?<![\d.])\d{15,}/);
  expect(text).not.toContain(world().sandbox.token);
});
