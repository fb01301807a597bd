import { AuditLogEvent, Events, GatewayDispatchEvents, GatewayIntentBits as Intent } from 'discord.js';
import type { Client, GatewayGuildMemberRemoveDispatchData, Guild } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { BOT_PERMISSIONS, toPermissions } from '../../sandbox/permissions.ts';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let home: Guild;
let heard: string[];

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild({ ...HOME, botPermissions: BOT_PERMISSIONS | toPermissions(['BanMembers']) });
  guild.giveRole('sam', 'Boss');
  bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildModeration, Intent.GuildMembers]);
  home = await bot.guilds.fetch(guild.id);
  heard = [];
  bot.on(Events.GuildBanAdd, ({ user }) => heard.push(`+${user.username}`));
  bot.on(Events.GuildBanRemove, ({ user }) => heard.push(`-${user.username}`));
  // The client itself keeps quiet about members that it does not know.
  bot.ws.on(GatewayDispatchEvents.GuildMemberRemove, ({ user }: GatewayGuildMemberRemoveDispatchData) =>
    heard.push(`left ${user.username}`),
  );
});
afterEach(async () => {
  await bot.destroy();
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const banPath = (id: string): string => `/guilds/${guild.id}/bans/${id}`;

test('the bot bans, reads the ban, and takes it back', async () => {
  const { id } = guild.member('mia');
  guild.member('mia').writes('general', 'long ago');
  clock.advance(60_000);
  guild.member('mia').writes('general', 'just now');
  await home.members.ban(id, { reason: 'spam', deleteMessageSeconds: 30 });
  expect(guild.record.members.has(id)).toBe(false);
  expect(guild.owner.sees('general').map(({ text }) => text)).toEqual(['long ago']);
  expect(() => guild.join('mia')).toThrow('The user is banned from this guild.');
  expect(await home.bans.fetch(id)).toMatchObject({ reason: 'spam', user: { username: 'mia' } });
  await home.members.ban(id);
  await home.bans.remove(id);
  await expect(home.bans.fetch({ user: id, force: true })).rejects.toMatchObject({ code: 10026 });
  await expect(home.bans.remove(id)).rejects.toMatchObject({ code: 10026 });
  guild.join('mia');
  await eventually(() => expect(heard).toEqual(['+mia', 'left mia', '-mia']));
  expect(guild.record.auditLog.map(({ action_type: type, reason }) => [type, reason])).toEqual([
    [AuditLogEvent.MemberRoleUpdate, undefined],
    [AuditLogEvent.MemberBanAdd, 'spam'],
    [AuditLogEvent.MemberBanRemove, undefined],
  ]);
});

test('the owner bans and unbans', async () => {
  guild.ban('mia', { reason: 'rude' });
  expect(
    (await send(sandbox, 'GET', banPath(guild.record.auditLog.at(-1)?.target_id ?? ''))).body,
  ).toMatchObject({
    reason: 'rude',
  });
  expect(() => guild.ban('olivia')).toThrow('The owner cannot be banned.');
  expect(() => guild.unban('sam')).toThrow('sam is not banned from Home.');
  guild.unban('mia');
  expect(guild.join('mia').name).toBe('mia');
});

describe('a ban is refused', () => {
  const stranger = () => sandbox.createGuild({ name: 'Away', owner: 'nora' }).owner.id;
  test.each([
    ['of the owner', () => guild.owner.id, 403, 50013],
    ['of somebody above the bot', () => guild.member('sam').id, 403, 50013],
    ['of the bot itself', () => sandbox.applicationId, 403, 50013],
    ['of nobody', () => '1', 404, 10013],
    ['not of a stranger', stranger, 204, undefined],
  ])('%s', async (_name, who, status, code) => {
    const answer = await send(sandbox, 'PUT', banPath(who()), {});
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('without the permission, as is looking at bans', async () => {
    guild.setPermissions('Alphapy', ['ViewChannel']);
    const { id } = guild.member('mia');
    for (const [method, path] of [
      ['PUT', banPath(id)],
      ['DELETE', banPath(id)],
      ['GET', banPath(id)],
      ['GET', `/guilds/${guild.id}/bans`],
    ] as const) {
      expect((await send(sandbox, method, path)).body.code).toBe(50013);
    }
    guild.ban('mia');
    await eventually(() => expect(heard).toEqual(['left mia']));
  });
});

test('bans come in pages, in the order of the ids', async () => {
  const names = ['a1', 'a2', 'a3', 'a4'];
  const ids = names.map((name) => guild.join(name).id);
  for (const name of names.toReversed()) guild.ban(name);
  const read = async (query: string) => {
    const { body } = await send(sandbox, 'GET', `/guilds/${guild.id}/bans?${query}`);
    return (body as unknown as { user: { id: string } }[]).map(({ user }) => ids.indexOf(user.id));
  };
  expect(await read('')).toEqual([0, 1, 2, 3]);
  expect(await read(`after=${ids[0]}&limit=2`)).toEqual([1, 2]);
  expect(await read(`before=${ids[3]}&limit=2`)).toEqual([1, 2]);
});

test('many at once: who can be, is', async () => {
  const [mia, sam] = [guild.member('mia').id, guild.member('sam').id];
  const result = await home.bans.bulkCreate([mia, sam, '1'], { reason: 'raid' });
  expect(result).toEqual({ bannedUsers: [mia], failedUsers: [sam, '1'] });
  await expect(home.bans.bulkCreate([mia])).rejects.toMatchObject({ code: 500000 });
  guild.setPermissions('Alphapy', ['BanMembers']);
  await expect(home.bans.bulkCreate([mia])).rejects.toMatchObject({ code: 50013 });
});
