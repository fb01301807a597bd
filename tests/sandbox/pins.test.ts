import { Events, GatewayIntentBits as Intent, MessageType } from 'discord.js';
import type { Client, TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { BOT_PERMISSIONS, toPermissions } from '../../sandbox/permissions.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let bot: Client<true> | undefined;

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild({
    ...HOME,
    botPermissions: BOT_PERMISSIONS | toPermissions(['PinMessages']),
    channels: [{ name: 'general' }, { name: 'news', type: 'announcement' }],
  });
  mia = guild.member('mia');
});
afterEach(async () => {
  await bot?.destroy();
  bot = undefined;
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const inChannel = (path: string, name = 'general'): string => `/channels/${guild.channel(name).id}${path}`;

describe('pins', () => {
  test('discord.js pins, lists and unpins', async () => {
    bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent]);
    const channel = bot.channels.cache.get(guild.channel('general').id) as TextChannel;
    const times: (Date | null)[] = [];
    bot.on(Events.ChannelPinsUpdate, (_channel, time) => times.push(time));
    const first = await channel.send('first');
    clock.advance(1000);
    const second = await channel.send('second');
    await first.pin();
    clock.advance(1000);
    await second.pin();
    const { items, hasMore } = await channel.messages.fetchPins({ limit: 1 });
    expect(items.map(({ message }) => message.content)).toEqual(['second']);
    expect(hasMore).toBe(true);
    const rest = await channel.messages.fetchPins({ before: items[0]?.pinnedAt });
    expect(rest.items.map(({ message }) => message.content)).toEqual(['first']);

    const told = [...guild.channel('general').messages.values()].find(
      ({ type }) => type === MessageType.ChannelPinnedMessage,
    );
    expect(told).toMatchObject({ repliesTo: { messageId: first.id }, mentionedUsers: [] });
    expect(mia.sees('general').at(-1)?.text).toBe('alphapy pinned a message to this channel.');
    await second.unpin();
    await eventually(() => expect(times).toHaveLength(3));
    expect(times[2]).toEqual(times[0]);
    expect(mia.sees('general').map(({ pinned }) => pinned)).toEqual([true, false, false, false]);
  });

  test('the older paths do the same', async () => {
    const message = mia.writes('general', 'keep this');
    expect((await send(sandbox, 'PUT', inChannel(`/pins/${message.id}`))).status).toBe(204);
    expect((await send(sandbox, 'GET', inChannel('/pins'))).body).toMatchObject([
      { id: message.id, pinned: true },
    ]);
    expect((await send(sandbox, 'DELETE', inChannel(`/pins/${message.id}`))).status).toBe(204);
    expect((await send(sandbox, 'GET', inChannel('/pins'))).body).toEqual([]);
  });

  test('need the permission, room, and something written', async () => {
    const message = mia.writes('general', 'keep this');
    const path = inChannel(`/messages/pins/${message.id}`);
    expect(() => mia.pins(message)).toThrow(/do not have permission/);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['PinMessages'] });
    expect((await send(sandbox, 'PUT', path)).body.code).toBe(50013);
    guild.setOverwrite('general', { role: 'Alphapy' });
    guild.owner.pins(message);
    const [, told] = mia.sees('general');
    expect((await send(sandbox, 'PUT', inChannel(`/messages/pins/${told?.id}`))).body.code).toBe(50021);
    for (let index = 0; index < 249; index += 1) {
      const { id } = mia.writes('general', 'more');
      const record = guild.channel('general').messages.get(id);
      if (record) record.pinnedAt = clock.now();
    }
    const last = mia.writes('general', 'one too many');
    expect((await send(sandbox, 'PUT', inChannel(`/messages/pins/${last.id}`))).body.code).toBe(30003);
    expect((await send(sandbox, 'PUT', path)).status).toBe(204);
  });
});

test('an announcement is published once, and only where there are announcements', async () => {
  const { body } = await send(sandbox, 'POST', inChannel('/messages', 'news'), { content: 'news' });
  const path = inChannel(`/messages/${body.id}/crosspost`, 'news');
  expect(await send(sandbox, 'POST', path)).toMatchObject({ status: 200, body: { flags: 1 } });
  expect((await send(sandbox, 'POST', path)).body.code).toBe(40033);
  const plain = mia.writes('general', 'no news');
  expect((await send(sandbox, 'POST', inChannel(`/messages/${plain.id}/crosspost`))).body.code).toBe(50024);
  const other = mia.writes('news', 'mine');
  guild.setOverwrite('news', { role: 'Alphapy', deny: ['ManageMessages'] });
  expect((await send(sandbox, 'POST', inChannel(`/messages/${other.id}/crosspost`, 'news'))).body.code).toBe(
    50013,
  );
});

describe('bulk delete', () => {
  test('takes two to a hundred young messages at once', async () => {
    bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildMessages]);
    const deleted = new Promise<number>((resolve) => {
      bot?.once(Events.MessageBulkDelete, (messages) => resolve(messages.size));
    });
    const ids = ['a', 'b', 'c'].map((text) => mia.writes('general', text).id);
    const channel = bot.channels.cache.get(guild.channel('general').id) as TextChannel;
    await eventually(() => expect(channel.messages.cache.size).toBe(3));
    await channel.bulkDelete(ids.slice(0, 2));
    expect(await deleted).toBe(2);
    expect(mia.sees('general').map(({ text }) => text)).toEqual(['c']);
  });

  test('refuses old ones, repeated ones, too few, and without the permission', async () => {
    const path = inChannel('/messages/bulk-delete');
    const [old, young] = [mia.writes('general', 'old'), mia.writes('general', 'young')];
    const remove = (...messages: string[]) => send(sandbox, 'POST', path, { messages });
    expect((await remove(young.id)).body.code).toBe(50035);
    expect((await remove(young.id, young.id)).body.code).toBe(50035);
    clock.advance(14 * 24 * 60 * 60_000 + 1);
    const newest = mia.writes('general', 'newest');
    expect(await remove(old.id, newest.id)).toMatchObject({ status: 400, body: { code: 50034 } });
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ManageMessages'] });
    expect((await remove(newest.id, young.id)).body.code).toBe(50013);
    expect(mia.sees('general')).toHaveLength(3);
  });
});
