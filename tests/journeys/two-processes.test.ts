import type { Container } from '@sapphire/framework';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningBot } from '../../src/start.ts';
import { MINUTE_MS, useBot } from '../setup/bot.ts';
import { plantTown, reminderNamed } from './town.ts';
import { eventually } from '../setup/eventually.ts';

// While one process replaces another there are two for a moment, and Discord tells both of everything.
const world = useBot();
let other: RunningBot;
beforeAll(async () => {
  other = await world().startAnother();
});
afterAll(() => other?.stop());

const tooLate = () =>
  world().logged.filter(({ err }) => (err as { code?: number } | undefined)?.code === 40060).length;

test('what people ask is done once and answered once; the process that came second writes it down', async () => {
  expect(world().sandbox.connectedSessions).toBe(2);
  const { olivia, mia } = plantTown(world());
  await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
  await olivia.waitsFor('log', 'Setting changed');
  expect((await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain('Reminder added');
  expect((await mia.runs('/add_reminder', { name: 'Walk', time: '21:00' })).text).toContain('Reminder added');
  expect((await mia.runs('/reminder_list')).text.match(/^\*\*#/gm)).toHaveLength(2);
  const walk = await reminderNamed(mia, 'Walk');
  expect((await mia.runs('/reminder_delete', { reminder: walk })).text).toBe(
    `Reminder #${walk} **Walk** is deleted.`,
  );

  await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '30' });
  await olivia.runs('/config set', { setting: 'reminders.offset_minutes', value: '45' });
  expect((await olivia.runs('/config undo')).text).toContain('**Minutes ahead**: now `30`.');
  await olivia.runs('/config panel');
  await olivia.picks('Choose a group of settings', 'reminders');
  expect((await olivia.clicks('Turn off')).text).toContain('✅ **Reminders**: now off.');
  expect((await olivia.clicks('Turn on')).text).toContain('✅ **Reminders**: now on.');
  expect((await olivia.runs('/config history')).text.split('\n').slice(1)).toHaveLength(6);
  await olivia.waitsFor('log', 'To: on');
  expect(olivia.sees('log').map(({ embeds }) => embeds[0]?.title)).toEqual([
    'Setting changed',
    'Reminder added',
    'Reminder added',
    'Reminder deleted',
    'Setting changed',
    'Setting changed',
    'Change of a setting taken back',
    'Setting changed',
    'Setting changed',
  ]);
  await eventually(() => expect(tooLate()).toBeGreaterThan(8));
});

test('a setting that one changes holds for the other within a second', async () => {
  const { guild, olivia, niels } = plantTown(world());
  const languages = () =>
    Promise.all(
      [world().bot, other].map(({ client }) => {
        const { settings } = (
          client.stores.get('commands').get('config') as unknown as { container: Container }
        ).container;
        return settings.get(guild.id, 'system.language');
      }),
    );
  expect(await languages()).toEqual(['en-US', 'en-US']);
  await olivia.runs('/config set', { setting: 'system.language', value: 'nl' });
  await vi.waitFor(async () => expect(await languages()).toEqual(['nl', 'nl']), 1_000);
  await niels.runs('/config undo');
  await vi.waitFor(async () => expect(await languages()).toEqual(['en-US', 'en-US']), 1_000);
});

test('what two admins ask each of them to make is there once', async () => {
  const { guild, olivia, ann } = plantTown(world());
  guild.setPermissions('Admins', ['ManageGuild', 'ManageChannels']);
  for (const person of [olivia, ann]) {
    await person.runs('/setup');
    await person.picks('Go to a step', 'log');
    await person.clicks('Make one for me');
  }
  await Promise.all([olivia.clicks('Make it'), ann.clicks('Make it')]);
  expect(guild.channels.filter(({ name }) => name === 'bot-log')).toHaveLength(1);
  const shown = await olivia.runs('/config show', { scope: 'system' });
  expect(shown.text).toContain('`system.log_channel_id` #bot-log');
});

test('what is due goes out once, also when one of them stops in between', async () => {
  const { mia } = plantTown(world());
  for (const name of ['Quiz', 'Walk', 'Party'])
    await mia.runs('/add_reminder', { name, time: '22:00', channel: 'events' });
  const together = () => Promise.all([world().bot.tasks.runAll(), other.tasks.runAll()]);
  const titles = () => new Set(mia.sees('events').map(({ embeds }) => embeds[0]?.title));
  await world().moveTo('2026-12-01T19:59:00Z');
  world().clock.advance(2 * MINUTE_MS);
  await together();
  expect(titles()).toEqual(new Set(['Party', 'Quiz', 'Walk']));
  expect(mia.sees('events')).toHaveLength(3);
  await other.stop();
  await world().moveTo('2026-12-01T21:00:00Z');
  expect(titles()).toEqual(new Set(['Party', 'Quiz', 'Walk', 'Now: Party', 'Now: Quiz', 'Now: Walk']));
  expect(mia.sees('events')).toHaveLength(6);
  expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
});

test('a server that takes the bot in is greeted by one of them', async () => {
  const { guild, olivia } = plantTown(world(), { isWithoutBots: true, channels: [{ name: 'general' }] });
  guild.inviteBot();
  await olivia.waitsFor('general', 'Hello, I am');
  await Promise.all(
    [world().bot, other].map(({ tasks }) => tasks.runAll((name) => name === 'guild-greetings')),
  );
  const owed = () =>
    world()
      .database.db.selectFrom('bot_guilds')
      .select(['greeting_due_at', 'greeting_attempts'])
      .where('guild_id', '=', guild.id)
      .execute();
  await eventually(async () =>
    expect(await owed()).toEqual([{ greeting_due_at: null, greeting_attempts: 1 }]),
  );
  expect(olivia.sees('general')).toHaveLength(1);
});
