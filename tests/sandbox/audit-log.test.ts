import { AuditLogEvent, Events, GatewayIntentBits as Intent } from 'discord.js';
import type { Client, Guild, GuildAuditLogsEntry } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { BOT_PERMISSIONS, toPermissions } from '../../sandbox/permissions.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

const DAY_MS = 24 * 60 * 60_000;
const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let home: Guild;
let heard: GuildAuditLogsEntry[];

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild({
    ...HOME,
    botPermissions: BOT_PERMISSIONS | toPermissions(['ViewAuditLog', 'KickMembers', 'PinMessages']),
  });
  bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildModeration, Intent.GuildMembers]);
  home = await bot.guilds.fetch(guild.id);
  heard = [];
  bot.on(Events.GuildAuditLogEntryCreate, (entry) => heard.push(entry));
});
afterEach(async () => {
  await bot.destroy();
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const newest = async () => (await home.fetchAuditLogs({ limit: 1 })).entries.first();

/** What was noted, oldest first: "who action". */
function noted(): string[] {
  return guild.record.auditLog.map(
    ({ user_id: by, action_type: type }) =>
      `${by === null ? 'nobody' : sandbox.world.users.get(by)?.username} ${AuditLogEvent[type]}`,
  );
}

describe('the bot’s acts are noted with their reason', () => {
  test('a channel, its changes, its permissions, and its end', async () => {
    const channel = await home.channels.create({ name: 'new', reason: 'für alle' });
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.ChannelCreate,
      executorId: bot.user.id,
      targetId: channel.id,
      reason: 'für alle',
    });
    await channel.setTopic('news', 'because');
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.ChannelUpdate,
      changes: [{ key: 'topic', new: 'news' }],
      reason: 'because',
    });
    const fans = guild.role('Fans').id;
    await channel.permissionOverwrites.create(fans, { AddReactions: false });
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.ChannelOverwriteCreate,
      targetId: channel.id,
      extra: { name: 'Fans' },
      reason: null,
    });
    await channel.permissionOverwrites.edit(fans, { AddReactions: true });
    expect((await newest())?.changes).toEqual([
      { key: 'allow', old: '0', new: '64' },
      { key: 'deny', old: '64', new: '0' },
    ]);
    await channel.permissionOverwrites.delete(fans);
    expect((await newest())?.action).toBe(AuditLogEvent.ChannelOverwriteDelete);
    await channel.delete();
    expect(await newest()).toMatchObject({ action: AuditLogEvent.ChannelDelete });
    await eventually(() => expect(heard).toHaveLength(6));
    expect(heard[0]).toMatchObject({ action: AuditLogEvent.ChannelCreate, reason: 'für alle' });
  });

  test('a role, and who has it', async () => {
    const role = await home.roles.create({ name: 'New', colors: { primaryColor: 1 }, reason: 'x' });
    await role.setName('Newer');
    expect((await newest())?.changes).toEqual([{ key: 'name', old: 'New', new: 'Newer' }]);
    const mia = await home.members.fetch(guild.member('mia').id);
    await mia.roles.add(role, 'earned');
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.MemberRoleUpdate,
      targetId: mia.id,
      changes: [{ key: '$add', new: [{ id: role.id, name: 'Newer' }] }],
      reason: 'earned',
    });
    await role.setPosition(2);
    await role.delete();
    // Neither the moved role nor what its end took from Mia is an act of its own.
    expect(noted()).toEqual([
      'alphapy RoleCreate',
      'alphapy RoleUpdate',
      'alphapy MemberRoleUpdate',
      'alphapy RoleDelete',
    ]);
  });

  test('a member: nickname, timeout, kick', async () => {
    const mia = await home.members.fetch(guild.member('mia').id);
    await mia.setNickname('Mimi');
    expect((await newest())?.changes).toEqual([{ key: 'nick', new: 'Mimi' }]);
    await mia.timeout(60_000, 'calm down');
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.MemberUpdate,
      changes: [{ key: 'communication_disabled_until' }],
    });
    await mia.kick('enough');
    expect(await newest()).toMatchObject({ action: AuditLogEvent.MemberKick, reason: 'enough' });
    expect(await newest()).toMatchObject({ target: { id: mia.id } });
  });

  test('messages of others, and pins', async () => {
    const own = await send(sandbox, 'POST', `/channels/${guild.channel('general').id}/messages`, {
      content: 'mine',
    });
    const path = `/channels/${guild.channel('general').id}/messages`;
    const [first, second, third] = ['a', 'b', 'c'].map((text) => guild.member('mia').writes('general', text));
    await send(sandbox, 'PUT', `${path}/pins/${first?.id}`);
    await send(sandbox, 'DELETE', `${path}/pins/${first?.id}`);
    await send(sandbox, 'DELETE', `${path}/${first?.id}`);
    expect(await newest()).toMatchObject({
      action: AuditLogEvent.MessageDelete,
      targetId: guild.member('mia').id,
      extra: { count: 1, channel: { id: guild.channel('general').id } },
    });
    await send(sandbox, 'DELETE', `${path}/${own.body.id}`);
    await send(sandbox, 'POST', `${path}/bulk-delete`, { messages: [second?.id, third?.id] });
    expect((await newest())?.extra).toMatchObject({ count: 2 });
    expect(noted()).toEqual([
      'alphapy MessagePin',
      'alphapy MessageUnpin',
      'alphapy MessageDelete',
      'alphapy MessageBulkDelete',
    ]);
  });
});

