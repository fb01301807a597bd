import type { Client, Guild } from 'discord.js';
import { ChannelType } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { PermissionName } from '../../sandbox/permissions.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { serialiseGuildCreate } from '../../sandbox/state/guilds.ts';
import { expectNoViolations, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let home: Guild;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({
    name: 'Home',
    owner: 'olivia',
    members: ['mia'],
    roles: [{ name: 'Helpers' }],
    channels: [
      { name: 'tickets', type: 'category' },
      { name: 'ticket', parent: 'tickets' },
      { name: 'general', overwrites: [{ role: 'Helpers', allow: ['SendMessages'] }] },
      { name: 'quiet', overwrites: [{ role: 'Alphapy', deny: ['SendMessages'] }] },
    ],
  });
  bot = await startBot(sandbox);
  home = await bot.guilds.fetch(guild.id);
});
afterEach(async () => {
  expectNoViolations(sandbox);
  await bot.destroy();
  await sandbox.close();
});

const tickets = (): string => guild.channel('tickets').id;
const inCategory = (): number => guild.channels.filter(({ parentId }) => parentId === tickets()).length;
/** The server as data, to see that everything is as it was. */
const asData = (): unknown => serialiseGuildCreate(sandbox.world, guild.record, true);

const tooMany = {
  code: 50035,
  rawError: { errors: { parent_id: { _errors: [{ code: 'CHANNEL_PARENT_MAX_CHANNELS' }] } } },
};

describe('a full category', () => {
  test.each([
    [48, 2],
    [49, 1],
    [50, 0],
  ])('with %i channels has room for %i', async (channels, room) => {
    sandbox.faults.switchOn({ fault: 'full category', guildId: guild.id, categoryId: tickets(), channels });
    expect(inCategory()).toBe(channels);
    await eventually(() => expect(home.channels.cache.size).toBe(guild.channels.length));
    for (let count = 0; count < room; count += 1)
      await home.channels.create({ name: `ticket-${count}`, parent: tickets() });
    await expect(home.channels.create({ name: 'one-more', parent: tickets() })).rejects.toMatchObject(
      tooMany,
    );
    expect(inCategory()).toBe(50);
    // Elsewhere there is room.
    await home.channels.create({ name: 'elsewhere' });
  });

  test('takes nothing that is moved there, by itself or with others', async () => {
    const fill = (channels: number) =>
      sandbox.faults.switchOn({ fault: 'full category', guildId: guild.id, categoryId: tickets(), channels });
    const move = (...names: string[]) =>
      send(
        sandbox,
        'PATCH',
        `/guilds/${guild.id}/channels`,
        names.map((name) => ({ id: guild.channel(name).id, parent_id: tickets() })),
      );
    fill(49);
    expect((await move('general', 'quiet')).body.code).toBe(50035);
    expect((await move('general')).status).toBe(204);
    // What is in it already may stay.
    expect((await move('general')).status).toBe(204);
    const quiet = bot.channels.cache.get(guild.channel('quiet').id);
    if (quiet?.type !== ChannelType.GuildText) throw new Error('no channel');
    await expect(quiet.setParent(tickets())).rejects.toMatchObject(tooMany);
  });

  test('may be a new one, and is as before when it is over', async () => {
    const before = asData();
    const order = { fault: 'full category', guildId: guild.id } as const;
    const [one, another] = [
      sandbox.faults.switchOn(order),
      sandbox.faults.switchOn({ ...order, categoryId: tickets(), channels: 48 }),
    ];
    expect(guild.channels.filter(({ parentId }) => parentId === guild.channel('Full').id)).toHaveLength(50);
    // Somebody deletes what was to be taken away.
    guild.deleteChannel('filler-2');
    sandbox.faults.switchOff(one);
    sandbox.faults.switchOff(another);
    expect(asData()).toEqual(before);
    await eventually(() => expect(home.channels.cache.size).toBe(4));
  });

  test('is no more than Discord allows', async () => {
    const fill = (categoryId?: string) => () =>
      sandbox.faults.switchOn({ fault: 'full category', guildId: guild.id, categoryId });
    expect(fill(guild.channel('general').id)).toThrow('no category');
    fill(tickets())();
    expect(fill(tickets())).toThrow('already');
    for (let count = 1; count <= 8; count += 1) fill()();
    expect(fill()).toThrow('500');
    while (guild.channels.length < 500) guild.createChannel({ name: 'more' });
    await expect(home.channels.create({ name: 'one-more' })).rejects.toMatchObject({ code: 30013 });
    expect(guild.channels).toHaveLength(500);
  });
});

