import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { commandsOf } from '../../sandbox/state/commands.ts';
import { updateGuild } from '../../sandbox/state/guilds.ts';
import type { GuildSeed, OverwriteSeed } from '../../sandbox/people/seeds.ts';
import { DAY_MS, HOUR_MS, useBot } from '../setup/bot.ts';
import { plantTown, type Town } from './town.ts';
import { eventually } from '../setup/eventually.ts';

const world = useBot();

const GREETINGS = /Hello, I am alphapy|Hallo, ik ben alphapy/;

/** A town that has never seen the bot. */
const plantNewTown = (more: Partial<GuildSeed> = {}): Town =>
  plantTown(world(), { isWithoutBots: true, ...more });

const PUBLIC = [{ name: 'general' }, { name: 'events' }];
/** A guild where a bot without any role of its own may write nowhere. */
function plantClosed(name: string, owner: string, locale: string): SandboxGuild {
  const overwrites: OverwriteSeed[] = [{ role: '@everyone', deny: ['ViewChannel'] }];
  const channels = ['general', 'staff'].map((channel) => ({ name: channel, overwrites }));
  return world().sandbox.createGuild({ name, owner, locale, channels, isWithoutBots: true });
}

/** The greetings in a town, as `channel: text`. */
function greetingsIn({ guild, olivia }: Town): string[] {
  return guild.channels.flatMap((channel) =>
    olivia
      .sees(channel)
      .filter(({ text }) => GREETINGS.test(text))
      .map(({ text }) => `${channel.name}: ${text}`),
  );
}

const rowOf = ({ id }: SandboxGuild) =>
  world().database.db.selectFrom('bot_guilds').selectAll().where('guild_id', '=', id).executeTakeFirst();

/** Once nothing is owed to a guild any more. */
const isSettled = (guild: SandboxGuild): Promise<void> =>
  eventually(async () => expect(await rowOf(guild)).toMatchObject({ greeting_due_at: null }));

const isHere = ({ id }: SandboxGuild): boolean => world().bot.client.guilds.cache.has(id);

async function returns(guild: SandboxGuild): Promise<void> {
  guild.inviteBot();
  await eventually(() => expect(isHere(guild)).toBe(true));
}

async function goes(guild: SandboxGuild): Promise<void> {
  guild.kickBot();
  await eventually(() => expect(isHere(guild)).toBe(false));
}

