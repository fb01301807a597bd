import { ApplicationFlags } from 'discord.js';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { createMigrator } from '#db/migrator';
import { HOUR_MS, MINUTE_MS, useBot } from '../../setup/bot.ts';
import { onPostgres } from '../../setup/database.ts';
import { plantTown } from '../town.ts';

// Without Message Content: what mentions the bot is all that it reads.
const world = useBot({ sandbox: { applicationFlags: ApplicationFlags.GatewayGuildMembers } });

/** A town in which whoever runs the bot is a member; in it they read the language that is given. */
function plant(locale = 'en-US') {
  const host = 'host';
  const town = plantTown(world(), {
    roles: [
      { name: 'Admins', permissions: ['Administrator'], members: [host, 'ann'] },
      { name: 'Managers', permissions: ['ManageGuild'], members: ['niels'] },
    ],
    members: [
      'mia',
      'ann',
      { name: 'sam', locale: 'nl' },
      { name: 'niels', locale: 'nl' },
      { name: host, locale },
    ],
  });
  const owner = town.guild.member(host);
  expect(owner.id).toBe(world().sandbox.world.application.ownerId);
  return { ...town, owner };
}

const registrations = () =>
  world().sandbox.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
    .length;

/** Commands of the guild's own, as an older bot left them. */
async function leaveCommands(guildId: string, count: number): Promise<void> {
  const { application } = world().bot.client;
  const old = Array.from({ length: count }, (_, index) => ({ name: `old-${index}`, description: 'Old' }));
  await application?.commands.set(old, guildId);
}

const ownCommands = async (guildId: string) =>
  (await world().bot.client.application?.commands.fetch({ guildId }))?.size;

test('who does not run the bot is told so, admins too, and nothing happens', async () => {
  const { guild, olivia, ann, mia } = plant();
  await leaveCommands(guild.id, 1);
  const before = registrations();
  for (const command of ['/sync', '/migrate_status', '/migrate upgrade']) {
    expect((await olivia.runs(command)).text).toContain('Only whoever runs this bot can use this');
    expect((await ann.runs(command)).text).toContain('Only whoever runs this bot can use this');
  }
  await expect(mia.runs('/sync')).rejects.toThrow(/sync/);
  expect(registrations()).toBe(before);
  expect(await ownCommands(guild.id)).toBe(1);
});

test('/sync registers all commands, once an hour unless forced, in the language of whoever asks', async () => {
  const { owner } = plant();
  const before = registrations();
  const done = await owner.runs('/sync', { force: true });
  expect(done.ephemeral).toBe(true);
  expect(done.text).toMatch(/^Done: \d\d+ commands are registered for all servers/);
  expect((await owner.runs('/sync')).text).toMatch(
    /again <t:\d+:R>, or now with `\/sync scope:Everywhere force:True`/,
  );
  expect(registrations()).toBe(before + 1);
  await world().advance(HOUR_MS - 5 * MINUTE_MS);
  expect((await owner.runs('/sync')).text).toContain('a short while ago');
  await world().advance(5 * MINUTE_MS);
  expect((await owner.runs('/sync')).text).toContain('Done');
  expect(registrations()).toBe(before + 2);
  const dutch = plant('nl');
  expect((await dutch.owner.runs('/sync')).text).toContain('Dit is kort geleden al gedaan');
});

test('/sync for this server removes what is left over there and says how many, each server in its own time', async () => {
  const { guild, owner } = plant();
  const other = plant();
  await leaveCommands(guild.id, 2);
  await leaveCommands(other.guild.id, 1);
  expect((await owner.runs('/sync', { scope: 'here' })).text).toContain('Removed 2 left-over commands');
  expect(await ownCommands(guild.id)).toBe(0);
  expect(await ownCommands(other.guild.id)).toBe(1);
  expect((await owner.runs('/sync', { scope: 'here' })).text).toContain('a short while ago');
  expect((await other.owner.runs('/sync', { scope: 'here' })).text).toContain('Removed 1 left-over command ');
  await world().advance(30 * MINUTE_MS);
  expect((await owner.runs('/sync', { scope: 'here' })).text).toContain('no left-over commands');
});

