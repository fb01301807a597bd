import { AuditLogEvent, Events, GatewayIntentBits as Intent } from 'discord.js';
import type { Client, Guild, TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let home: Guild;
let heard: string[];

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild(HOME);
  bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildInvites, Intent.GuildMembers]);
  home = await bot.guilds.fetch(guild.id);
  heard = [];
  bot.on(Events.InviteCreate, ({ code }) => heard.push(`+${code}`));
  bot.on(Events.InviteDelete, ({ code }) => heard.push(`-${code}`));
  bot.on(Events.GuildMemberAdd, ({ user }) => heard.push(user.username));
});
afterEach(async () => {
  await bot.destroy();
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const general = () => bot.channels.cache.get(guild.channel('general').id) as TextChannel;
const invitesPath = (name = 'general') => `/channels/${guild.channel(name).id}/invites`;

describe('the bot', () => {
  test('makes an invite, sees who came by it, and ends it', async () => {
    const invite = await general().createInvite({ maxUses: 5, maxAge: 60, temporary: true });
    expect(invite).toMatchObject({
      uses: 0,
      maxUses: 5,
      maxAge: 60,
      temporary: true,
      inviterId: bot.user.id,
    });
    expect(invite.expiresTimestamp).toBe((invite.createdTimestamp ?? 0) + 60_000);
    guild.join('nora', { invite: invite.url });
    const all = await home.invites.fetch();
    expect(all.get(invite.code)).toMatchObject({ uses: 1, channelId: general().id });
    expect((await general().fetchInvites()).size).toBe(1);
    const shown = await bot.fetchInvite(invite.code);
    expect(shown).toMatchObject({ memberCount: 5, guild: { name: 'Home' }, channel: { name: 'general' } });
    expect(shown.uses).toBeNull();
    await invite.delete('done');
    await eventually(() => expect(heard).toEqual([`+${invite.code}`, 'nora', `-${invite.code}`]));
    expect(() => guild.join('late', { invite: invite.code })).toThrow('Unknown Invite');
    await expect(bot.fetchInvite(invite.code)).rejects.toMatchObject({ code: 10006 });
    const log = guild.record.auditLog;
    expect(log.map(({ action_type: type }) => type)).toEqual([
      AuditLogEvent.InviteCreate,
      AuditLogEvent.InviteDelete,
    ]);
    expect(log[1]).toMatchObject({
      reason: 'done',
      changes: expect.arrayContaining([{ key: 'uses', old_value: 1 }]) as unknown,
    });
  });

  test('gets the same one again, unless it wants its own', async () => {
    const first = await general().createInvite();
    expect(first.maxAge).toBe(86_400);
    expect((await general().createInvite()).code).toBe(first.code);
    expect((await general().createInvite({ unique: true })).code).not.toBe(first.code);
    expect((await general().createInvite({ maxUses: 1 })).code).not.toBe(first.code);
    await eventually(() => expect(heard).toHaveLength(3));
  });

  test('needs the permissions for it', async () => {
    const { code } = guild.owner.invites('general');
    await eventually(() => expect(heard).toHaveLength(1));
    const refused = async (method: string, path: string) => (await send(sandbox, method, path)).body.code;
    expect(await refused('POST', invitesPath('hidden'))).toBe(50001);
    guild.setPermissions('Alphapy', ['ViewAuditLog']);
    guild.setOverwrite('general', { role: '@everyone', deny: ['CreateInstantInvite'] });
    expect(await refused('POST', invitesPath())).toBe(50013);
    expect(await refused('GET', invitesPath())).toBe(50013);
    expect(await refused('DELETE', `/invites/${code}`)).toBe(50013);
    const { body } = await send(sandbox, 'GET', `/guilds/${guild.id}/invites`);
    expect(body).toMatchObject([{ code }]);
    expect(body).not.toHaveProperty('0.uses');
    guild.setPermissions('Alphapy', []);
    expect(await refused('GET', `/guilds/${guild.id}/invites`)).toBe(50013);
    guild.owner.invites('general', { unique: true });
    guild.join('nora');
    await eventually(() => expect(heard).toEqual([`+${code}`, 'nora']));
    guild.setOverwrite('general', { role: 'Alphapy', allow: ['ManageChannels'] });
    expect((await send(sandbox, 'DELETE', `/invites/${code}`)).status).toBe(200);
  });

  test('cannot invite where nobody can go, for too long, or too many', async () => {
    guild.createChannel({ name: 'Rooms', type: 'category' });
    expect((await send(sandbox, 'POST', invitesPath('Rooms'))).body.code).toBe(50024);
    for (const body of [{ max_age: 5_184_001 }, { max_uses: 101 }, { max_age: -1 }, { role_ids: ['1'] }]) {
      expect((await send(sandbox, 'POST', invitesPath(), body)).body.code).toBe(50035);
    }
    for (let index = 0; index < 1000; index += 1) guild.owner.invites('general', { unique: true });
    expect((await send(sandbox, 'POST', invitesPath())).body.code).toBe(30016);
  });
});

describe('an invite ends', () => {
  test('with its last use, which is told before who came', async () => {
    const { code } = guild.owner.invites('general', { maxUses: 2 });
    guild.join('a1', { invite: code });
    expect(guild.invites).toMatchObject([{ uses: 1 }]);
    guild.join('a2', { invite: code });
    expect(guild.invites).toEqual([]);
    expect(() => guild.join('a3', { invite: code })).toThrow('Unknown Invite');
    await eventually(() => expect(heard).toEqual([`+${code}`, 'a1', `-${code}`, 'a2']));
    expect(guild.record.auditLog).toHaveLength(1);
  });

  test('with its time, which nobody is told', async () => {
    const day = guild.owner.invites('general');
    const endless = guild.owner.invites('general', { maxAgeSeconds: 0 });
    clock.advance(DAY_MS - HOUR_MS);
    guild.join('a1', { invite: day.code });
    clock.advance(HOUR_MS);
    expect(() => guild.join('a2', { invite: day.code })).toThrow('Unknown Invite');
    expect((await send(sandbox, 'GET', `/invites/${day.code}`)).body.code).toBe(10006);
    guild.join('a2', { invite: endless.code });
    await eventually(() => expect(heard).toEqual([`+${day.code}`, `+${endless.code}`, 'a1', 'a2']));
  });

  test('with its channel', () => {
    const { code } = guild.owner.invites('general');
    guild.deleteChannel('general');
    expect(() => guild.join('nora', { invite: code })).toThrow('Unknown Invite');
  });
});

describe('the guild’s own link', () => {
  test('counts its uses, and names nobody', async () => {
    const vanity = () => send(sandbox, 'GET', `/guilds/${guild.id}/vanity-url`);
    expect((await vanity()).body).toEqual({ code: null, uses: 0 });
    guild.setVanity('home');
    await eventually(() => expect(home.vanityURLCode).toBe('home'));
    expect(home.features).toContain('VANITY_URL');
    guild.join('nora', { invite: 'home' });
    guild.join('otto');
    expect((await vanity()).body).toEqual({ code: 'home', uses: 1 });
    expect(await home.fetchVanityData()).toEqual({ code: 'home', uses: 1 });
    expect((await home.invites.fetch()).size).toBe(0);
    guild.setPermissions('Alphapy', ['ViewAuditLog']);
    expect((await vanity()).body.code).toBe(50013);
    guild.setVanity(null);
    expect(() => guild.join('pia', { invite: 'home' })).toThrow('Unknown Invite');
  });
});

describe('people', () => {
  test('have accounts as old as they are said to be', async () => {
    const createdAt = new Date('2020-02-02T02:02:02Z');
    const [nora, otto] = ['nora', 'otto'].map((name) => guild.join({ name, createdAt }));
    expect(nora?.id).not.toBe(otto?.id);
    for (const id of [nora?.id, otto?.id])
      expect((await bot.users.fetch(id ?? '')).createdAt).toEqual(createdAt);
  });

  test('invite where they may, and end what they manage', () => {
    const { code, inviterId } = guild.member('mia').invites('general');
    expect(inviterId).toBe(guild.member('mia').id);
    expect(() => guild.member('mia').revokes(code)).toThrow(/do not have permission to end/);
    guild.owner.revokes(code);
    expect(() => guild.owner.revokes(code)).toThrow('Unknown Invite');
    expect(() => guild.member('mia').invites('dm')).toThrow('Nobody can be invited there.');
    guild.setOverwrite('general', { role: '@everyone', deny: ['CreateInstantInvite'] });
    expect(() => guild.member('mia').invites('general')).toThrow(/do not have permission to invite/);
    expect(guild.record.auditLog.map(({ user_id: by }) => by)).toEqual([
      guild.member('mia').id,
      guild.owner.id,
      guild.owner.id,
    ]);
  });

  test('do not come in by another guild’s invite, banned, or twice', () => {
    const away = sandbox.createGuild({ name: 'Away', owner: 'olivia' });
    const { code } = away.owner.invites('general', { maxUses: 1 });
    expect(() => guild.join('nora', { invite: code })).toThrow('Unknown Invite');
    away.join('sam');
    expect(() => away.join('sam', { invite: code })).toThrow('sam is a member of Away already.');
    away.ban('sam');
    expect(() => away.join('sam', { invite: code })).toThrow('The user is banned from this guild.');
    expect(away.invites).toMatchObject([{ uses: 0 }]);
  });
});
