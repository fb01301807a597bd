import { Events, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { ChatInputCommandInteraction, Client } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { OptionInput } from '../../sandbox/people/option-values.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, send, startBot } from './bot.ts';

let sandbox: Sandbox;
let bot: Client<true>;
let guild: SandboxGuild;
let ran: ChatInputCommandInteraction | undefined;

const COMMANDS = [
  {
    name: 'config',
    description: 'Settings',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [0],
    options: [
      {
        type: 1,
        name: 'set',
        description: 'Sets one',
        options: [
          { type: 3, name: 'setting', description: 'Which', required: true, min_length: 2, max_length: 5 },
          { type: 4, name: 'number', description: 'A number', min_value: 1, max_value: 9 },
          { type: 3, name: 'colour', description: 'A colour', choices: [{ name: 'Red', value: 'r' }] },
          { type: 5, name: 'yes', description: 'Yes or no' },
          { type: 7, name: 'channel', description: 'A channel', channel_types: [0] },
          { type: 8, name: 'role', description: 'A role' },
          { type: 9, name: 'who', description: 'Anybody' },
          { type: 10, name: 'ratio', description: 'A ratio' },
        ],
      },
      {
        type: 2,
        name: 'list',
        description: 'Lists',
        options: [{ type: 1, name: 'all', description: 'All' }],
      },
    ],
  },
  { name: 'ping', description: 'Pong' },
  { name: 'locked', description: 'For administrators', default_member_permissions: '0' },
];

beforeAll(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({
    name: 'Home',
    owner: 'olivia',
    members: ['mia'],
    roles: [
      { name: 'Admin', permissions: ['Administrator'], members: ['ada'] },
      { name: 'Staff', permissions: ['ManageGuild'], members: ['sam'] },
    ],
    channels: [
      { name: 'general' },
      { name: 'talk', type: 'voice' },
      {
        name: 'staff',
        overwrites: [
          { role: '@everyone', deny: ['ViewChannel'] },
          { role: 'Staff', allow: ['ViewChannel'] },
        ],
      },
      {
        name: 'muted',
        overwrites: [{ role: '@everyone', deny: ['SendMessages', 'UseApplicationCommands'] }],
      },
      { name: 'brief', overwrites: [{ role: '@everyone', deny: ['ReadMessageHistory'] }] },
    ],
  });
  bot = await startBot(sandbox);
  bot.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    ran = interaction;
    void interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
  });
  await send(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, COMMANDS);
});
afterEach(() => expectNoViolations(sandbox));
afterAll(async () => {
  await bot.destroy();
  await sandbox.close();
});

describe('a command is not offered', () => {
  test.each([
    ['that is not registered', 'mia', '/nothing', 'general', 'There is no command /nothing.'],
    [
      'without its default permission',
      'mia',
      '/config set',
      'general',
      'You do not have permission to use this command.',
    ],
    [
      'to anybody but administrators',
      'sam',
      '/locked',
      'general',
      'You do not have permission to use this command.',
    ],
    [
      'where commands may not be used',
      'mia',
      '/ping',
      'muted',
      'You do not have permission to use this command.',
    ],
    ['outside its contexts', 'sam', '/config set', 'dm', 'This command cannot be used here.'],
    ['without its subcommand', 'sam', '/config', 'general', 'needs a subcommand: set, list'],
    ['with a wrong subcommand', 'sam', '/config get', 'general', 'there is no subcommand "get"'],
  ])('%s', async (_name, who, command, place, sentence) => {
    await expect(guild.member(who).runs(command, {}, { in: place })).rejects.toThrow(sentence);
  });

  test('but the server’s settings can allow it', async () => {
    const reply = await guild
      .member('mia')
      .runs('/config list all', {}, { allowedBySettings: true, in: 'general' });
    expect(reply.text).toBe('ok');
    expect(ran?.options.getSubcommandGroup()).toBe('list');
    expect((await guild.member('ada').runs('/locked')).text).toBe('ok');
    expect((await guild.member('mia').runs('/ping', {}, { in: 'dm' })).text).toBe('ok');
    expect(ran?.context).toBe(1);
  });
});