test('people act in their own name, and what they do to themselves alone is not noted', () => {
  const mia = guild.member('mia');
  mia.deletes(mia.writes('general', 'oops'));
  guild.owner.pins(mia.writes('general', 'keep'));
  guild.giveRole('mia', 'Staff');
  guild.leave('mia');
  guild.kick('sam');
  expect(noted()).toEqual(['olivia MessagePin', 'olivia MemberRoleUpdate', 'olivia MemberKick']);
});

describe('the log', () => {
  test('is read in pages, by who acted, on whom, and what it was', async () => {
    for (const name of ['a', 'b', 'c']) guild.createChannel({ name });
    await home.channels.create({ name: 'd' });
    guild.kick('mia');
    const ids = guild.record.auditLog.map(({ id }) => id);
    const read = async (query: string) => {
      const { body } = await send(sandbox, 'GET', `/guilds/${guild.id}/audit-logs?${query}`);
      return (body['audit_log_entries'] as { id: string }[]).map(({ id }) => ids.indexOf(id));
    };
    expect(await read('')).toEqual([4, 3, 2, 1, 0]);
    expect(await read(`before=${ids[3]}&limit=2`)).toEqual([2, 1]);
    expect(await read(`after=${ids[1]}&limit=2`)).toEqual([2, 3]);
    expect(await read(`user_id=${bot.user.id}`)).toEqual([3]);
    expect(await read(`action_type=${AuditLogEvent.MemberKick}`)).toEqual([4]);
    const { users } = (await send(sandbox, 'GET', `/guilds/${guild.id}/audit-logs?limit=1`)).body;
    expect((users as { username: string }[]).map(({ username }) => username)).toEqual(['olivia', 'mia']);
  });

  test('forgets after 45 days', async () => {
    guild.createChannel({ name: 'a' });
    clock.advance(45 * DAY_MS + 1);
    guild.createChannel({ name: 'b' });
    expect((await home.fetchAuditLogs()).entries.size).toBe(1);
  });

  test('is for those who may see it', async () => {
    guild.setPermissions('Alphapy', ['ViewChannel', 'ManageChannels']);
    await eventually(() => expect(home.members.me?.permissions.has('ManageRoles')).toBe(false));
    heard.length = 0;
    const answer = await send(sandbox, 'GET', `/guilds/${guild.id}/audit-logs`);
    expect(answer).toMatchObject({ status: 403, body: { code: 50013 } });
    const told = new Promise((resolve) => bot.once(Events.ChannelCreate, resolve));
    guild.createChannel({ name: 'quiet' });
    await told;
    guild.setPermissions('Alphapy', ['ViewAuditLog']);
    await eventually(() => expect(heard.map(({ action }) => action)).toEqual([AuditLogEvent.RoleUpdate]));
  });
});
