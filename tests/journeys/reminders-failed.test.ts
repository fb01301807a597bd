import { describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, leaveButton, plantTown } from './town.ts';
import { addDaily, failNext, titles, untilDue } from './trouble.ts';

const world = useBot();

const forbid = (guild: SandboxGuild) =>
  guild.setOverwrite('events', { role: 'Alphapy', deny: ['SendMessages', 'EmbedLinks'] });
async function allow(guild: SandboxGuild): Promise<void> {
  guild.setOverwrite('events', { role: 'Alphapy', allow: ['SendMessages', 'EmbedLinks'] });
  await botHears(world(), guild);
}
/** Long enough for the bot to look whether something was mended, and then to send. */
async function aMinuteOrTwo(): Promise<void> {
  await world().advance(MINUTE_MS);
  await world().advance(MINUTE_MS);
}

describe('the bot may no longer write where a reminder goes', () => {
  test('the log channel hears once what is missing; when it is mended the message goes out by itself', async () => {
    const { guild, olivia, niels, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    const failure = await olivia.waitsFor('log', 'Reminder could not be sent');
    expect(failure.text).toContain(
      "In #events the bot lacks: Send Messages, Embed Links. Give it these permissions in the channel's settings, and the message goes out by itself within a minute.",
    );
    expect(failure.text).toContain('`/reminder_failed` in the server lists what waits');
    expect(failure.text).toMatch(/Reminder: #\d+ Quiz\nChannel: #events\nDue: <t:\d+:F>/);
    expect(mia.dms).toEqual([]);
    await world().advance(DAY_MS);
    expect(titles(olivia, 'log').filter((title) => title === 'Reminder could not be sent')).toHaveLength(1);

    await allow(guild);
    await aMinuteOrTwo();
    // The one of yesterday says nothing new.
    expect(titles(mia, 'events')).toEqual(['Quiz']);

    await niels.runs('/config set', { setting: 'system.language', value: 'nl' });
    forbid(guild);
    await world().advance(DAY_MS);
    expect((await olivia.waitsFor('log', 'Herinnering kon niet verstuurd worden')).text).toContain(
      'In #events mist de bot: berichten versturen (Send Messages), links insluiten (Embed Links). Geef die rechten in de instellingen van het kanaal, dan gaat het bericht binnen een minuut vanzelf uit.',
    );
  });

  test('without a log channel its maker hears it, once, in a direct message', async () => {
    const { guild, niels, sam } = plantTown(world());
    await niels.runs('/config set', { setting: 'system.language', value: 'nl' });
    await addDaily(world(), sam, 'Quiz');
    forbid(guild);
    await untilDue(world());
    await world().advance(DAY_MS);
    expect(sam.dms).toHaveLength(1);
    expect(sam.dms[0]?.text).toMatch(
      /^Herinnering kon niet verstuurd worden\nIn #events mist de bot: .*\n`\/reminder_failed` in de server .*\nServer: Town \d+\n/,
    );
  });

  test('who takes no direct messages finds it in the list; nothing else breaks', async () => {
    const { guild, mia } = plantTown(world());
    mia.acceptsDirectMessages(false);
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    expect(world().logged.at(-1)?.msg).toBe('reminder: its maker cannot be told');
    const list = await mia.runs('/reminder_list');
    expect(list.text).toContain('⚠️ 1 message could not be sent: `/reminder_failed` says why.');
  });

  test('hours later it says that it is late; older than the server allows it waits for a person', async () => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'reminders.max_lateness_hours', value: '2' });
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    await world().advance(HOUR_MS);
    await allow(guild);
    await aMinuteOrTwo();
    expect(mia.sees('events')[0]?.text).toContain('Late: This was meant for');

    forbid(guild);
    await world().advance(DAY_MS - HOUR_MS);
    await world().advance(3 * HOUR_MS);
    await allow(guild);
    await aMinuteOrTwo();
    expect(titles(mia, 'events')).toHaveLength(1);
    await mia.runs('/reminder_failed');
    await mia.clicks('Retry');
    await world().advance(2_000);
    expect(titles(mia, 'events')).toHaveLength(2);
  });
});

