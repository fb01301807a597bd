import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Client, TextChannel } from 'discord.js';
import { RESTEvents, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ZodError } from 'zod';
import { CATALOGUE, REQUEST_FAULTS } from '../../sandbox/faults/catalogue.ts';
import type { FaultOrderInput, RequestOrderInput } from '../../sandbox/faults/order.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import {
  missingAccess,
  missingPermissions,
  unauthorized,
  unknownChannel,
  unknownMessage,
} from '../../sandbox/rest/errors.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
const bots: Client[] = [];

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild(HOME);
});
afterEach(async () => {
  expectNoViolations(sandbox);
  await Promise.all(bots.splice(0).map((bot) => bot.destroy()));
  await sandbox.close();
});

const messagesOf = (channel: string): string => `/channels/${guild.channel(channel).id}/messages`;
const post = (channel = 'general') => send(sandbox, 'POST', messagesOf(channel), { content: 'hi' });
const texts = () => guild.owner.sees('general').map(({ text }) => text);
const isOver = () => expect(sandbox.faults.pending).toEqual([]);

describe('the catalogue', () => {
  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(CATALOGUE))).toEqual(CATALOGUE);
    const names = CATALOGUE.flatMap(({ faults }) => faults.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test('answers as the sandbox itself, and so Discord, would', () => {
    const blowOf = (wanted: string) => REQUEST_FAULTS.find(({ name }) => name === wanted)?.blow;
    for (const [name, error] of [
      ['401', unauthorized()],
      ['403', missingPermissions()],
      ['403 missing access', missingAccess()],
      ['404', unknownChannel()],
      ['404 unknown message', unknownMessage()],
    ] as const)
      expect(blowOf(name)).toEqual({ kind: 'refused', status: error.status, ...error.body });
  });

  test.each([
    ['an unknown fault', { fault: '418' }],
    ['no pattern', { fault: '500', on: 'channels' }],
    ['a pattern of another kind', { fault: 'lost events', on: 'message create' }],
    ['never', { fault: '500', times: 0 }],
    ['for ever', { fault: '500', forMs: Number.POSITIVE_INFINITY }],
    ['more than a category takes', { fault: 'full category', guildId: '1', channels: 51 }],
    ['an unknown permission', { fault: 'permission revoked', guildId: '1', permission: 'Fly' }],
  ])('takes no order for %s', (_name, order) => {
    expect(() => sandbox.faults.switchOn(order as FaultOrderInput)).toThrow(ZodError);
    isOver();
  });

  test('takes no order for a server that is not there', () => {
    const order = { fault: 'server unavailable', guildId: '1' } as const;
    expect(() => sandbox.faults.switchOn(order)).toThrow('no such server');
    isOver();
  });
});

describe('a request that is struck', () => {
  const refusals = REQUEST_FAULTS.flatMap(({ name, blow }) =>
    blow.kind === 'refused' ? [[name, blow.status, blow.code] as const] : [],
  );
  test.each(refusals)('%s: is refused once and not carried out', async (fault, status, code) => {
    sandbox.faults.switchOn({ fault, on: 'messages' });
    const answer = await post();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(status).toBe(Number(fault.slice(0, 3)));
    expect(texts()).toEqual([]);
    isOver();
    expect((await post()).status).toBe(200);
  });

  test.each([
    ['429', false],
    ['429 for all routes', true],
  ] as const)('%s: discord.js waits as long as it is told to', async (fault, global) => {
    const bot = await startBot(sandbox);
    bots.push(bot);
    const before = sandbox.requests.length;
    sandbox.faults.switchOn({ fault, on: 'messages', waitMs: 1000 });
    const refused = once(bot.rest, RESTEvents.Response);
    const sent = (bot.channels.cache.get(guild.channel('general').id) as TextChannel).send('hi');
    await refused;
    // The client takes notice of the answer first.
    await setImmediate();
    await Promise.all([sent, bot.rest.get(Routes.user())]);
    expect(texts()).toEqual(['hi']);
    const made = sandbox.requests.slice(before);
    const firstAt = made[0]?.at.getTime() ?? 0;
    const waited = (method: string): boolean =>
      (made.findLast((one) => one.method === method)?.at.getTime() ?? 0) - firstAt >= 990;
    expect([waited('POST'), waited('GET')]).toEqual([true, global]);
  });

  test.each([
    ['500', 1],
    ['502', 2],
    ['reset', 1],
  ] as const)('%s: discord.js tries again, and the message is there once', async (fault, times) => {
    const bot = await startBot(sandbox);
    bots.push(bot);
    const struck = vi.fn<() => void>();
    sandbox.faults.switchOn({ fault, on: 'messages', times }, struck);
    await (bot.channels.cache.get(guild.channel('general').id) as TextChannel).send('hi');
    expect(struck).toHaveBeenCalledTimes(times);
    expect(texts()).toEqual(['hi']);
  });

  test('401: discord.js forgets its token', async () => {
    const bot = await startBot(sandbox);
    bots.push(bot);
    sandbox.faults.switchOn({ fault: '401', on: 'messages' });
    const channel = bot.channels.cache.get(guild.channel('general').id) as TextChannel;
    await expect(channel.send('hi')).rejects.toMatchObject({ status: 401 });
    await expect(channel.send('hi')).rejects.toThrow(/token/);
    expect(texts()).toEqual([]);
  });

  test.each([
    ['timeout', 0, /timeout/],
    ['timeout after accepting', 1, /timeout/],
    ['reset', 0, /fetch failed/],
  ] as const)('%s: there is no answer', async (fault, carriedOut, error) => {
    sandbox.faults.switchOn({ fault, on: 'messages' });
    const over: (number | null)[] = [];
    sandbox.onRequest(({ status }) => over.push(status));
    const asked = fetch(`${sandbox.apiUrl}/v10${messagesOf('general')}`, {
      method: 'POST',
      headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'lost?' }),
      signal: AbortSignal.timeout(200),
    });
    await expect(asked).rejects.toThrow(error);
    expect(texts()).toHaveLength(carriedOut);
    expect(over).toEqual([null]);
  });

  test('slow: the answer comes later and is as usual', async () => {
    sandbox.faults.switchOn({ fault: 'slow', on: 'messages', waitMs: 300 });
    const begun = performance.now();
    expect((await post()).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(290);
  });
});

