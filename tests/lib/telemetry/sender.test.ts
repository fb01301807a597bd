import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { TelemetrySender } from '#lib/telemetry/sender';
import type { Snapshot } from '#lib/telemetry/snapshot';
import { eventually } from '../../setup/eventually.ts';

const KEY = 'service-role-key';

interface Write {
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly notes: string;
}

/** What PostgREST was sent, in the order in which it came. */
const writes: Write[] = [];
/** Those that wait for an answer. */
const open: ServerResponse[] = [];
let atOnceMost = 0;
let said: string[] = [];
let behave: (response: ServerResponse) => void;

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const { url, headers } = request;
    writes.push({ url, headers, notes: (JSON.parse(text) as Snapshot).notes });
    open.push(response);
    atOnceMost = Math.max(atOnceMost, open.length);
    response.once('close', () => open.splice(open.indexOf(response), 1));
    behave(response);
  });
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const log = createLog('info', { write: (line) => void said.push(line) });
const answer = (status: number) => (response: ServerResponse) => void response.writeHead(status).end();
const hang = (): void => {};
let sender: TelemetrySender;
const make = (options: { timeoutMs?: number; retryMs?: number } = {}): TelemetrySender =>
  (sender = new TelemetrySender({ url: `${url}/`, serviceRoleKey: KEY, ...options }, log));

const snapshot = (notes: string): Snapshot => ({
  subsystem: 'alphapy',
  label: 'Alphapy',
  status: 'operational',
  uptime_seconds: 1,
  throughput_per_minute: 0,
  error_rate: 0,
  latency_p50: 0,
  latency_p95: 0,
  last_updated: '2026-12-01T09:00:00.000Z',
  computed_at: '2026-12-01T09:00:00.000Z',
  notes,
});
const order = (): string[] => writes.map(({ notes }) => notes);

beforeEach(() => {
  writes.length = 0;
  atOnceMost = 0;
  said = [];
  behave = answer(201);
});
afterEach(() => sender.close());

test('a snapshot takes the place of the last one, in the schema of the telemetry', async () => {
  make().send(snapshot('1'));
  await eventually(() => expect(writes).toHaveLength(1));
  expect(writes[0]).toMatchObject({
    url: '/rest/v1/subsystem_snapshots?on_conflict=subsystem',
    headers: {
      apikey: KEY,
      authorization: `Bearer ${KEY}`,
      'content-profile': 'telemetry',
      prefer: 'resolution=merge-duplicates,return=minimal',
    },
  });
});

test('one that failed is tried again, and the failure is said once', async () => {
  behave = answer(500);
  make({ retryMs: 20 }).send(snapshot('1'));
  await eventually(() => expect(writes.length).toBeGreaterThan(2));
  behave = answer(201);
  await eventually(() => expect(said).toHaveLength(2));
  const count = writes.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(writes).toHaveLength(count);
  expect(new Set(order())).toEqual(new Set(['1']));
  expect(said[0]).toContain('status 500');
  expect(said[1]).toContain('written again');
  expect(said.join()).not.toContain(KEY);
});

test('of those that come while one is being written only the newest is written, and after it', async () => {
  behave = hang;
  make().send(snapshot('1'));
  await eventually(() => expect(open).toHaveLength(1));
  for (const notes of ['2', '3', '4']) sender.send(snapshot(notes));
  behave = answer(201);
  answer(201)(open[0] as ServerResponse);
  await eventually(() => expect(order()).toEqual(['1', '4']));
  expect(atOnceMost).toBe(1);
});

test('one that failed does not come after a newer one', async () => {
  behave = hang;
  make({ retryMs: 20 }).send(snapshot('old'));
  await eventually(() => expect(open).toHaveLength(1));
  sender.send(snapshot('new'));
  behave = answer(201);
  answer(503)(open[0] as ServerResponse);
  await eventually(() => expect(order()).toEqual(['old', 'new']));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(order()).toEqual(['old', 'new']);
});

test('a newer one does not wait until a failed one is tried again, and takes its place', async () => {
  behave = answer(500);
  make({ retryMs: 60_000 }).send(snapshot('1'));
  await eventually(() => expect(said).toHaveLength(1));
  behave = answer(201);
  sender.send(snapshot('2'));
  await eventually(() => expect(said).toHaveLength(2));
  expect(order()).toEqual(['1', '2']);
});

test('one without an answer is given up', async () => {
  behave = hang;
  make({ timeoutMs: 50, retryMs: 60_000 }).send(snapshot('1'));
  await eventually(() => expect(said).toHaveLength(1));
  expect(said[0]).toContain('TimeoutError');
  await eventually(() => expect(open).toHaveLength(0));
});

test('a stop waits for nothing, and nothing comes after it', async () => {
  behave = hang;
  make({ retryMs: 1 }).send(snapshot('1'));
  await eventually(() => expect(open).toHaveLength(1));
  sender.send(snapshot('2'));
  sender.close();
  await eventually(() => expect(open).toHaveLength(0));
  sender.send(snapshot('3'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(order()).toEqual(['1']);
  expect(said).toEqual([]);
});
