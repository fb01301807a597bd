import { ActionRowBuilder, ButtonBuilder, ButtonStyle, ChannelType, MessageType } from 'discord.js';
import type { ThreadChannel } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import { Stage } from './stage.ts';

const GO = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary),
);
const clock = new MovableClock();
let stage: Stage;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;

beforeAll(async () => {
  stage = await Stage.open(clock);
  ({ guild, mia, sam } = stage);
  guild.createChannel({ name: 'help', type: 'forum', tags: ['solved'] });
});
afterEach(() => stage.check());
afterAll(() => stage.close());

const textsOf = (person: Person, place: { id: string }): string[] =>
  person.sees(place).map(({ text }) => text);

describe('a person', () => {
  test('starts a thread from a message; the channel tells of it when the message is an older one', () => {
    const old = mia.writes('general', 'old news');
    const last = mia.writes('general', 'last news');
    const fresh = sam.startsThread('general', 'Fresh', { from: last });
    expect(textsOf(mia, fresh)).toEqual(['last news']);
    expect(mia.sees('general').at(-1)?.id).toBe(last.id);
    const thread = sam.startsThread('general', 'Older', { from: old });
    expect(mia.sees('general').at(-1)?.text).toBe('sam started a thread: Older');
    expect([...thread.messages.values()]).toMatchObject([{ type: MessageType.ThreadStarterMessage }]);
    expect(() => mia.startsThread('general', 'Again', { from: old })).toThrow(
      'A thread has already been created for this message',
    );
    const told = mia.sees('general').at(-1) ?? { id: '' };
    expect(() => mia.startsThread('general', 'Of that', { from: told })).toThrow(
      'There can be no such thread of this message.',
    );
    mia.deletes(old);
    expect(textsOf(mia, thread)).toEqual(["Sorry, we couldn't load the first message in this thread"]);
  });

  test('writes, reacts and pins in a thread, which brings them and whom they call into it', () => {
    const thread = mia.startsThread('general', 'Busy');
    const message = sam.writes(thread, `look <@${guild.owner.id}>`);
    expect([...thread.members.keys()]).toEqual([mia.id, sam.id, guild.owner.id]);
    mia.reacts(message, '👍');
    guild.owner.pins(message);
    expect(sam.sees(thread)[0]).toMatchObject({ reactions: [{ emoji: '👍' }], pinned: true });
    expect(sam.sees().map(({ id }) => id)).toContain(message.id);
    expect(mia.sees('Busy').at(-1)?.text).toContain('pinned a message');
  });

  test('sees private threads only when in them or managing threads', async () => {
    const thread = mia.startsThread('general', 'Ours', { private: true });
    mia.writes(thread, 'between us');
    expect([mia, sam, guild.owner].map((person) => person.canSee(thread))).toEqual([true, false, true]);
    expect(sam.sees().map(({ text }) => text)).not.toContain('between us');
    expect(() => sam.writes(thread, 'hello?')).toThrow('You do not have permission to send messages');
    expect(() => sam.joins(thread)).toThrow('There is no thread "Ours" to be seen.');
    await expect(sam.runs('/do', {}, { in: thread })).rejects.toThrow('do not have permission');
    mia.adds(thread, 'sam');
    expect(textsOf(sam, thread)).toEqual(['between us']);
    guild.owner.changesThread(thread, { invitable: false });
    guild.join('kim');
    expect(() => sam.adds(thread, 'kim')).toThrow('do not have permission');
    sam.writes(thread, `come in <@${guild.member('kim').id}>`);
    expect(guild.member('kim').canSee(thread)).toBe(false);
    sam.leaves(thread);
    expect(sam.canSee(thread)).toBe(false);
  });

  test('archives what they started, and nothing else', () => {
    const thread = mia.startsThread('general', 'Done');
    const message = sam.writes(thread, 'fine');
    const denied = 'You do not have permission to do that in this thread.';
    expect(() => sam.archives(thread)).toThrow(denied);
    expect(() => mia.changesThread(thread, { locked: true })).toThrow(denied);
    expect(() => mia.deletesThread(thread)).toThrow(denied);
    mia.archives(thread);
    expect(() => sam.edits(message, 'better')).toThrow('This thread is archived.');
    expect(() => sam.reacts(message, '👍')).toThrow('This thread is archived.');
    expect(() => guild.owner.joins(thread)).toThrow('This thread is archived.');
    expect(() => mia.changesThread(thread, { name: 'Finished' })).toThrow('This thread is archived.');
    sam.reopens(thread);
    sam.edits(message, 'better');
    guild.owner.changesThread(thread, { locked: true });
    expect(() => sam.writes(thread, 'more')).toThrow('This thread is locked.');
    expect(() => sam.edits(message, 'best')).toThrow('This thread is locked.');
    guild.owner.writes(thread, 'closed');
    expect(textsOf(mia, thread)).toEqual(['better', 'closed']);
  });

  test('posts in a forum, where nothing else can be written', () => {
    const post = mia.posts('help', 'Stuck', 'It does not work', { tags: ['solved'] });
    expect(post).toMatchObject({ type: ChannelType.PublicThread, ownerId: mia.id, messagesEver: 0 });
    expect(post.tagIds).toEqual([guild.channel('help').tags[0]?.id]);
    expect(mia.sees(post)).toMatchObject([{ id: post.id, text: 'It does not work' }]);
    expect(() => mia.writes('help', 'hello')).toThrow('There are no messages in this channel.');
    expect(() => mia.startsThread('help', 'x')).toThrow('There can be no such thread in this channel.');
    expect(() => mia.posts('help', 'x', 'y', { tags: ['odd'] })).toThrow('There is no tag "odd" in help.');
    expect(() => mia.posts('help', ' ', 'y')).toThrow("A thread's name has 1 to 100 characters.");
    expect(() => mia.posts('general', 'x', 'y')).toThrow('This channel is no forum.');
    guild.setOverwrite('help', { role: '@everyone', deny: ['SendMessages'] });
    expect(() => mia.posts('help', 'x', 'y')).toThrow('do not have permission to create posts');
    mia.writes(post, 'It still does not');
    guild.setOverwrite('help', { role: '@everyone' });
  });
});

describe('the bot', () => {
  test('is used in a thread: commands, buttons and modals know where they are', async () => {
    const thread = mia.startsThread('general', 'Work');
    stage.react.command = (interaction) =>
      interaction.reply({
        content: 'Press',
        components: [GO],
      });
    const reply = await mia.runs('/do', { where: 'Work' }, { in: thread });
    expect(reply.message?.channelId).toBe(thread.id);
    const command = stage.last;
    expect(command?.channel).toMatchObject({ id: thread.id, parentId: guild.channel('general').id });
    expect(command?.channel?.isThread()).toBe(true);
    if (!command?.isChatInputCommand()) throw new Error('A command was run.');
    const where = command.options.getChannel('where') as ThreadChannel;
    expect(where).toMatchObject({ id: thread.id, type: ChannelType.PublicThread });
    // What the bot answers does not bring it into the thread.
    expect(thread.members.has(stage.sandbox.applicationId)).toBe(false);

    stage.react.component = (interaction) => interaction.update({ content: 'Pressed', components: [] });
    const pressed = await sam.clicks('Go', { on: reply });
    expect([pressed.text, pressed.updated]).toEqual(['Pressed', true]);
    mia.archives(thread);
    await expect(mia.runs('/do', {}, { in: thread })).rejects.toThrow('This thread is archived.');
  });
});
