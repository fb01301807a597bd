import { ChannelFlags, ChannelType } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, send, THREADED } from './bot.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild(THREADED);
  mia = guild.member('mia');
  sam = guild.member('sam');
});
afterEach(async () => {
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

test('what makes no sense is refused, and breaks nothing', async () => {
  mia.startsThread('general', 'Talk');
  mia.posts('help', 'Post', 'Text');
  const bodies = [
    null,
    [],
    'x',
    7,
    { name: { toString: 'x' } },
    { name: 'x', type: 11.5 },
    { name: 'x', message: [] },
    { name: 'x', message: { content: 'y', embeds: 'z' } },
    { name: 'x', message: { content: 'y' }, applied_tags: [{}] },
    { name: null, archived: 'no', flags: 'x', applied_tags: [null] },
    { archived: null, locked: null, rate_limit_per_user: null, auto_archive_duration: null },
    { rate_limit_per_user: -1 },
  ];
  const paths = [
    inChannel('/threads'),
    inChannel('/threads', 'help'),
    inChannel('/messages/undefined/threads'),
    inThread('', 'Talk'),
    inThread('', 'Post'),
    inThread('/thread-members/nobody', 'Talk'),
  ];
  for (const path of paths) {
    for (const body of bodies) {
      for (const method of ['POST', 'PATCH', 'PUT']) {
        expect((await send(sandbox, method, path, body)).status).toBeLessThan(500);
      }
    }
  }
  for (const kind of ['threads/archived/public', 'threads/archived/private', 'thread-members']) {
    for (const query of ['before=yesterday', 'limit=many', 'limit=-1', 'after=x', 'with_member=2']) {
      const { status } = await send(sandbox, 'GET', inChannel(`/${kind}?${query}`));
      expect(status).toBeLessThan(500);
    }
  }
});
