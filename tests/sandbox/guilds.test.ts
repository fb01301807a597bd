import {
  AuditLogEvent,
  Events,
  GatewayIntentBits as Intent,
  GuildVerificationLevel,
  Locale,
} from 'discord.js';
import type { Client, Guild } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let bot: Client<true>;
let home: Guild;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ ...HOME, emojis: ['party'] });
  bot = await startBot(sandbox, [Intent.Guilds]);
  home = await bot.guilds.fetch(guild.id);
});
afterEach(async () => {
  await bot.destroy();
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

test('the bot changes what it may of a guild, and hears of it', async () => {
  const told = new Promise<string>((resolve) =>
    bot.once(Events.GuildUpdate, (_old, { name }) => resolve(name)),
  );
  const general = guild.channel('general').id;
  await home.edit({
    name: 'Homely',
    preferredLocale: Locale.Dutch,
    systemChannel: general,
    verificationLevel: GuildVerificationLevel.High,
    reason: 'new name',
  });
  expect(await told).toBe('Homely');
  expect(guild.record).toMatchObject({ name: 'Homely', locale: 'nl' });
  const fetched = await bot.guilds.fetch({ guild: guild.id, force: true });
  expect(fetched).toMatchObject({ systemChannelId: general, verificationLevel: 3, description: null });
  expect(guild.record.auditLog[0]).toMatchObject({
    action_type: AuditLogEvent.GuildUpdate,
    reason: 'new name',
    changes: [
      { key: 'name', old_value: 'Home', new_value: 'Homely' },
      { key: 'preferred_locale', old_value: 'en-US', new_value: 'nl' },
      { key: 'verification_level', old_value: 0, new_value: 3 },
      { key: 'system_channel_id', new_value: general },
    ],
  });
  const path = `/guilds/${guild.id}`;
  const { body } = await send(sandbox, 'PATCH', path, { verification_level: null, system_channel_id: null });
  expect(body).toMatchObject({ verification_level: 0, system_channel_id: null, name: 'Homely' });
  expect((await send(sandbox, 'PATCH', path, { system_channel_id: '1' })).body.code).toBe(10003);
  expect((await send(sandbox, 'PATCH', path, { features: ['COMMUNITY'] })).body.code).toBe(50035);
  guild.setPermissions('Alphapy', []);
  expect((await send(sandbox, 'PATCH', path, { name: 'x2' })).body.code).toBe(50013);
});

test('the emojis of a guild can be read', async () => {
  const emojis = await home.emojis.fetch();
  expect(emojis.map(({ name }) => name)).toEqual(['party']);
  const [emoji] = emojis.values();
  expect((await home.emojis.fetch(emoji?.id ?? '', { force: true })).name).toBe('party');
  await expect(home.emojis.fetch('1')).rejects.toMatchObject({ code: 10014 });
});

test('the bot lists its guilds in pages, and leaves one', async () => {
  const others = ['A', 'B'].map((name) => sandbox.createGuild({ name, owner: 'olivia' }));
  const read = async (query: string) => {
    const { body } = await send(sandbox, 'GET', `/users/@me/guilds?${query}`);
    return (body as unknown as { name: string }[]).map(({ name }) => name);
  };
  expect(await read('')).toEqual(['Home', 'A', 'B']);
  expect(await read(`after=${guild.id}&limit=1`)).toEqual(['A']);
  expect(await read(`before=${others[1]?.id}&limit=1`)).toEqual(['A']);
  const { body } = await send(sandbox, 'GET', '/users/@me/guilds?with_counts=true&limit=1');
  expect(body).toMatchObject([{ approximate_member_count: 4 }]);
  await home.leave();
  expect(await read('')).toEqual(['A', 'B']);
  expect(guild.record.auditLog).toEqual([]);
});