describe('a new server', () => {
  test('is greeted in the first channel where the bot may write, with what comes next and how long its data is kept', async () => {
    const town = plantNewTown({
      channels: [
        { name: 'Halls', type: 'category' },
        { name: 'hall', parent: 'Halls' },
        { name: 'announcements', overwrites: [{ role: '@everyone', deny: ['SendMessages'] }] },
        { name: 'general' },
      ],
    });
    town.guild.inviteBot();
    const greeting = await town.mia.waitsFor('general', GREETINGS);
    expect(greeting.text).toContain('whoever has the permission Manage Server presses the button');
    expect(greeting.text).toContain('for 30 days, in case I come back, and then erase all of it');
    expect(greeting.buttons.map(({ label }) => label)).toEqual(['Set up']);
    expect(greeting.mentions).toEqual([]);
    await isSettled(town.guild);
    expect(greetingsIn(town)).toHaveLength(1);
  });

  test('is greeted in its language, and in its channel for system messages', async () => {
    const town = plantNewTown({ locale: 'nl', channels: PUBLIC });
    const { sandbox } = world();
    const settings = { ...town.guild.record.settings, system_channel_id: town.guild.channel('events').id };
    updateGuild(sandbox.world, town.guild.record, { settings });
    town.guild.inviteBot();
    const greeting = await town.sam.waitsFor('events', GREETINGS);
    expect(greeting.text).toContain(
      'Word ik verwijderd, dan bewaar ik wat ik van deze server heb nog 30 dagen',
    );
    expect(greeting.buttons.map(({ label }) => label)).toEqual(['Instellen']);
    await isSettled(town.guild);
    expect(greetingsIn(town)).toHaveLength(1);
  });

  test('where the bot may write nowhere has its owner told, with what to do about it', async () => {
    const [english, dutch] = [
      plantClosed('Town & **Gown**', 'ursula', 'en-US'),
      plantClosed('Stad', 'dirk', 'nl'),
    ];
    for (const guild of [english, dutch]) guild.inviteBot();
    const [ursula, dirk] = [english.owner, dutch.owner];
    const told = await ursula.waitsFor('dm', 'Thank you for adding me');
    expect(told.text).toContain('Thank you for adding me to Town & \\*\\*Gown\\*\\*');
    expect(told.text).toContain('these permissions in one: View Channel, Send Messages');
    expect(told.buttons).toEqual([]);
    expect((await dirk.waitsFor('dm', 'Bedankt dat je me')).text).toContain('Word ik verwijderd');
    await isSettled(english);
    expect(ursula.dms).toHaveLength(1);
  });

  test('where nobody can be told is left alone, and the bot goes on', async () => {
    const guild = plantClosed('Cave', 'hermit', 'en-US');
    guild.owner.acceptsDirectMessages(false);
    guild.inviteBot();
    await isSettled(guild);
    await world().advance(DAY_MS);
    expect(guild.owner.dms).toEqual([]);
    const lines = world().logged.filter((line) => line['guildId'] === guild.id);
    expect(lines).toMatchObject([{ level: 'info', where: 'nowhere' }]);
  });

  test('has all commands at once, which are global, and every setting with its default', async () => {
    const { guild, olivia, mia } = plantNewTown({ channels: PUBLIC });
    await returns(guild);
    const { sandbox } = world();
    expect(commandsOf(sandbox.world, guild.id)).toEqual([]);
    expect(commandsOf(sandbox.world, null).length).toBeGreaterThan(50);
    expect((await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain(
      'Reminder added',
    );
    expect((await olivia.runs('/config show', { scope: 'system' })).text).toContain('Europe/Brussels');
    const written = await world()
      .database.db.selectFrom('bot_settings')
      .select('key')
      .where('guild_id', '=', guild.id)
      .execute();
    expect(written).toEqual([]);
  });
});

describe('once', () => {
  test('a restart, and a bot that comes back within 30 days, greets nobody again; after its data is gone it does', async () => {
    const town = plantNewTown({ channels: PUBLIC });
    const { guild } = town;
    await returns(guild);
    await isSettled(guild);
    await world().restart();
    await world().advance(HOUR_MS);
    await goes(guild);
    await world().advance(29 * DAY_MS);
    await returns(guild);
    await world().advance(HOUR_MS);
    expect(greetingsIn(town)).toHaveLength(1);
    await goes(guild);
    await world().advance(30 * DAY_MS + HOUR_MS);
    expect(await rowOf(guild)).toBeUndefined();
    await returns(guild);
    await eventually(() => expect(greetingsIn(town)).toHaveLength(2));
  });

  test('a process that died after it sent the greeting has it found by the next one, wherever that would write now', async () => {
    const town = plantNewTown({ channels: PUBLIC });
    const { guild } = town;
    await returns(guild);
    await isSettled(guild);
    guild.createChannel({ name: 'welcome' });
    const system = { ...guild.record.settings, system_channel_id: guild.channel('welcome').id };
    updateGuild(world().sandbox.world, guild.record, { settings: system });
    await world()
      .database.db.updateTable('bot_guilds')
      .set({ greeting_due_at: world().clock.now() })
      .where('guild_id', '=', guild.id)
      .execute();
    // Discord has long forgotten the nonce.
    await world().advance(HOUR_MS);
    await isSettled(guild);
    expect(greetingsIn(town)).toHaveLength(1);
  });

  test('Discord that fails is tried again, and then there is one', async () => {
    const town = plantNewTown({ channels: PUBLIC });
    const on = `POST /channels/${town.guild.channel('general').id}/messages`;
    const fault = world().sandbox.faults.switchOn({ fault: '500', on, times: 'every' });
    await returns(town.guild);
    const isTried = () => expect(world().logged.at(-1)?.msg).toBe('a new server could not be greeted yet');
    await eventually(isTried);
    world().sandbox.faults.switchOff(fault);
    await world().advance(60_000);
    expect(greetingsIn(town)).toHaveLength(1);
  });
});

describe('while the bot is off', () => {
  test('a server that takes it in is greeted at the next start; one where it is for long is not', async () => {
    const [fresh, old] = [plantNewTown({ channels: PUBLIC }), plantTown(world())];
    await world().restart(() => fresh.guild.inviteBot());
    await eventually(() => expect(isHere(fresh.guild)).toBe(true));
    await world().advance(60_000);
    expect(greetingsIn(fresh)).toHaveLength(1);
    await isSettled(old.guild);
    expect(greetingsIn(old)).toEqual([]);
  });

  test('a server that takes it in and has an outage at the start is greeted when that is over', async () => {
    const town = plantNewTown({ channels: PUBLIC });
    const outage = { fault: 'server unavailable', guildId: town.guild.id } as const;
    await world().restart(() => {
      town.guild.inviteBot();
      world().sandbox.faults.switchOn(outage);
    });
    await world().advance(60_000);
    expect(greetingsIn(town)).toEqual([]);
    world().sandbox.faults.clear();
    await eventually(() => expect(world().bot.client.guilds.cache.get(town.guild.id)?.available).toBe(true));
    await world().advance(60_000);
    expect(greetingsIn(town)).toHaveLength(1);
  });
});