test('a sync that Discord refuses can be tried again at once', async () => {
  const { guild, owner } = plant();
  await leaveCommands(guild.id, 1);
  vi.spyOn(world().bot.client.application!.commands, 'fetch').mockRejectedValueOnce(new Error('refused'));
  expect((await owner.runs('/sync', { scope: 'here' })).text).toContain('Something went wrong on my side');
  expect((await owner.runs('/sync', { scope: 'here' })).text).toContain('Removed 1');
});

test('typed: the owner is answered where the bot may read it, anybody else and any other word are not', async () => {
  const { guild, olivia, owner } = plant();
  await owner.runs('/config set', { setting: 'system.language', value: 'nl' });
  await leaveCommands(guild.id, 1);
  const { botId } = world().sandbox.world.application;
  const mention = `<@${botId}>`;
  const said = () =>
    owner.sees('general').filter(({ authorId, ephemeral }) => authorId === botId && !ephemeral);
  olivia.writes('general', `${mention} sync here`);
  owner.writes('general', `${mention} help`);
  owner.writes('general', '!help');
  // Nobody mentions the bot and it may not read what is written: it does not hear this one.
  owner.writes('general', '!sync here');
  owner.writes('general', `${mention} sync here --force`);
  await vi.waitUntil(() => said().length > 0, { timeout: 5_000 });
  owner.writes('general', `${mention} sync here`);
  await vi.waitUntil(() => said().length > 1, { timeout: 5_000 });
  expect(said().map(({ text }) => text)).toEqual([
    expect.stringContaining('1 overgebleven commando van deze server zelf verwijderd'),
    expect.stringContaining('`!sync here --force`'),
  ]);
  expect(await ownCommands(guild.id)).toBe(0);
});

test('/migrate says how the database stands, and what to type where it does nothing itself', async () => {
  const { owner } = plant();
  const newest = (
    await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(world().database.db)
  ).rows[0]!.name;
  for (const command of ['/migrate status', '/migrate_status']) {
    const status = await owner.runs(command);
    expect(status.ephemeral).toBe(true);
    expect(status.text).toContain(`migrations, the newest of them \`${newest}\``);
  }
  expect((await owner.runs('/migrate upgrade')).text).toContain('Nothing to do');
  const down = (await owner.runs('/migrate downgrade')).text;
  expect(down).toContain(newest);
  expect(down).toContain('npm run migrate -- down --yes');
  expect(down).toContain(onPostgres ? 'pg_dump' : 'copy the folder');
  expect((await owner.runs('/migrate history')).text).toMatch(
    new RegExp(`\`${newest}\` <t:\\d+:f>\\n[^]*\`2026-11-22T1200_foundation\` <t:\\d+:f>`),
  );
  const dutch = plant('nl').owner;
  expect((await dutch.runs('/migrate status')).text).toContain('Die is bij');
  expect((await dutch.runs('/migrate downgrade')).text).toContain('Dat kan niet vanuit Discord');
});

test('a migration of a newer bot is told as what it is', async () => {
  const { owner } = plant();
  const { db } = world().database;
  const name = '2099-01-01T0000_from_later';
  await sql`insert into kysely_migration (name, timestamp) values (${name}, '2099-01-01T00:00:00Z')`.execute(
    db,
  );
  try {
    expect((await owner.runs('/migrate status')).text).toContain(`doesn't know \`${name}\``);
  } finally {
    await sql`delete from kysely_migration where name = ${name}`.execute(db);
  }
});

test('what is missing is told, and /migrate upgrade applies it', async () => {
  const { owner } = plant();
  await createMigrator(world().database.db).migrateDown();
  expect((await owner.runs('/migrate status')).text).toContain('1 migration is missing');
  expect((await owner.runs('/migrate upgrade')).text).toContain('Applied 1 migration: ');
  expect((await owner.runs('/migrate status')).text).toContain('It is up to date');
});
