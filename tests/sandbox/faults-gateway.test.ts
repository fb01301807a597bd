import { once } from 'node:events';
import type { APIMessage, Client } from 'discord.js';
import { Events, GatewayDispatchEvents } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FaultOrderInput } from '../../sandbox/faults/order.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let client: Client<true>;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'Home', owner: 'olivia', members: ['mia'] });
  client = await startBot(sandbox);
});
afterEach(async () => {
  await client.destroy();
  await sandbox.close();
});

/** What the bot hears of people who write and of channels that are made, in order. */
function heard(): string[] {
  const found: string[] = [];
  client.ws.on(GatewayDispatchEvents.MessageCreate, ({ content }: APIMessage) => found.push(content));
  client.on(Events.ChannelCreate, ({ name }) => found.push(`#${name}`));
  return found;
}

const writes = (...contents: string[]): void => {
  for (const content of contents) guild.member('mia').writes('general', content);
};

type LostEvents = Extract<FaultOrderInput, { fault: 'lost events' }>;

describe('lost events', () => {
  const cases: [string, Omit<LostEvents, 'fault'>, string[]][] = [
    ['the next one', {}, ['#two', 'three', 'four']],
    ['the next two', { times: 2 }, ['three', 'four']],
    ['messages', { on: 'messages', times: 2 }, ['#two', 'four']],
    ['by the name of the event', { on: 'CHANNEL_CREATE', times: 'every' }, ['one', 'three', 'four']],
    ['by the beginning of the name', { on: 'MESSAGE_*', times: 'every' }, ['#two']],
  ];
  test.each(cases)('%s', async (_name, order, expected) => {
    const found = heard();
    sandbox.faults.switchOn({ fault: 'lost events', ...order });
    writes('one');
    guild.createChannel({ name: 'two' });
    writes('three', 'four');
    sandbox.faults.clear();
    writes('end');
    await eventually(() => expect(found.at(-1)).toBe('end'));
    expect(found).toEqual([...expected, 'end']);
  });

  test('all for a time', async () => {
    const found = heard();
    sandbox.faults.switchOn({ fault: 'lost events', forMs: 300 });
    writes('one', 'two');
    await eventually(() => expect(sandbox.faults.pending).toEqual([]));
    writes('end');
    await eventually(() => expect(found).toEqual(['end']));
  });

  test('a resumed session does not catch up on them', async () => {
    const found = heard();
    const resumed = once(client, Events.ShardResume);
    sandbox.faults.switchOn({ fault: 'close' });
    sandbox.faults.switchOn({ fault: 'lost events' });
    writes('lost', 'caught up');
    await resumed;
    await eventually(() => expect(found).toEqual(['caught up']));
  });

  test('what the bot would not have got is not one of them', () => {
    sandbox.faults.switchOn({ fault: 'lost events' });
    guild.setOverwrite('general', { role: '@everyone', deny: ['ViewChannel'] });
    expect(sandbox.faults.pending).toEqual([]);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ViewChannel'] });
    sandbox.faults.switchOn({ fault: 'lost events' });
    guild.owner.writes('general', 'hidden from the bot');
    expect(sandbox.faults.pending).toMatchObject([{ left: 1 }]);
  });
});

test('heartbeats that are not acknowledged', async () => {
  const { port } = new URL(sandbox.url);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/gateway`);
  const frames: number[] = [];
  socket.on('message', (data: Buffer) =>
    frames.push((JSON.parse(data.toString('utf8')) as { op: number }).op),
  );
  await once(socket, 'open');
  const beat = (): void => socket.send(JSON.stringify({ op: 1, d: null }));
  sandbox.faults.switchOn({ fault: 'unanswered heartbeats', times: 2 });
  beat();
  beat();
  await eventually(() => expect(sandbox.faults.pending).toEqual([]));
  expect(frames).toEqual([10]);
  beat();
  await eventually(() => expect(frames).toEqual([10, 11]));
  socket.close();
});

test('a session that may be resumed is resumed', { timeout: 20_000 }, async () => {
  const found = heard();
  const resumed = once(client, Events.ShardResume);
  expect(sandbox.faults.switchOn({ fault: 'invalid session to resume' })).toBeNull();
  writes('meanwhile');
  await resumed;
  await eventually(() => expect(found).toEqual(['meanwhile']));
});

test('an outage of the server ends by itself, and only with the last of two', async () => {
  const events: string[] = [];
  client.on(Events.GuildUnavailable, () => events.push('unavailable'));
  client.on(Events.GuildAvailable, () => events.push('available'));
  const outage = { fault: 'server unavailable', guildId: guild.id } as const;
  const first = sandbox.faults.switchOn(outage);
  sandbox.faults.switchOn({ ...outage, forMs: 300 });
  sandbox.faults.switchOff(first);
  expect(guild.record.available).toBe(false);
  await eventually(() => expect(events).toEqual(['unavailable', 'available']));
  expect(sandbox.faults.pending).toEqual([]);
});