describe('which requests', () => {
  const made = async (order: Omit<RequestOrderInput, 'fault'>): Promise<string[]> => {
    sandbox.faults.switchOn({ fault: '500', times: 'every', ...order });
    const general = guild.channel('general').id;
    const mia = guild.member('mia').id;
    const asked: [string, string, unknown?][] = [
      ['POST', messagesOf('general'), { content: 'hi' }],
      ['POST', messagesOf('plain'), { content: 'ho' }],
      ['GET', messagesOf('general')],
      ['PATCH', `/channels/${general}`, { topic: 'news' }],
      ['POST', `/guilds/${guild.id}/channels`, { name: 'new' }],
      ['PUT', `/guilds/${guild.id}/members/${mia}/roles/${guild.role('Fans').id}`],
      ['GET', `/applications/${sandbox.applicationId}/commands`],
    ];
    const names = ['general', 'plain', 'history', 'topic', 'channel', 'role', 'commands'];
    const struck: string[] = [];
    for (const [index, [method, path, body]] of asked.entries()) {
      const { status } = await send(sandbox, method, path, body);
      if (status === 500) struck.push(names[index] ?? '');
    }
    return struck;
  };
  const cases: [string, () => Omit<RequestOrderInput, 'fault'>, string[]][] = [
    ['all', () => ({}), ['general', 'plain', 'history', 'topic', 'channel', 'role', 'commands']],
    ['messages', () => ({ on: 'messages' }), ['general', 'plain']],
    ['reading', () => ({ on: 'reading' }), ['history', 'commands']],
    ['channels', () => ({ on: ['channel changes', 'channel creation'] }), ['topic', 'channel']],
    ['roles', () => ({ on: 'role changes' }), ['role']],
    ['commands', () => ({ on: 'commands' }), ['commands']],
    ['one channel', () => ({ on: `POST ${messagesOf('plain')}` }), ['plain']],
    ['a pattern', () => ({ on: '* /channels/*/**' }), ['general', 'plain', 'history', 'topic']],
    ['a text', () => ({ containing: '"ho"' }), ['plain']],
    ['none', () => ({ on: [] }), []],
  ];
  test.each(cases)('%s', async (_name, order, expected) => {
    expect(await made(order())).toEqual(expected);
  });
});

describe('for how long', () => {
  test('a number of times', async () => {
    sandbox.faults.switchOn({ fault: '503', on: 'messages', times: 2 });
    expect((await post()).status).toBe(503);
    expect(sandbox.faults.pending).toMatchObject([{ left: 1, struck: 1, endsAt: null }]);
    expect((await post()).status).toBe(503);
    isOver();
    expect((await post()).status).toBe(200);
  });

  test('a time, by the real clock', async () => {
    sandbox.faults.switchOn({ fault: '503', on: 'messages', forMs: 500 });
    const [fault] = sandbox.faults.pending;
    expect(fault?.left).toBeNull();
    expect(Date.parse(fault?.endsAt ?? '') - Date.now()).toBeLessThanOrEqual(500);
    expect((await post()).status).toBe(503);
    await eventually(isOver);
    expect((await post()).status).toBe(200);
  });

  test('until it is switched off', async () => {
    const id = sandbox.faults.switchOn({ fault: '503', on: 'messages', times: 'every' });
    for (let count = 1; count <= 3; count += 1) expect((await post()).status).toBe(503);
    expect(sandbox.faults.pending).toMatchObject([{ id, left: null, struck: 3 }]);
    expect(sandbox.faults.switchOff(id)).toBe(true);
    expect(sandbox.faults.switchOff(id)).toBe(false);
    expect((await post()).status).toBe(200);
  });

  test('of two the older one strikes first', async () => {
    sandbox.faults.switchOn({ fault: '403', on: 'messages' });
    sandbox.faults.switchOn({ fault: '404' });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([403, 404, 200]);
  });
});
