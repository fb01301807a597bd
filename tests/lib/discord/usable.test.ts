import { ChannelType, type Guild, type GuildMember } from 'discord.js';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  findChannel,
  findRole,
  missingPermissions,
  permissionNames,
  requireMayGive,
  requireUsableChannel,
  requireUsableRole,
} from '#lib/discord/usable';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { requireEveryoneAllowed, requireTarget } from '#lib/reminders/target';
import { definitionOf, type ChannelDefinition, type RoleDefinition } from '#lib/settings/definitions';
import { valueChoices } from '#lib/settings/search';
import { parseSettingValue, plainValue } from '#lib/settings/values';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { useClient } from './sandbox-client.ts';

const LOG_CHANNEL = definitionOf('system.log_channel_id') as ChannelDefinition;
const ROLE: RoleDefinition = { type: 'role', default: null, isGiven: true, botPermissions: ['ManageRoles'] };
const NOWHERE = '1328374655667123456';

const useGuilds = useClient(
  {
    name: 'Town',
    owner: 'olivia',
    members: ['mia', 'sam'],
    roles: [
      { name: 'Above', aboveBot: true },
      { name: 'Heralds', permissions: ['MentionEveryone', 'ManageRoles'], members: ['sam'] },
      { name: 'Members' },
    ],
    channels: [
      { name: 'general' },
      { name: 'news', type: 'announcement' },
      { name: 'voice', type: 'voice' },
      { name: 'archive', type: 'category' },
      { name: 'hidden', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
      {
        name: 'silent',
        overwrites: [{ role: 'Alphapy', deny: ['SendMessages', 'EmbedLinks', 'MentionEveryone'] }],
      },
      {
        name: 'rules',
        overwrites: [
          { role: '@everyone', deny: ['SendMessages'] },
          { role: 'Alphapy', allow: ['SendMessages'] },
        ],
      },
      {
        name: 'staff',
        overwrites: [
          { role: '@everyone', deny: ['ViewChannel'] },
          { role: 'Alphapy', allow: ['ViewChannel'] },
        ],
      },
      { name: 'calm', overwrites: [{ role: 'Alphapy', deny: ['MentionEveryone'] }] },
    ],
  },
  {
    name: 'Village',
    owner: 'victor',
    channels: [{ name: 'elsewhere' }],
    roles: [{ name: 'Villagers' }],
    botPermissions: ['ViewChannel'],
  },
);
useSentences();

let town: SandboxGuild;
let village: SandboxGuild;
let guild: Guild;
let otherGuild: Guild;
let olivia: GuildMember;
let mia: GuildMember;
let sam: GuildMember;
beforeAll(async () => {
  const { guilds, client } = useGuilds();
  [town, village] = guilds as [SandboxGuild, SandboxGuild];
  [guild, otherGuild] = await Promise.all([client.guilds.fetch(town.id), client.guilds.fetch(village.id)]);
  await Promise.all([guild.members.fetchMe(), otherGuild.members.fetchMe()]);
  [olivia, mia, sam] = await Promise.all([
    guild.members.fetch(town.owner.id),
    guild.members.fetch(town.member('mia').id),
    guild.members.fetch(town.member('sam').id),
  ]);
});

const channelId = (name: string): string => town.channel(name).id;

describe('a channel is found', () => {
  test.each([
    ['by mention', () => `<#${channelId('general')}>`, 'general'],
    ['by id', () => channelId('general'), 'general'],
    ['by name', () => 'general', 'general'],
    ['by name with #, in any case', () => '#GENERAL', 'general'],
    ["not by another guild's id", () => village.channel('elsewhere').id, undefined],
    ["not by a role's mention", () => `<@&${channelId('general')}>`, undefined],
    ['not by nothing', () => '', undefined],
  ])('%s', (_name, text, expected) => {
    expect(findChannel(guild, text())?.name).toBe(expected);
  });
});

describe('a role is found', () => {
  test.each([
    ['by mention', () => `<@&${town.role('Members').id}>`, 'Members'],
    ['by id', () => town.role('Members').id, 'Members'],
    ['by name with @, in any case', () => '@members', 'Members'],
    ["not by another guild's id", () => village.role('Villagers').id, undefined],
    ["not by a person's mention", () => `<@${town.role('Members').id}>`, undefined],
  ])('%s', (_name, text, expected) => {
    expect(findRole(guild, text())?.name).toBe(expected);
  });
});

describe('a channel for the bot', () => {
  test.each(['general', 'news', 'rules', 'staff'])('%s will do', (name) => {
    expect(requireUsableChannel(guild, `<#${channelId(name)}>`, LOG_CHANNEL)).toBe(channelId(name));
    expect(parseSettingValue(guild, 'system.log_channel_id', ` #${name} `, null)).toBe(channelId(name));
  });

  test.each([
    ['voice', 'config:invalid.channelType', 'is not a text or announcement channel'],
    ['archive', 'config:invalid.channelType', 'is not a text or announcement channel'],
    ['hidden', 'config:invalid.channelPermission', 'I lack View Channel.'],
    ['silent', 'config:invalid.channelPermission', 'I lack Send Messages, Embed Links.'],
  ])('%s is refused, and why', async (name, sentence, says) => {
    const refusal = await refusalOf(() => requireUsableChannel(guild, channelId(name), LOG_CHANNEL));
    expect(refusal).toMatchObject({ sentence, values: { channel: `<#${channelId(name)}>` } });
    expect(refusal.text).toContain(says);
  });

  test.each([
    ['of another guild', () => `<#${village.channel('elsewhere').id}>`],
    ['that is not there', () => NOWHERE],
    ['in hostile words', () => '@everyone **x** {{channel}}'],
  ])('one %s is refused', async (_name, text) => {
    const { sentence, text: said } = await refusalOf(() => requireUsableChannel(guild, text(), LOG_CHANNEL));
    expect(sentence).toBe('config:invalid.channel');
    expect(said).not.toMatch(/@everyone|\*\*x/);
  });
});

describe('a role that the bot gives', () => {
  test('below its own will do', () => {
    expect(requireUsableRole(guild, 'Members', ROLE)).toBe(town.role('Members').id);
  });

  test.each([
    ['above its own', 'Above', 'config:invalid.roleAbove'],
    ['its own, which belongs to an integration', 'Alphapy', 'config:invalid.roleManaged'],
    ['@everyone', '@everyone', 'config:invalid.role'],
    ['none of this guild', NOWHERE, 'config:invalid.role'],
  ])('%s is refused', async (_name, name, sentence) => {
    expect(await refusalOf(() => requireUsableRole(guild, name, ROLE))).toMatchObject({ sentence });
  });

  test('is refused where the bot may not manage roles, and that is named', async () => {
    const { sentence, values } = await refusalOf(() => requireUsableRole(otherGuild, 'Villagers', ROLE));
    expect([sentence, values['permissions']]).toEqual([
      'config:invalid.rolePermission',
      ['common:permissions.ManageRoles'],
    ]);
  });
});

test('permissions are missing as Discord computes them, and named as it names them', () => {
  const general = guild.channels.cache.get(channelId('general'));
  const silent = guild.channels.cache.get(channelId('silent'));
  if (general === undefined || silent === undefined) throw new Error('no channels');
  expect(missingPermissions(general, ['ViewChannel', 'ManageRoles'])).toEqual([]);
  expect(missingPermissions(silent, ['MentionEveryone', 'ViewChannel'])).toEqual(['MentionEveryone']);
  expect(permissionNames(['ViewChannel', 'MentionEveryone']).map((key) => translator('nl')(key))).toEqual([
    'kanaal bekijken (View Channel)',
    'iedereen vermelden (Mention Everyone)',
  ]);
});

describe('what is suggested', () => {
  const t = translator(defaultLocale);

  test.each([
    ['', ['#general', '#news', '#rules', '#staff', '#calm']],
    ['NEW', ['#news']],
    ['#ru', ['#rules']],
    ['nowhere', []],
  ])('are channels that the bot can use: %j', (typed, names) => {
    const choices = valueChoices(t, guild, 'system.log_channel_id', typed);
    expect(choices.map(({ name }) => name)).toEqual(names);
    expect(choices.map(({ value }) => guild.channels.cache.get(value)?.type)).toEqual(
      names.map((name) => (name === '#news' ? ChannelType.GuildAnnouncement : ChannelType.GuildText)),
    );
  });

  test('shows a channel by its name, and one that is gone by its number', () => {
    const shown = [channelId('news'), NOWHERE].map((id) => plainValue(t, guild, 'system.log_channel_id', id));
    expect(shown).toEqual(['#news', NOWHERE]);
  });
});

describe('a member sends a reminder', () => {
  test.each(['general', 'news'])('to %s', (name) => {
    expect(requireTarget(guild, mia, channelId(name)).id).toBe(channelId(name));
  });

  test.each([
    ['voice', 'reminders:target.type'],
    ['rules', 'reminders:target.member'],
    ['staff', 'reminders:target.member'],
    ['hidden', 'reminders:target.bot'],
    ['silent', 'reminders:target.bot'],
  ])('but not to %s', async (name, sentence) => {
    const { sentence: said, values } = await refusalOf(() => requireTarget(guild, mia, channelId(name)));
    expect([said, values['channel']]).toEqual([sentence, `<#${channelId(name)}>`]);
  });

  test.each([
    ['of another guild', () => village.channel('elsewhere').id],
    ['that is gone', () => NOWHERE],
  ])('and not to a channel %s', async (_name, id) => {
    expect(await refusalOf(() => requireTarget(guild, mia, id()))).toMatchObject({
      sentence: 'reminders:target.unknown',
    });
  });
});

describe('a mention of everyone needs every yes', () => {
  test.each([
    ['the host', { host: false, guild: true }, 'sam', 'general', 'reminders:everyone.host'],
    ['the guild', { host: true, guild: false }, 'sam', 'general', 'reminders:everyone.guild'],
    ['the member', { host: true, guild: true }, 'mia', 'general', 'reminders:everyone.member'],
    ['the bot', { host: true, guild: true }, 'sam', 'calm', 'reminders:everyone.bot'],
  ])('%s says no', async (_name, yes, who, name, sentence) => {
    const channel = requireTarget(guild, mia, channelId(name));
    const member = who === 'sam' ? sam : mia;
    expect(await refusalOf(() => requireEveryoneAllowed(channel, member, yes))).toMatchObject({ sentence });
  });

  test('all say yes', () => {
    const channel = requireTarget(guild, sam, channelId('general'));
    expect(() => requireEveryoneAllowed(channel, sam, { host: true, guild: true })).not.toThrow();
  });
});

describe('a role that a member has the bot give', () => {
  const id = (name: string) => town.role(name).id;

  test('is below their own highest, and they may manage roles; the owner may have any', async () => {
    expect(() => requireMayGive(sam, id('Members'))).not.toThrow();
    expect(() => requireMayGive(olivia, id('Above'))).not.toThrow();
    for (const [member, role] of [
      [sam, 'Heralds'],
      [sam, 'Above'],
      [mia, 'Members'],
    ] as const) {
      const { sentence, text } = await refusalOf(() => requireMayGive(member, id(role)));
      expect(sentence).toBe('config:invalid.roleNotYours');
      expect(text).toContain(`<@&${id(role)}>`);
    }
    expect(() => requireMayGive(sam, NOWHERE)).toThrow('config:invalid.roleNotYours');
  });
});
