import { ChannelType, Events, MessageFlags } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { send, startBot } from './bot.ts';
import { Stage } from './stage.ts';

const clock = new MovableClock();
let stage: Stage;
let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;

beforeAll(async () => {
  stage = await Stage.open(clock);
  ({ sandbox, guild, mia, sam } = stage);
});
afterEach(() => stage.check());
afterAll(() => stage.close());

describe('an answer to a command', () => {
  test('is seen by everybody, as the answer to who ran it', async () => {
    stage.react.command = (interaction) =>
      interaction.reply({ content: `Hello <@${interaction.user.id}>`, embeds: [{ title: 'T' }] });
    const reply = await mia.runs('/do');
    expect([reply.text, reply.ephemeral, reply.updated, reply.failed]).toEqual([
      'Hello @mia\nT',
      false,
      false,
      null,
    ]);
    expect(sam.sees('general').at(-1)).toMatchObject({ id: reply.message?.id, author: 'alphapy' });
  });

  test('is seen by one person alone when ephemeral, and is not in the history', async () => {
    stage.react.command = (interaction) =>
      interaction.reply({ content: 'Psst', flags: MessageFlags.Ephemeral });
    const reply = await mia.runs('do');
    expect([reply.text, reply.ephemeral]).toEqual(['Psst', true]);
    expect(mia.sees('general').at(-1)?.text).toBe('Psst');
    expect(sam.sees('general').map(({ text }) => text)).not.toContain('Psst');
    const path = `/channels/${guild.channel('general').id}/messages`;
    expect((await send(sandbox, 'GET', `${path}/${reply.message?.id}`)).body.code).toBe(10008);
    mia.dismissesMessage(reply.message ?? { id: '' });
    expect(mia.sees('general').at(-1)?.text).not.toBe('Psst');
  });

  test('may be deferred: it keeps the flag of the deferral', async () => {
    stage.react.command = async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      expect(mia.sees('general').at(-1)?.isThinking).toBe(true);
      await interaction.editReply('Done');
      await interaction.followUp('For all');
    };
    const reply = await mia.runs('/do');
    expect([reply.text, reply.ephemeral]).toEqual(['Done', true]);
    await sam.waitsFor('general', /^For all$/);
  });

  test('takes the place of "thinking" when it comes as a follow-up', async () => {
    stage.react.command = async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('Late');
    };
    const reply = await mia.runs('/do');
    expect([reply.text, reply.ephemeral]).toEqual(['Late', true]);
  });

  test('that never comes is told to the person', async () => {
    stage.react.command = () => Promise.resolve();
    const reply = await mia.runs('/do');
    expect(reply.failed).toBe('The application did not respond');
    const late = stage.last as ChatInputCommandInteraction;
    await expect(late.reply('too late')).rejects.toMatchObject({ code: 10062 });
  });

  test('is given once', async () => {
    stage.react.command = async (interaction) => {
      await interaction.reply('First');
      const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
      const again = await send(sandbox, 'POST', path, { type: 4, data: { content: 'Second' } });
      expect(again).toMatchObject({ status: 400, body: { code: 40060 } });
    };
    expect((await mia.runs('/do')).text).toBe('First');
  });

  test('can be fetched, changed and deleted for fifteen minutes', async () => {
    stage.react.command = (interaction) => interaction.reply('First');
    await mia.runs('/do');
    const command = stage.last as ChatInputCommandInteraction;
    expect((await command.fetchReply()).content).toBe('First');
    await command.editReply('Second');
    expect(sam.sees('general').at(-1)?.text).toBe('Second');
    await command.deleteReply();
    expect(sam.sees('general').at(-1)?.text).not.toBe('Second');
    clock.advance(15 * 60_000 + 1);
    await expect(command.followUp('too late')).rejects.toMatchObject({ code: 50027 });
  });

  test('with_response gives the message', async () => {
    stage.react.command = async (interaction) => {
      const { resource, interaction: about } = await interaction.reply({ content: 'Hi', withResponse: true });
      expect([resource?.message?.content, about.responseMessageEphemeral]).toEqual(['Hi', false]);
    };
    await mia.runs('/do');
  });

  test('two processes of the bot: the first answer counts', async () => {
    const second = await startBot(sandbox);
    const codes: unknown[] = [];
    second.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      interaction.reply('mine').catch((error: { code: number }) => codes.push(error.code));
    });
    stage.react.command = (interaction) =>
      interaction.reply('mine').catch((error: { code: number }) => codes.push(error.code));
    expect((await mia.runs('/do')).text).toBe('mine');
    await expect.poll(() => codes).toEqual([40060]);
    await second.destroy();
  });
});

test('an interaction tells what Discord tells', async () => {
  stage.react.command = (interaction) => interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
  await sam.runs('/do', { text: 'x', who: 'mia', where: 'news' }, { in: 'general' });
  const command = stage.last as ChatInputCommandInteraction<'cached'>;
  expect(command).toMatchObject({ locale: 'nl', guildLocale: 'nl', context: 0, commandName: 'do' });
  expect(command.options.getUser('who')?.username).toBe('mia');
  expect(command.options.getMember('who')?.id).toBe(mia.id);
  expect(command.options.getChannel('where')).toMatchObject({
    name: 'news',
    type: ChannelType.GuildAnnouncement,
  });
  expect(command.memberPermissions.has('SendMessages')).toBe(true);
  expect([
    command.memberPermissions.has('ManageChannels'),
    command.appPermissions.has('ManageChannels'),
  ]).toEqual([false, true]);
});

test('suggestions are asked for the option in focus', async () => {
  stage.react.autocomplete = (interaction) => {
    const { name, value } = interaction.options.getFocused(true);
    return interaction.respond([
      { name: `${name}=${value}`, value: 'a', nameLocalizations: { nl: 'Eerste' } },
      { name: 'Second', value: 'b' },
    ]);
  };
  expect(await mia.autocompletes('/do', { text: 're' }, 'text')).toEqual([
    { name: 'text=re', value: 'a' },
    { name: 'Second', value: 'b' },
  ]);
  expect((await sam.autocompletes('/do', {}, 'text'))[0]?.name).toBe('Eerste');
  stage.react.autocomplete = () => Promise.resolve();
  await expect(mia.autocompletes('/do', {}, 'text')).rejects.toThrow('Loading options failed');
});