describe('/reminder_failed', () => {
  test('shows a member what of theirs could not be sent; Retry says what is still missing, then sends', async () => {
    const { guild, mia, ann } = plantTown(world());
    await addDaily(world(), ann, 'Meeting');
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    const list = await mia.runs('/reminder_failed', {}, { in: 'general' });
    expect(list.ephemeral).toBe(true);
    expect(list.text).toMatch(
      /Reminders that could not be sent[^]*#\d+ Quiz\*\* · #events · <t:\d+:F>\nIn #events the bot lacks/,
    );
    expect(list.text).not.toContain('Meeting');
    const refused = await mia.clicks('Retry');
    expect(refused.updated).toBe(true);
    expect(refused.text).toContain('⚠️ In #events the bot lacks: Send Messages, Embed Links.');
    expect(refused.text).toContain('Quiz');

    await allow(guild);
    const retried = await mia.clicks('Retry');
    expect(retried.text).toMatch(/✅ \*\*#\d+ Quiz\*\* goes out within seconds\./);
    expect(retried.text).toContain('Nothing waits here: every message could be sent.');
    await world().advance(2_000);
    expect(titles(mia, 'events')).toContain('Quiz');
  });

  test('shows an admin all, five at a time; Drop gives one up, the log says by whom, the reminder goes on', async () => {
    const { guild, olivia, mia, niels } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    for (const name of ['one', 'two', 'three', 'four', 'five']) await addDaily(world(), mia, name);
    await addDaily(world(), niels, 'six');
    await addDaily(world(), niels, 'seven');
    forbid(guild);
    await untilDue(world());
    const list = await niels.runs('/reminder_failed', {}, { in: 'general' });
    expect(list.text).toContain('Herinneringen die niet verstuurd konden worden');
    expect(list.text).toContain('… en nog 2, zichtbaar zodra hier plaats is.');
    const left = await niels.clicks('Opgeven');
    expect(left.text).toMatch(/✅ Dit bericht van \*\*#\d+ one\*\* wordt niet verstuurd\./);
    expect(left.text).toContain('six');
    expect((await olivia.waitsFor('log', 'Reminder message dropped')).text).toMatch(
      /#\d+ one\n.*\n.*\nBy: @niels/,
    );
    await allow(guild);
    await aMinuteOrTwo();
    expect(new Set(titles(mia, 'events'))).toEqual(new Set(['two', 'three', 'four', 'five', 'six', 'seven']));
    expect(titles(mia, 'events')).toHaveLength(6);
    await world().advance(DAY_MS);
    expect(titles(mia, 'events')).toContain('one');
  });

  test('what Discord refuses for good waits for a person', async () => {
    const { guild, mia } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    failNext(world(), guild, 'events', '400 blocked');
    await untilDue(world());
    await aMinuteOrTwo();
    expect(titles(mia, 'events')).toEqual([]);
    const list = await mia.runs('/reminder_failed', {}, { in: 'general' });
    expect(list.text).toContain('Discord refused the message (code 200000).');
    await mia.clicks('Retry');
    await world().advance(2_000);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
  });

  test('a button that was copied, or that an older bot left, does nothing and says so', async () => {
    const { guild, mia, sam } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    const list = await mia.runs('/reminder_failed', {}, { in: 'general' });
    const drop = list.message?.buttons.find(({ label }) => label === 'Drop')?.customId ?? '';
    for (const [person, customId, command] of [
      [sam, drop, '/reminder_failed'],
      [mia, drop, '/reminder_failed'],
      [mia, 'reminder:0:later:7', '/reminder_list'],
      [mia, 'reminder:1:drop:x', '/reminder_failed'],
      [mia, 'reminder:1:list:all:0', '/reminder_list'],
    ] as const) {
      const { id } = leaveButton(world(), guild, customId);
      expect((await person.clicks('Go', { on: { id } })).text).toContain(`\`${command}\``);
    }
    expect((await mia.runs('/reminder_failed')).text).toContain('Quiz');
  });

  test('an admin who is none any more may not go on', async () => {
    const { guild, mia, ann } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    forbid(guild);
    await untilDue(world());
    await ann.runs('/reminder_failed', {}, { in: 'general' });
    guild.takeRole('ann', 'Admins');
    const refused = await ann.clicks('Drop');
    expect(refused.text).toContain('⚠️ Only the person who added this reminder, or an admin, can do that.');
    expect(refused.text).toContain('Nothing waits here');
    expect((await mia.runs('/reminder_failed')).text).toContain('Quiz');
  });
});
