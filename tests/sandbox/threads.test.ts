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
import { expectNoViolations, HOME, send, startBot } from './bot.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;
let bot: Client<true> | undefined;

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild({
    ...HOME,
    channels: [
      { name: 'general' },
      { name: 'news', type: 'announcement' },
      { name: 'help', type: 'forum', tags: ['solved'] },
      { name: 'talk', type: 'voice' },
      { name: 'hidden', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
    ],
  });
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
const inThread = (path: string, name: string): string => `/channels/${guild.thread(name).id}${path}`;
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
    await vi.waitFor(() => expect(message.hasThread).toBe(true));
    expect(seen.map(([{ id }, isNew]) => [id, isNew])).toEqual([[message.id, true]]);
    expect(thread.members.cache.has(bot?.user.id ?? '')).toBe(true);

    const first = await thread.send('well');
    expect([...(await thread.messages.fetch()).values()].map(({ type }) => type)).toEqual([
      MessageType.Default,
      MessageType.ThreadStarterMessage,
    ]);
    expect((await thread.fetchStarterMessage())?.content).toBe('plans');
    await vi.waitFor(() =>
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
    await vi.waitFor(() => expect(heard).toContain('deleted Talk'));
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
    await vi.waitFor(() => expect(told).toEqual([['Secret', 'Invited']]));
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ViewChannel'] });
    expect(guild.botPermissionsIn('general')).toBe(0n);
    mia.startsThread('general', 'Meanwhile');
    guild.setOverwrite('general', { role: 'Alphapy' });
    await vi.waitFor(() => expect(told[1]).toEqual(['Meanwhile']));
    guild.changeChannel('general', { topic: 'Nothing new' });
    mia.startsThread('general', 'Later');
    await vi.waitFor(() =>
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
    await vi.waitFor(() => expect(created).toEqual([false]));
    const known = (await bot?.channels.fetch(thread.id)) as ThreadChannel;
    expect([...(await known.members.fetch()).keys()].toSorted()).toEqual(
      [mia.id, sandbox.applicationId].toSorted(),
    );
    await known.leave();
    await vi.waitFor(() => expect(left).toHaveBeenCalled());
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
  await vi.waitFor(() => expect(heard).toEqual([sandbox.applicationId]));
});

describe('a thread is refused', () => {
  test('where there can be none', async () => {
    const start = { name: 'x', type: ChannelType.PublicThread };
    expect(await codeOf('POST', inChannel('/threads', 'talk'), start)).toBe(50024);
    expect(await codeOf('POST', inChannel('/threads', 'news'), start)).toBe(50024);
    expect(await codeOf('POST', inChannel('/threads'), { ...start, type: 10 })).toBe(50024);
    expect(await codeOf('POST', inChannel('/threads', 'hidden'), start)).toBe(50001);
    expect(await codeOf('POST', '/channels/1/threads', start)).toBe(10003);
    expect(await codeOf('POST', inChannel('/threads'), { name: '' })).toBe(50035);
    expect(await codeOf('POST', inChannel('/threads'), { name: 'x'.repeat(101) })).toBe(50035);
    expect(await codeOf('POST', inChannel('/threads'), { name: 'x', auto_archive_duration: 5 })).toBe(50035);
    expect(await codeOf('POST', inChannel('/messages/1/threads'), { name: 'x' })).toBe(10008);
    mia.startsThread('general', 'Talk');
    expect(await codeOf('POST', inThread('/threads', 'Talk'), start)).toBe(50024);
    const [told] = mia.sees('general');
    expect(await codeOf('POST', inChannel(`/messages/${told?.id}/threads`), { name: 'x' })).toBe(50021);
    expect(guild.threads).toHaveLength(1);
  });

  test('twice for one message', async () => {
    const path = inChannel(`/messages/${mia.writes('general', 'hi').id}/threads`);
    expect(await send(sandbox, 'POST', path, { name: 'x' })).toMatchObject({
      status: 201,
      body: { type: 11, name: 'x', member_count: 1, thread_metadata: { auto_archive_duration: 1440 } },
    });
    expect(await send(sandbox, 'POST', path, { name: 'x' })).toMatchObject({
      status: 400,
      body: { code: 160004, message: 'A thread has already been created for this message' },
    });
  });

  test('without the permission, or when a guild is full of them', async () => {
    const message = mia.writes('general', 'hi');
    deny('general', 'CreatePublicThreads');
    const path = inChannel(`/messages/${message.id}/threads`);
    expect(await codeOf('POST', path, { name: 'x' })).toBe(50013);
    expect(await codeOf('POST', inChannel('/threads'), { name: 'x', type: 11 })).toBe(50013);
    // Without a type it is a private one, which takes another permission.
    expect(await send(sandbox, 'POST', inChannel('/threads'), { name: 'x' })).toMatchObject({
      status: 201,
      body: { type: 12, thread_metadata: { invitable: true } },
    });
    guild.setOverwrite('general', { role: 'Alphapy' });
    for (let index = 1; index < 1000; index += 1) mia.startsThread('news', `n${index}`);
    expect(await codeOf('POST', path, { name: 'x' })).toBe(160006);
    guild.owner.archives('n1');
    expect((await send(sandbox, 'POST', path, { name: 'x' })).status).toBe(201);
  });

  test('in a forum without a message, with a strange tag, without the right to write', async () => {
    const path = inChannel('/threads', 'help');
    const post = { name: 'x', message: { content: 'y' } };
    expect(await codeOf('POST', path, { name: 'x' })).toBe(50035);
    expect(await codeOf('POST', path, { name: 'x', message: {} })).toBe(50006);
    expect(await codeOf('POST', path, { ...post, applied_tags: ['1'] })).toBe(10087);
    expect(await codeOf('POST', inChannel('/messages', 'help'), { content: 'y' })).toBe(50008);
    guild.setOverwrite('help', { role: 'Alphapy', deny: ['SendMessages'] });
    expect(await codeOf('POST', path, post)).toBe(50013);
    guild.setOverwrite('help', { role: 'Alphapy' });
    expect((await send(sandbox, 'POST', path, post)).body).toMatchObject({ message: { content: 'y' } });
    const tags = [{ name: 'a' }, { name: 'a' }];
    expect(await codeOf('PATCH', inChannel('', 'help'), { available_tags: tags })).toBe(40061);
    expect(await codeOf('PATCH', inThread('', 'x'), { flags: ChannelFlags.Pinned })).toBeUndefined();
    mia.posts('help', 'z', 'another');
    expect(await codeOf('PATCH', inThread('', 'z'), { flags: ChannelFlags.Pinned })).toBe(30047);
  });
});

describe('a thread', () => {
  test('takes its permissions from its channel, but for writing', async () => {
    mia.startsThread('general', 'Talk');
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['SendMessages'] });
    expect(await codeOf('POST', inChannel('/messages'), { content: 'x' })).toBe(50013);
    expect(await codeOf('POST', inThread('/messages', 'Talk'), { embeds: [{ title: 'x' }] })).toBeUndefined();
    deny('general', 'SendMessagesInThreads');
    expect(await codeOf('POST', inThread('/messages', 'Talk'), { content: 'x' })).toBe(50013);
    expect(await codeOf('POST', inThread('/typing', 'Talk'))).toBe(50013);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ViewChannel'] });
    expect(await codeOf('GET', inThread('', 'Talk'))).toBe(50001);
  });

  test('is changed by its owner and by who manages threads', async () => {
    mia.startsThread('general', 'Talk');
    await send(sandbox, 'POST', inChannel('/threads'), { name: 'Own', type: 11 });
    deny('general', 'ManageThreads');
    expect(await codeOf('PATCH', inThread('', 'Talk'), { name: 'x' })).toBe(50013);
    expect(await codeOf('PATCH', inThread('', 'Own'), { locked: true })).toBe(50013);
    expect(await codeOf('PATCH', inThread('', 'Own'), { rate_limit_per_user: 5 })).toBe(50013);
    expect(await codeOf('DELETE', inThread('', 'Own'))).toBe(50013);
    expect((await send(sandbox, 'PATCH', inThread('', 'Own'), { name: 'Ours' })).body).toMatchObject({
      name: 'Ours',
      parent_id: guild.channel('general').id,
    });
    guild.setOverwrite('general', { role: 'Alphapy' });
    expect((await send(sandbox, 'PATCH', inThread('', 'Talk'), { locked: true })).status).toBe(200);
    expect(await codeOf('PUT', inThread(`/permissions/${guild.id}`, 'Ours'), { type: 0 })).toBe(50024);
    expect(await send(sandbox, 'DELETE', inThread('', 'Talk'))).toMatchObject({
      status: 200,
      body: { type: 11 },
    });
    expect(guild.threads.map(({ name }) => name)).toEqual(['Ours']);
  });

  test('that is archived can only be written in, opened, and cleaned up', async () => {
    const thread = mia.startsThread('general', 'Talk');
    const { body } = await send(sandbox, 'POST', inThread('/messages', 'Talk'), { content: 'x' });
    mia.archives(thread);
    const message = inThread(`/messages/${body.id}`, 'Talk');
    const like = encodeURIComponent('👍');
    expect(await send(sandbox, 'PATCH', inThread('', 'Talk'), { name: 'y' })).toMatchObject({
      status: 400,
      body: { code: 50083, message: 'Thread is archived' },
    });
    expect(await codeOf('PATCH', message, { content: 'y' })).toBe(50083);
    expect(await codeOf('PUT', `${message}/reactions/${like}/@me`)).toBe(50083);
    expect(await codeOf('PUT', inThread('/thread-members/@me', 'Talk'))).toBe(50083);
    expect(await codeOf('DELETE', inThread('/thread-members/@me', 'Talk'))).toBe(50083);
    expect((await send(sandbox, 'DELETE', message)).status).toBe(204);
    const opened = await send(sandbox, 'PATCH', inThread('', 'Talk'), { archived: false, name: 'y' });
    expect(opened.body).toMatchObject({ name: 'y', message_count: 0, total_message_sent: 1 });
    guild.owner.archives(thread);
    expect(await codeOf('POST', inThread('/messages', 'y'), { content: 'x' })).toBeUndefined();
    expect(thread.archived).toBe(false);
  });

  test('that is locked is only for who manages threads', async () => {
    const thread = mia.startsThread('general', 'Talk');
    const { body } = await send(sandbox, 'POST', inThread('/messages', 'Talk'), { content: 'x' });
    guild.owner.changesThread(thread, { locked: true, archived: true });
    deny('general', 'ManageThreads');
    expect(await codeOf('POST', inThread('/messages', 'Talk'), { content: 'x' })).toBe(160005);
    expect(await codeOf('PATCH', inThread('', 'Talk'), { archived: false })).toBe(160005);
    expect(await codeOf('DELETE', inThread(`/messages/${body.id}`, 'Talk'))).toBe(160005);
    guild.owner.reopens(thread);
    expect(await codeOf('PATCH', inThread(`/messages/${body.id}`, 'Talk'), { content: 'y' })).toBe(160005);
    expect(await codeOf('DELETE', inThread(`/messages/${body.id}`, 'Talk'))).toBeUndefined();
    guild.owner.archives(thread);
    guild.setOverwrite('general', { role: 'Alphapy' });
    expect(await codeOf('POST', inThread('/messages', 'Talk'), { content: 'x' })).toBeUndefined();
    expect(thread).toMatchObject({ locked: true, archived: false });
  });

  test('has members, who are added and removed', async () => {
    const thread = mia.startsThread('general', 'Talk', { private: true });
    const members = (who = '') => inThread(`/thread-members${who}`, 'Talk');
    expect(await codeOf('GET', members(`/${sam.id}`))).toBe(10007);
    expect((await send(sandbox, 'PUT', members(`/${sam.id}`))).status).toBe(204);
    expect((await send(sandbox, 'PUT', members('/@me'))).status).toBe(204);
    expect((await send(sandbox, 'GET', `${members(`/${sam.id}`)}?with_member=true`)).body).toMatchObject({
      user_id: sam.id,
      id: thread.id,
      member: { user: { id: sam.id } },
    });
    expect(await codeOf('PUT', members('/1'))).toBe(10007);
    expect(await codeOf('GET', inChannel('/thread-members'))).toBe(50024);
    const page = await send(sandbox, 'GET', `${members()}?limit=1&after=${mia.id}`);
    expect(page.body).toMatchObject([{ user_id: sam.id }]);
    guild.owner.changesThread(thread, { invitable: false });
    deny('general', 'ManageThreads');
    expect(await codeOf('PUT', members(`/${guild.owner.id}`))).toBe(50013);
    expect(await codeOf('DELETE', members(`/${sam.id}`))).toBe(50013);
    guild.leave('sam');
    expect([...thread.members.keys()]).toEqual([mia.id, sandbox.applicationId]);
  });
});