describe('a permission that is revoked', () => {
  const revoke = (permission: PermissionName, channel?: string): number | null =>
    sandbox.faults.switchOn({
      fault: 'permission revoked',
      guildId: guild.id,
      permission,
      ...(channel === undefined ? {} : { channelId: guild.channel(channel).id }),
    });
  const writeTo = async (channel: string): Promise<number> =>
    (await send(sandbox, 'POST', `/channels/${guild.channel(channel).id}/messages`, { content: 'hi' }))
      .status;

  test('in one channel, against what a role allows', async () => {
    guild.giveRole({ id: bot.user.id }, 'Helpers');
    const before = asData();
    const id = revoke('SendMessages', 'general');
    expect([await writeTo('general'), await writeTo('ticket')]).toEqual([403, 200]);
    const general = home.channels.cache.get(guild.channel('general').id);
    await eventually(() => expect(general?.permissionsFor(bot.user)?.has('SendMessages')).toBe(false));
    sandbox.faults.switchOff(id);
    expect(await writeTo('general')).toBe(200);
    await eventually(() => expect(general?.permissionsFor(bot.user)?.has('SendMessages')).toBe(true));
    expect(asData()).toEqual({ ...(before as object), channels: expect.anything() });
    expect(guild.channel('general').overwrites.has(bot.user.id)).toBe(false);
  });

  test('in the whole server, where people keep it', async () => {
    const before = asData();
    const id = revoke('ViewChannel');
    expect(guild.channels.map((channel) => guild.botPermissionsIn(channel))).toEqual([0n, 0n, 0n, 0n]);
    expect(guild.member('mia').canSee(guild.channel('general'))).toBe(true);
    sandbox.faults.switchOff(id);
    expect(asData()).toEqual(before);
  });

  test('of the server itself', async () => {
    const id = revoke('ManageRoles');
    await eventually(() => expect(home.members.me?.permissions.has('ManageRoles')).toBe(false));
    await expect(home.roles.create({ name: 'New' })).rejects.toMatchObject({ code: 50013 });
    sandbox.faults.switchOff(id);
    await expect(home.roles.create({ name: 'New' })).resolves.toMatchObject({ name: 'New' });
  });

  test('keeps what an overwrite of the bot held otherwise', () => {
    const own = { member: { id: bot.user.id }, allow: ['SendMessages', 'ManageWebhooks'] as const };
    guild.setOverwrite('general', own);
    const before = asData();
    const id = revoke('SendMessages', 'general');
    expect(guild.botPermissionsIn('general') & (2048n | (1n << 29n))).toBe(1n << 29n);
    sandbox.faults.switchOff(id);
    expect(asData()).toEqual(before);
  });

  test('must be one that the bot has and can lose', () => {
    expect(() => revoke('BanMembers')).toThrow('does not have BanMembers');
    expect(() => revoke('SendMessages', 'quiet')).toThrow('does not have SendMessages');
    guild.setPermissions('Alphapy', ['Administrator']);
    expect(() => revoke('SendMessages')).toThrow('administrator');
    const id = revoke('Administrator');
    expect(home).toBeDefined();
    expect(guild.botPermissionsIn('general') & 8n).toBe(0n);
    sandbox.faults.switchOff(id);
    expect(guild.botPermissionsIn('general') & 8n).toBe(8n);
    guild.kickBot();
    expect(() => revoke('SendMessages')).toThrow('not in this server');
  });
});
