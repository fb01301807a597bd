import { Events, GatewayDispatchEvents, GatewayIntentBits as Intent } from 'discord.js';
import type { APIMessage, Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
const bots: Client[] = [];

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({
    name: 'Home',
    owner: 'olivia',
    members: ['mia'],
    channels: [
      { name: 'general' },
      { name: 'hidden', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
    ],
  });
});
afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.destroy()));
  await sandbox.close();
});

async function bot(intents?: Intent[]): Promise<Client<true>> {
  const client = await startBot(sandbox, intents);
  bots.push(client);
  return client;
}

/** The messages that the gateway sends to a client, in order; the client itself would hide one that came twice. */
function heard(client: Client): string[] {
  const texts: string[] = [];
  client.ws.on(GatewayDispatchEvents.MessageCreate, ({ content }: APIMessage) => texts.push(content));
  return texts;
}

test('a bot logs in and knows its guilds', async () => {
  const client = await bot();
  expect(client.user.username).toBe('alphapy');
  expect(client.application.flags.has('GatewayMessageContentLimited')).toBe(true);
  const home = client.guilds.cache.get(guild.id);
  expect(home?.channels.cache.map(({ name }) => name)).toEqual(['general', 'hidden']);
  expect(home?.members.me?.permissions.has('ManageRoles')).toBe(true);
  // Without the presence intent Discord sends the bot alone.
  expect([home?.memberCount, home?.members.cache.size]).toEqual([3, 1]);
  const members = await home?.members.fetch();
  expect(members?.map(({ user }) => user.username).sort()).toEqual(['alphapy', 'mia', 'olivia']);
  expect((await home?.members.fetch({ query: 'mi', limit: 5 }))?.size).toBe(1);
  expect(sandbox.violations).toEqual([]);
});

describe('a login is refused with', () => {
  const closeCode = (payload: object): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(
        `${sandbox.apiUrl.replace('http', 'ws').replace('/api', '/gateway')}?v=10&encoding=json`,
      );
      socket.on('close', resolve);
      socket.on('message', (data: Buffer) => {
        if (data.toString().includes('"op":10')) socket.send(JSON.stringify(payload));
      });
    });
  const identify = (token: string, intents: number) => ({ op: 2, d: { token, intents, properties: {} } });

  test.each([
    ['4004 for a wrong token', () => identify('wrong', 0), 4004],
    ['4013 for an intent that does not exist', () => identify(sandbox.token, 1 << 30), 4013],
    ['4014 for an intent that is not granted', () => identify(sandbox.token, Intent.MessageContent), 4014],
    ['4003 for anything before it', () => ({ op: 8, d: { guild_id: guild.id, query: '', limit: 0 } }), 4003],
    ['4001 for nonsense', () => ({ op: 99 }), 4001],
  ])('%s', async (_name, payload, code) => {
    sandbox.world.application.flags = 0;
    expect(await closeCode(payload())).toBe(code);
  });
});

describe('intents', () => {
  test.each([
    [
      'messages and contents',
      [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent],
      ['hello', 'hi @bot'],
    ],
    ['messages without contents', [Intent.Guilds, Intent.GuildMessages], ['', 'hi @bot']],
    ['no messages', [Intent.Guilds, Intent.MessageContent], []],
  ])('%s', async (_name, intents, expected) => {
    const client = await bot(intents);
    const texts = heard(client);
    const done = new Promise((resolve) => client.once(Events.ChannelCreate, resolve));
    guild.member('mia').writes('hidden', 'not for the bot');
    guild.member('mia').writes('general', 'hello');
    guild.member('mia').writes('general', `hi <@${client.user.id}>`);
    guild.createChannel({ name: 'end' });
    await done;
    expect(texts.map((text) => text.replace(`<@${client.user.id}>`, '@bot'))).toEqual(expected);
  });

  test('members joining, changing and leaving need their intent', async () => {
    const events: string[] = [];
    const watch = (name: string, client: Client) => {
      client.on(Events.GuildMemberAdd, () => events.push(`${name}: joined`));
      client.on(Events.GuildMemberRemove, () => events.push(`${name}: left`));
    };
    watch('with', await bot([Intent.Guilds, Intent.GuildMembers]));
    watch('without', await bot([Intent.Guilds]));
    guild.leave(guild.join('sam'));
    await eventually(() => expect(events).toEqual(['with: joined', 'with: left']));
  });

  test('a direct message is read without the content intent', async () => {
    const client = await bot([Intent.Guilds, Intent.DirectMessages]);
    const mia = await client.users.fetch(guild.member('mia').id);
    await mia.createDM();
    const texts = heard(client);
    guild.member('mia').writes('dm', 'between us');
    await eventually(() => expect(texts).toEqual(['between us']));
  });
});

describe('a lost connection', () => {
  const resumed = (client: Client) => new Promise((resolve) => client.once(Events.ShardResume, resolve));

  test.each([
    ['cut', 'close'],
    ['asked to reconnect', 'reconnect'],
  ] as const)('is resumed when %s, and nothing is missed or doubled', async (_name, fault) => {
    const client = await bot();
    const texts = heard(client);
    guild.member('mia').writes('general', 'before');
    await eventually(() => expect(texts).toEqual(['before']));
    const back = resumed(client);
    sandbox.faults.switchOn({ fault });
    guild.member('mia').writes('general', 'meanwhile');
    await back;
    guild.member('mia').writes('general', 'afterwards');
    await eventually(() => expect(texts).toEqual(['before', 'meanwhile', 'afterwards']));
    expect(sandbox.connectedSessions).toBe(1);
  });

  test('starts anew after an invalid session', { timeout: 20_000 }, async () => {
    const client = await bot();
    const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    sandbox.faults.switchOn({ fault: 'invalid session' });
    await ready;
    const texts = heard(client);
    guild.member('mia').writes('general', 'hello again');
    await eventually(() => expect(texts).toEqual(['hello again']));
    expect(sandbox.connectedSessions).toBe(1);
  });
});

test('an outage of a guild is no farewell', async () => {
  const client = await bot();
  const events: string[] = [];
  client.on(Events.GuildUnavailable, () => events.push('unavailable'));
  client.on(Events.GuildAvailable, () => events.push('available'));
  client.on(Events.GuildDelete, () => events.push('gone'));
  client.on(Events.GuildCreate, () => events.push('joined'));
  sandbox.faults.switchOn({ fault: 'server unavailable', guildId: guild.id });
  guild.member('mia').writes('general', 'unheard');
  sandbox.faults.clear();
  guild.kickBot();
  guild.inviteBot();
  await eventually(() => expect(events).toEqual(['unavailable', 'available', 'gone', 'joined']));
});

test('what the owner changes reaches the bot', async () => {
  const client = await bot();
  const home = client.guilds.cache.get(guild.id);
  const role = guild.createRole({ name: 'New', permissions: ['ManageGuild'], members: ['mia'] });
  guild.setOverwrite('general', { role: 'New', deny: ['SendMessages'] });
  guild.deleteChannel('hidden');
  await eventually(() => {
    expect(home?.roles.cache.get(role.id)?.permissions.has('ManageGuild')).toBe(true);
    expect(home?.roles.cache.get(guild.role('Alphapy').id)?.position).toBe(guild.role('Alphapy').position);
    expect(home?.members.cache.get(guild.member('mia').id)?.roles.cache.has(role.id)).toBe(true);
    expect(home?.channels.cache.get(guild.channel('general').id)).toMatchObject({
      permissionOverwrites: { cache: expect.objectContaining({ size: 1 }) },
    });
    expect(home?.channels.cache.size).toBe(1);
  });
});
