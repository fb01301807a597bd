import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { container } from '@sapphire/framework';
import { afterAll, describe, expect, test } from 'vitest';
import { findingsIn } from '#lib/doctor/guild-checks';
import { readNeeds } from '#lib/doctor/needs';
import { definitionOf, settingKeys, type BotPermission } from '#lib/settings/definitions';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { BOT_PERMISSIONS, toPermissions } from '../../../sandbox/permissions.ts';
import { useBot } from '../../setup/bot.ts';
import { botHears, leaveButton, plantTown, type Town } from '../town.ts';

const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'alphapy-doctor-'));
afterAll(() => rmSync(dataDirectory, { recursive: true }));

const world = useBot({ config: { dataDirectory } });

const channelKeys = settingKeys.filter((key) => definitionOf(key).type === 'channel');
const roleKeys = settingKeys.filter((key) => definitionOf(key).type === 'role');
const nameOf = (key: string): string => key.replaceAll(/[._]/g, '-');

/** A town with a channel and a role of its own for each setting that names one, all of them set. */
async function plantSetUp(): Promise<Town> {
  const town = plantTown(world(), {
    roles: [
      { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
      ...roleKeys.map((key) => ({ name: nameOf(key) })),
    ],
    channels: channelKeys.map((key) => ({
      name: nameOf(key),
      type: key.includes('category') ? 'category' : 'text',
    })),
  });
  const { guild, olivia } = town;
  // What the bot may do comes of its own role alone.
  guild.setPermissions('@everyone', 0n);
  guild.setPermissions('Admins', [
    'ManageGuild',
    'ManageRoles',
    'ViewChannel',
    'SendMessages',
    'UseApplicationCommands',
  ]);
  const values = [
    ...channelKeys.map((key) => [key, guild.channel(nameOf(key)).id] as const),
    ...roleKeys.map((key) => [key, guild.role(nameOf(key)).id] as const),
    ['reminders.allow_everyone_mentions', true] as const,
  ];
  for (const [key, value] of values)
    await container.settings.change({ guildId: guild.id, key, value, changedBy: olivia.id });
  await botHears(world(), guild);
  return town;
}

/** What the doctor finds in a guild now. */
async function found({ id }: SandboxGuild): Promise<string[]> {
  const guild = world().bot.client.guilds.cache.get(id);
  if (guild === undefined) throw new Error('the bot does not know this guild');
  return findingsIn(await readNeeds(container, guild)).map((finding) => finding.id);
}

const neededIn = (key: (typeof channelKeys)[number]): readonly BotPermission[] => {
  const definition = definitionOf(key);
  return definition.type === 'channel' ? definition.botPermissions : [];
};

describe('each thing that is taken away is found, alone, and is gone when it is given back', () => {
  test('each permission in each channel', { timeout: 120_000 }, async () => {
    const { guild } = await plantSetUp();
    expect(await found(guild)).toEqual([]);
    for (const key of channelKeys)
      for (const permission of neededIn(key)) {
        const { id } = guild.channel(nameOf(key));
        guild.setOverwrite({ id }, { role: 'Alphapy', deny: [permission] });
        await botHears(world(), guild);
        expect([key, await found(guild)]).toEqual([key, [`channel-permission:${id}:${permission}`]]);
        guild.setOverwrite({ id }, { role: 'Alphapy' });
      }
    await botHears(world(), guild);
    expect(await found(guild)).toEqual([]);
  });

  test('each permission in the server', { timeout: 60_000 }, async () => {
    const { guild } = await plantSetUp();
    const needed = new Set<BotPermission>([
      ...channelKeys.flatMap(neededIn),
      'ManageRoles',
      'MentionEveryone',
    ]);
    for (const permission of needed) {
      guild.setPermissions('Alphapy', BOT_PERMISSIONS & ~toPermissions([permission]));
      await botHears(world(), guild);
      expect(await found(guild)).toEqual([`server-permission:${permission}`]);
    }
    guild.setPermissions('Alphapy', BOT_PERMISSIONS);
    await botHears(world(), guild);
    expect(await found(guild)).toEqual([]);
  });

  test('each channel and each role', { timeout: 60_000 }, async () => {
    const { guild } = await plantSetUp();
    const expected: string[] = [];
    for (const key of channelKeys) {
      const { id } = guild.channel(nameOf(key));
      guild.deleteChannel({ id });
      expected.push(`channel-gone:${key}:${id}`);
      await botHears(world(), guild);
      expect(await found(guild)).toEqual(expected);
    }
    for (const key of roleKeys) {
      const { id } = guild.role(nameOf(key));
      guild.deleteRole({ id });
      expected.push(`role-gone:${key}:${id}`);
      await botHears(world(), guild);
      expect(await found(guild)).toEqual(expected);
    }
  });

  test('a role that is moved above the bot, one of an integration, and a channel of another kind', async () => {
    const { guild, olivia } = await plantSetUp();
    const role = guild.role(nameOf('onboarding.completion_role_id'));
    guild.moveRole(role, guild.record.roles.size - 1);
    await botHears(world(), guild);
    expect(await found(guild)).toEqual([`role-above:${role.id}`]);
    guild.moveRole(role, 1);
    await botHears(world(), guild);
    const change = { guildId: guild.id, changedBy: olivia.id };
    const { id: own } = guild.role('Alphapy');
    await container.settings.change({ ...change, key: 'onboarding.completion_role_id', value: own });
    expect(await found(guild)).toEqual([`role-managed:${own}`]);
    await container.settings.change({ ...change, key: 'onboarding.completion_role_id', value: role.id });
    const { id: category } = guild.channel(nameOf('ticketbot.category_id'));
    await container.settings.change({ ...change, key: 'gdpr.channel_id', value: category });
    expect(await found(guild)).toEqual([`channel-type:gdpr.channel_id:${category}`]);
  });

  test('a role of an answer in onboarding, and the place and staff of a kind of ticket', async () => {
    const { guild, ann } = await plantSetUp();
    const { db } = world().database;
    const gone = '1328374655667123999';
    const option = {
      value: 'red',
      label: '*Red*',
      roleIds: [gone],
      description: null,
      emoji: null,
      followup: null,
    };
    const question = {
      id: 7,
      type: 'select',
      text: 'Which?',
      help: null,
      options: [option],
      required: true,
      isPrivate: false,
    };
    await db
      .insertInto('onboarding_versions')
      .values({
        guild_id: guild.id,
        version: 1,
        content: JSON.stringify({ rules: [], questions: [question] }),
        rules_hash: 'none',
        published_by: ann.id,
        published_at: world().clock.now(),
      })
      .execute();
    expect(await found(guild)).toEqual([`role-gone:onboarding-option.7.red:${gone}`]);
    const kind = { guild_id: guild.id, position: 1, name: 'Billing', parent_id: gone, staff_role_id: gone };
    await db.insertInto('ticket_categories').values(kind).execute();
    const [place, staff] = await found(guild);
    expect(place).toMatch(new RegExp(`^channel-gone:ticket-category\\.\\d+:${gone}$`));
    expect(staff).toMatch(new RegExp(`^role-gone:ticket-category\\.\\d+:${gone}$`));
    const told = (await ann.runs('/doctor')).text;
    expect(told).toContain('3 things to mend');
    expect(told).toContain('Ticket category Billing');
    expect(told).toContain('Onboarding answer \\*Red\\*');
    expect(told).toContain('`/onboarding`');
  });
});

test('where reminders are still to go, each channel once, and no more when they are over', async () => {
  const { guild, ann } = await plantSetUp();
  const events = guild.createChannel({ name: 'events' });
  await botHears(world(), guild);
  for (const name of ['*Quiz*', 'Film'])
    await ann.runs('/add_reminder', { name, time: '20:00', date: 'tomorrow', channel: events });
  await ann.runs('/add_reminder', { name: 'Mine', time: '20:00', date: 'tomorrow', private: true });
  expect(await found(guild)).toEqual([]);
  guild.setOverwrite(events, { role: 'Alphapy', deny: ['EmbedLinks'] });
  await botHears(world(), guild);
  expect(await found(guild)).toEqual([`channel-permission:${events.id}:EmbedLinks`]);
  const told = (await ann.runs('/doctor')).text;
  expect(told).toContain('#events (**Reminder \\*Quiz\\***): there I lack Embed Links.');
  const { db } = world().database;
  await db.updateTable('reminders').set({ finished_at: world().clock.now() }).execute();
  expect(await found(guild)).toEqual([]);
});

test('what one channel lacks for several settings is one finding that names them all', async () => {
  const { guild, olivia } = await plantSetUp();
  const { id } = guild.channel(nameOf('system.log_channel_id'));
  await container.settings.change({
    guildId: guild.id,
    key: 'gdpr.channel_id',
    value: id,
    changedBy: olivia.id,
  });
  guild.setOverwrite({ id }, { role: 'Alphapy', deny: ['SendMessages', 'EmbedLinks'] });
  await botHears(world(), guild);
  const { text } = await olivia.runs('/doctor');
  expect(text).toContain('1 thing to mend');
  expect(text).toContain('there I lack Send Messages, Embed Links. Allow @Alphapy that');
  expect(text).toMatch(/\*\*Log channel\*\*, \*\*[^*]+\*\*/);
});

test('/doctor tells an admin that all is well, or what is wrong on pages, in their language; nobody else', async () => {
  const { guild, ann, niels } = await plantSetUp();
  const { mia } = plantTown(world());
  const well = await ann.runs('/doctor');
  expect(well.ephemeral).toBe(true);
  expect(well.text).toContain('Everything works');
  expect((await niels.runs('/doctor')).text).toContain('Alles werkt');
  await expect(mia.runs('/doctor')).rejects.toThrow(/doctor/);
  for (const key of channelKeys) guild.deleteChannel(nameOf(key));
  guild.createChannel({ name: 'lobby' });
  await botHears(world(), guild);
  const first = await niels.runs('/doctor', {}, { in: 'lobby' });
  expect(first.text).toContain(`${channelKeys.length} dingen om te verhelpen`);
  expect(first.text).toContain('Pagina 1 van 2');
  expect(first.text).toContain('**Logkanaal**: het kanaal is weg');
  expect(first.text).toContain('`/config set setting:system.log_channel_id`');
  const second = await niels.clicks('Volgende', { on: first });
  expect(second.text).toContain('Pagina 2 van 2');
  expect(second.text).not.toContain('Logkanaal');
});

test('the buttons of a report are for admins, whoever finds their id', async () => {
  const { guild, mia } = plantTown(world());
  const left = leaveButton(world(), guild, 'doctor:1:page:1');
  const refused = await mia.clicks('Go', { on: left });
  expect(refused.ephemeral).toBe(true);
  expect(refused.text).toContain("Only the server's owner");
});
