import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { perform } from '../../sandbox/web/acts.ts';
import type { PageHost } from '../../sandbox/web/host.ts';
import { PageWindow } from '../../sandbox/web/page-window.ts';
import type { Frame, FromServer, PageMessage } from '../../sandbox/web/protocol.ts';
import { bareHost } from '../setup/page-host.ts';
import { Stage } from './stage.ts';

const clock = new MovableClock();
let stage: Stage;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;

beforeAll(async () => {
  stage = await Stage.open(clock);
  ({ guild, mia, sam } = stage);
  guild.createChannel({ name: 'help', type: 'forum' });
});
afterEach(() => stage.check());
afterAll(() => stage.close());

/** What a window last showed. */
function open(): {
  window: PageWindow;
  host: PageHost;
  frame: () => Frame;
  messages: () => readonly PageMessage[];
} {
  const host = bareHost(stage.sandbox, clock);
  const parts: Record<string, unknown> = {};
  let shown: readonly PageMessage[] = [];
  const window = new PageWindow(host, (sent: FromServer) => {
    if (sent.kind === 'frame') Object.assign(parts, sent.parts);
    if (sent.kind === 'messages') shown = sent.changed;
  });
  window.refresh();
  return { window, host, frame: () => parts as unknown as Frame, messages: () => shown };
}
const threadsIn = (frame: Frame, name: string): string[] =>
  frame.channels.filter(({ parentId }) => parentId === guild.channel(name).id).map(({ name }) => name);

test('the page shows active threads below their channel to who may see them', () => {
  const { window, frame } = open();
  window.enter({ userId: sam.id });
  const thread = mia.startsThread('news', 'Public');
  mia.posts('help', 'Why?', 'Because');
  const general = mia.startsThread('general', 'For some', { private: true });
  window.refresh();
  expect(threadsIn(frame(), 'news')).toEqual(['Public']);
  expect(threadsIn(frame(), 'help')).toContain('Why?');
  expect(threadsIn(frame(), 'general')).not.toContain('For some');
  window.enter({ userId: mia.id, channelId: general.id });
  expect(frame().channels.find(({ id }) => id === general.id)).toMatchObject({
    isPrivate: true,
    canWrite: true,
  });
  expect(window.channel?.id).toBe(general.id);
  guild.owner.changesThread(general, { locked: true });
  window.refresh();
  expect(frame().channels.find(({ id }) => id === general.id)?.canWrite).toBe(false);
  mia.archives(thread);
  guild.owner.archives(general);
  window.refresh();
  expect(threadsIn(frame(), 'news')).toEqual([]);
  // The one that is open stays until one goes elsewhere.
  expect(threadsIn(frame(), 'general')).toContain('For some');
});

test('the page starts a thread from a message and shows the way to it', async () => {
  const { window, host, messages } = open();
  window.enter({ userId: mia.id, channelId: guild.channel('general').id });
  const { id } = mia.writes('general', 'worth a thread');
  const start = (name: string) => perform({ host, window }, 'start-thread', { messageId: id, name });
  expect(await start(' ')).toMatchObject({ kind: 'refused' });
  expect(await start('Worth it')).toEqual({ kind: 'done' });
  expect(await start('Again')).toEqual({
    kind: 'refused',
    sentence: 'A thread has already been created for this message',
  });
  window.refresh();
  expect(messages().find(({ message }) => message.id === id)?.message.thread?.name).toBe('Worth it');
  window.enter({ channelId: id });
  expect(window.channel).toBe(guild.thread('Worth it'));
  expect(messages().map(({ message }) => message.referenced_message?.content)).toEqual(['worth a thread']);
});

test('the page posts in a forum, and the way leads into the post', async () => {
  const { window, host, frame, messages } = open();
  window.enter({ userId: mia.id, channelId: guild.channel('help').id });
  const posted = await perform({ host, window }, 'post', { name: 'How?', content: 'Like this' });
  if (posted.kind !== 'entered') throw new Error('It leads nowhere.');
  window.enter(posted);
  window.refresh();
  expect(messages().map(({ message }) => message.content)).toEqual(['Like this']);
  expect(threadsIn(frame(), 'help')).toContain('How?');
  window.enter({ channelId: guild.channel('general').id });
  expect(await perform({ host, window }, 'post', { name: 'How?', content: 'x' })).toMatchObject({
    kind: 'refused',
  });
});
