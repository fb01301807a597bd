import {
  ChannelFlags,
  ChannelType,
  Events,
  GatewayIntentBits as Intent,
  MessageType,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { Client, ForumChannel, TextChannel, ThreadChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, send, startBot, THREADED } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;
let bot: Client<true> | undefined;

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild(THREADED);
  mia = guild.member('mia');
  sam = guild.member('sam');
});
afterEach(async () => {
  await bot?.destroy();
  bot = undefined;
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const inChannel = (path: string, name = 'general'): string => `/channels/${guild.channel(name).id}${path}`;
const codeOf = async (method: string, path: string, body?: unknown) =>
  (await send(sandbox, method, path, body)).body.code;
/** Takes a permission away from the bot in the thread's channel. */
const deny = (
  channel: string,
  ...names: ('ManageThreads' | 'SendMessagesInThreads' | 'CreatePublicThreads')[]
) => guild.setOverwrite(channel, { role: 'Alphapy', deny: names });

describe('discord.js', () => {
  beforeEach(async () => {
    bot = await startBot(sandbox, [
      Intent.Guilds,
      Intent.GuildMessages,
      Intent.GuildMembers,
      Intent.MessageContent,
    ]);
  });
  const channelOf = (name: string) => bot?.channels.cache.get(guild.channel(name).id);

  test('starts a thread from a message, writes in it, and archives it', async () => {
    const seen: [ThreadChannel, boolean][] = [];
    const types: MessageType[] = [];
    bot?.on(Events.ThreadCreate, (thread, isNew) => seen.push([thread, isNew]));
    bot?.on(Events.MessageCreate, ({ type }) => types.push(type));
    const channel = channelOf('general') as TextChannel;
    const message = await channel.send('plans');
    const thread = await message.startThread({
      name: 'Plans',
      autoArchiveDuration: ThreadAutoArchiveDuration.OneHour,
    });
    expect(thread).toMatchObject({
      id: message.id,
      type: ChannelType.PublicThread,
      parentId: channel.id,
      ownerId: bot?.user.id,
      autoArchiveDuration: 60,
      archived: false,
      locked: false,
      messageCount: 0,
    });
    await eventually(() => expect(message.hasThread).toBe(true));
    expect(seen.map(([{ id }, isNew]) => [id, isNew])).toEqual([[message.id, true]]);
    expect(thread.members.cache.has(bot?.user.id ?? '')).toBe(true);

    const first = await thread.send('well');
    expect([...(await thread.messages.fetch()).values()].map(({ type }) => type)).toEqual([
      MessageType.Default,
      MessageType.ThreadStarterMessage,
    ]);
    expect((await thread.fetchStarterMessage())?.content).toBe('plans');
    await eventually(() =>
      expect(types).toEqual([MessageType.Default, MessageType.ThreadStarterMessage, MessageType.Default]),
    );
    await first.react('👍');
    await thread.sendTyping();
    await thread.setName('Old plans');
    await thread.setArchived(true);
    expect(guild.thread('Old plans')).toMatchObject({ archived: true, messagesEver: 1 });
    expect(mia.sees({ id: thread.id }).map(({ text }) => text)).toEqual(['plans', 'well']);
    expect((await channel.messages.fetch(message.id)).thread?.name).toBe('Old plans');
  });

  test('hears of what people do in threads', async () => {
    const heard: string[] = [];
    bot?.on(Events.ThreadCreate, ({ name }) => heard.push(`created ${name}`));
    bot?.on(Events.ThreadUpdate, (_old, { archived }) => heard.push(archived ? 'archived' : 'opened'));
    bot?.on(Events.ThreadDelete, ({ name }) => heard.push(`deleted ${name}`));
    bot?.on(Events.ThreadMembersUpdate, (added, removed) =>
      heard.push(...added.map(({ id }) => `+${nameOf(id)}`), ...removed.map(({ id }) => `-${nameOf(id)}`)),
    );
    bot?.on(Events.MessageCreate, ({ content, channel }) => heard.push(channel.isThread() ? content : '#'));
    const nameOf = (id: string): string => sandbox.world.users.get(id)?.username ?? id;

    const thread = mia.startsThread('general', 'Talk');
    sam.writes(thread, 'hello');
    sam.leaves(thread);
    mia.archives(thread);
    sam.writes(thread, `wake up <@${mia.id}>`);
    guild.owner.deletesThread(thread);
    await eventually(() => expect(heard).toContain('deleted Talk'));
    expect(heard).toEqual([
      'created Talk',
      '+mia',
      '#',
      '+sam',
      'hello',
      '-sam',
      'archived',
      'opened',
      '+sam',
      `wake up <@${mia.id}>`,
      'deleted Talk',
    ]);
  });

  test('posts in a forum and reads its tags', async () => {
    const forum = channelOf('help') as ForumChannel;
    const [tag] = forum.availableTags;
    const post = await forum.threads.create({
      name: 'How?',
      appliedTags: [tag?.id ?? ''],
      message: { content: 'Like this?', files: [{ attachment: Buffer.from('x'), name: 'x.txt' }] },
    });
    expect(post).toMatchObject({ parentId: forum.id, appliedTags: [tag?.id], messageCount: 0 });
    const starter = await post.fetchStarterMessage();
    expect(starter).toMatchObject({ id: post.id, channelId: post.id, content: 'Like this?' });
    expect(starter?.attachments.first()?.url).toContain(`/attachments/${post.id}/`);
    await post.pin();
    expect(post.flags.has(ChannelFlags.Pinned)).toBe(true);
    expect(guild.channel('help').lastMessageId).toBe(post.id);
    await forum.setAvailableTags([...forum.availableTags, { name: 'open', moderated: true }]);
    expect(guild.channel('help').tags).toMatchObject([{ id: tag?.id }, { name: 'open', moderated: true }]);
    await forum.delete();
    expect(guild.threads).toEqual([]);
  });

  test('is told of the threads of a channel that it begins to see', async () => {
    const told: string[][] = [];
    bot?.on(Events.ThreadListSync, (threads) => told.push(threads.map(({ name }) => name)));
    guild.owner.startsThread('hidden', 'Secret');
    guild.owner.archives(guild.owner.startsThread('hidden', 'Over'));
    guild.owner.startsThread('hidden', 'Private', { private: true });
    const alone = guild.owner.startsThread('hidden', 'Invited', { private: true });
    alone.members.set(sandbox.applicationId, clock.now());
    guild.setOverwrite('hidden', { role: 'Alphapy', deny: ['ManageThreads'] });
    await eventually(() => expect(told).toEqual([['Secret', 'Invited']]));
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ViewChannel'] });
    expect(guild.botPermissionsIn('general')).toBe(0n);
    mia.startsThread('general', 'Meanwhile');
    guild.setOverwrite('general', { role: 'Alphapy' });
    await eventually(() => expect(told[1]).toEqual(['Meanwhile']));
    guild.changeChannel('general', { topic: 'Nothing new' });
    mia.startsThread('general', 'Later');
    await eventually(() =>
      expect([...(bot?.channels.cache.values() ?? [])].at(-1)).toMatchObject({ name: 'Later' }),
    );
    expect(told).toHaveLength(2);
  });

  test('knows active threads from the start, and lists archived ones', async () => {
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ManageThreads'] });
    const names = ['a', 'b', 'c'];
    for (const name of names) {
      clock.advance(1000);
      guild.owner.startsThread('general', name);
    }
    guild.owner.startsThread('general', 'not for the bot', { private: true });
    await bot?.destroy();
    bot = await startBot(sandbox, [Intent.Guilds]);
    const channel = channelOf('general') as TextChannel;
    expect(channel.threads.cache.map(({ name }) => name)).toEqual(names);
    expect((await channel.threads.fetchActive()).threads.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    for (const name of ['b', 'a', 'c']) {
      clock.advance(1000);
      guild.owner.archives(name);
    }
    const page = await channel.threads.fetchArchived({ limit: 2 });
    expect([page.threads.map(({ name }) => name), page.hasMore]).toEqual([['c', 'a'], true]);
    const rest = await channel.threads.fetchArchived({
      limit: 2,
      before: guild.thread('a').archiveChangedAt,
    });
    expect([rest.threads.map(({ name }) => name), rest.hasMore]).toEqual([['b'], false]);
    expect((await channel.threads.fetchActive()).threads.size).toBe(0);
  });

  test('is in a private thread or manages threads, or it hears nothing of it', async () => {
    deny('general', 'ManageThreads');
    const created: boolean[] = [];
    const left = vi.fn<() => void>();
    bot?.on(Events.ThreadCreate, (_thread, isNew) => created.push(isNew));
    bot?.on(Events.ThreadMembersUpdate, (_added, removed) => {
      if (removed.has(bot?.user.id ?? '')) left();
    });
    const thread = mia.startsThread('general', 'Us', { private: true });
    mia.writes(thread, 'only us');
    expect(await codeOf('GET', `/channels/${thread.id}`)).toBe(50001);
    expect(sam.canSee(thread)).toBe(false);
    mia.adds(thread, 'alphapy');
    await eventually(() => expect(created).toEqual([false]));
    const known = (await bot?.channels.fetch(thread.id)) as ThreadChannel;
    expect([...(await known.members.fetch()).keys()].toSorted()).toEqual(
      [mia.id, sandbox.applicationId].toSorted(),
    );
    await known.leave();
    await eventually(() => expect(left).toHaveBeenCalled());
    expect(await codeOf('GET', `/channels/${thread.id}`)).toBe(50001);
  });

  test('lists private archived threads: all for who manages threads, else its own', async () => {
    const channel = channelOf('general') as TextChannel;
    const own = await channel.threads.create({
      name: 'Mine',
      type: ChannelType.PrivateThread,
      invitable: false,
    });
    expect(own.invitable).toBe(false);
    guild.owner.startsThread('general', 'Yours', { private: true });
    for (const thread of guild.threads) guild.owner.archives(thread);
    const all = await channel.threads.fetchArchived({ type: 'private', fetchAll: true });
    expect(all.threads.map(({ name }) => name).toSorted()).toEqual(['Mine', 'Yours']);
    const joined = await channel.threads.fetchArchived({ type: 'private' });
    expect(joined.threads.map(({ name }) => name)).toEqual(['Mine']);
    expect([...joined.members.keys()]).toEqual([sandbox.applicationId]);
    deny('general', 'ManageThreads');
    expect(await codeOf('GET', inChannel('/threads/archived/private'))).toBe(50013);
  });
});

test('without the members intent the bot hears only of itself', async () => {
  bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildMessages]);
  const heard: string[] = [];
  bot.on(Events.ThreadMembersUpdate, (added) => heard.push(...added.keys()));
  const thread = mia.startsThread('general', 'Talk');
  sam.joins(thread);
  mia.adds(thread, 'alphapy');
  await eventually(() => expect(heard).toEqual([sandbox.applicationId]));
});
