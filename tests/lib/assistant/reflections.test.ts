import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweredQuestion } from '#lib/assistant/deps';
import { Reflections } from '#lib/assistant/reflections';
import { createLog } from '#lib/logging/logger';
import { MovableClock } from '#lib/time/clock';
import { eventually } from '../../setup/eventually.ts';

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly key: unknown;
  readonly body: unknown;
}

const KEY = 'service-role-key';
const requests: Request[] = [];
let said: string[] = [];
let behave: (request: IncomingMessage, response: ServerResponse) => void;

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const { method, url, headers } = request;
    requests.push({ method, url, key: headers['apikey'], body: text === '' ? null : JSON.parse(text) });
    behave(request, response);
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
const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
const make = (timeoutMs = 5_000) =>
  new Reflections({ url: `${url}/`, serviceRoleKey: KEY, timeoutMs }, log, clock);

const checkIn: AnsweredQuestion = {
  profile: 'growth-check-in',
  userId: '42',
  quotes: [
    { from: 'goal', text: 'run' },
    { from: 'obstacle', text: 'my secret' },
    { from: 'feeling', text: 'sad' },
  ],
  answer: 'You want to run.',
};

const linked = (request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('content-type', 'application/json');
  response.writeHead(request.method === 'GET' ? 200 : 201);
  response.end(request.method === 'GET' ? '[{"user_id":"uuid-1"}]' : '');
};

beforeEach(() => {
  requests.length = 0;
  said = [];
  behave = linked;
});

describe('an answer is kept for a linked profile', () => {
  test('a check-in as a reflection', async () => {
    make().keep(checkIn);
    await eventually(() => expect(requests).toHaveLength(2));
    expect(requests).toEqual([
      {
        method: 'GET',
        url: '/rest/v1/profiles?select=user_id&limit=1&discord_id=eq.42',
        key: KEY,
        body: null,
      },
      {
        method: 'POST',
        url: '/rest/v1/reflections',
        key: KEY,
        body: {
          user_id: 'uuid-1',
          date: '2026-12-01',
          reflection: 'goal: run\nobstacle: my secret\nfeeling: sad',
          future_message: 'You want to run.',
        },
      },
    ]);
  });

  test.each([
    ['learn-topic', [{ from: 'question', text: 'burnout' }], ['learn_topic', 'burnout']],
    [
      'caption',
      [
        { from: 'topic', text: 'tea' },
        { from: 'style', text: 'formal' },
      ],
      ['content', 'formal'],
    ],
    ['leader-help', [{ from: 'question', text: 'who?' }], ['leadership']],
  ])('%s as an insight', async (profile, quotes, tags) => {
    make().keep({ profile, userId: '42', quotes, answer: 'Yes.' });
    await eventually(() => expect(requests).toHaveLength(2));
    expect(requests[1]).toMatchObject({
      url: '/rest/v1/insights',
      body: { user_id: 'uuid-1', summary: 'Yes.', source: 'alphapy', tags },
    });
  });
});

test('nothing is kept for whoever has no profile there, nor of what staff ask', async () => {
  behave = (_request, response) => response.end('[]');
  make().keep(checkIn);
  make().keep({ ...checkIn, profile: 'suggest-reply' });
  await eventually(() => expect(requests).toHaveLength(1));
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  expect(requests).toHaveLength(1);
  expect(said).toEqual([]);
});

test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
  ['refuses', (_request, response) => response.writeHead(401).end('my secret')],
  ['says no JSON', (_request, response) => response.end('<html>')],
  ['says something else', (_request, response) => response.end('{"user_id":1}')],
  ['hangs up', (_request, response) => response.destroy()],
  ['says nothing', () => {}],
  ['sends elsewhere', (_request, response) => response.writeHead(307, { location: `${url}/other` }).end()],
])('one that %s is named in the log, without a word of it', async (_name, behaviour) => {
  behave = behaviour;
  make(200).keep(checkIn);
  await eventually(() => expect(said).toHaveLength(1));
  expect(said.join('')).not.toMatch(/my secret|You want|service-role|"42"/);
  expect(requests).toHaveLength(1);
});

test('of very many at once some are left out, and afterwards there is room again', async () => {
  behave = () => {};
  const reflections = make();
  for (let index = 0; index < 25; index += 1) reflections.keep(checkIn);
  expect(said).toHaveLength(5);
  reflections.close();
  await eventually(() => expect(said).toHaveLength(25));
});