describe('an option', () => {
  const run = (options: Record<string, OptionInput>) =>
    guild.member('sam').runs('/config set', { setting: 'abc', ...options }, { in: 'general' });

  test.each([
    ['that is required', { setting: undefined as never }, 'setting: This option is required.'],
    ['too short', { setting: 'a' }, 'Must be 2 or more in length.'],
    ['too long', { setting: 'abcdef' }, 'Must be 5 or fewer in length.'],
    ['no whole number', { number: '1.5' }, 'Input a valid integer.'],
    ['no number', { number: 'many' }, 'Input a valid number.'],
    ['too low', { number: 0 }, 'Must be greater than or equal to 1.'],
    ['too high', { number: 10 }, 'Must be less than or equal to 9.'],
    ['not among the choices', { colour: 'Blue' }, 'Select a valid option.'],
    ['neither yes nor no', { yes: 'perhaps' }, 'Input a valid boolean'],
    ['a channel of another type', { channel: 'talk' }, '#talk is not offered'],
    ['an unknown role', { role: 'Nobody' }, 'There is no role "Nobody" in Home.'],
    ['that does not exist', { nonsense: 1 }, 'has no option "nonsense"'],
  ])('is refused: %s', async (_name, options, sentence) => {
    await expect(run(options)).rejects.toThrow(sentence);
  });

  test('is sent as Discord sends it', async () => {
    await run({
      number: '3',
      colour: 'Red',
      yes: true,
      channel: '#staff',
      role: '@Staff',
      who: 'mia',
      ratio: 0.5,
    });
    expect(ran?.options).toMatchObject({ _subcommand: 'set' });
    expect(['number', 'colour', 'yes', 'ratio'].map((name) => ran?.options.get(name)?.value)).toEqual([
      3,
      'r',
      true,
      0.5,
    ]);
    expect(ran?.options.getChannel('channel')?.id).toBe(guild.channel('staff').id);
    expect(ran?.options.getRole('role')?.name).toBe('Staff');
    expect(ran?.options.getMentionable('who')).toMatchObject({ id: guild.member('mia').id });
  });

  test('offers no channel that the person does not see', async () => {
    const mia = guild.member('mia');
    const how = { allowedBySettings: true, in: 'general' };
    await expect(mia.runs('/config set', { setting: 'abc', channel: 'staff' }, how)).rejects.toThrow(
      'hidden',
    );
  });
});

describe('a person sees', () => {
  test('what the permissions let them read', () => {
    guild.member('sam').writes('staff', 'secret');
    guild.member('sam').writes('brief', 'gone by');
    expect(guild.member('mia').sees('staff')).toEqual([]);
    expect(guild.member('mia').sees('brief')).toEqual([]);
    expect(guild.owner.sees('staff').map(({ text }) => text)).toEqual(['secret']);
    expect(() => guild.member('mia').writes('muted', 'hello?')).toThrow(
      'You do not have permission to send messages',
    );
  });

  test('mentions as names, embeds as text', async () => {
    const channel = await bot.channels.fetch(guild.channel('general').id);
    if (!channel?.isSendable()) throw new Error('general is a text channel');
    await channel.send({
      content: `<@${guild.member('mia').id}> <@&${guild.role('Staff').id}> <#${guild.channel('staff').id}> @everyone`,
      embeds: [
        {
          title: 'Title',
          description: 'Body',
          fields: [{ name: 'A', value: 'B' }],
          footer: { text: 'Foot' },
        },
      ],
    });
    const seen = await guild.member('mia').waitsFor('general', 'Title');
    expect(seen.text).toBe('@mia @Staff #staff @everyone\nTitle\nBody\nA: B\nFoot');
    expect([seen.mentions, seen.mentionsEveryone, seen.author]).toEqual([['mia', '@Staff'], true, 'alphapy']);
  });

  test('and says what was there when the awaited does not come', async () => {
    guild.member('mia').writes('general', 'only this');
    await expect(guild.member('mia').waitsFor('general', /that/, 20)).rejects.toThrow('only this');
  });

  test('answers to them alone with "reply"', async () => {
    const mia = guild.member('mia');
    await mia.runs('/ping', {}, { in: 'general' });
    expect((await mia.waitsFor('reply', 'ok')).ephemeral).toBe(true);
    await expect(guild.member('ada').waitsFor('reply', 'only this', 20)).rejects.toThrow('waited');
  });
});

test('the same name is the same person in two guilds, with their own roles there', () => {
  const other = sandbox.createGuild({ name: 'Away', owner: 'mia', members: ['sam'] });
  expect(other.owner.id).toBe(guild.member('mia').id);
  expect(other.member('sam').member.roles.size).toBe(0);
  expect(() => other.member('ada')).toThrow('ada is not a member of Away.');
});
