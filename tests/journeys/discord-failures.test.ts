import { afterEach, describe, expect, test } from 'vitest';
import type { FaultOrderInput, RequestOrderInput } from '../../sandbox/faults/order.ts';
import { DAY_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, plantTown, reminderNamed } from './town.ts';
import { addDaily, failNext, impatiently, inTwoHours, titles, untilDue } from './trouble.ts';
import { eventually } from '../setup/eventually.ts';

const world = useBot();

/** discord.js tries a request again this often, when Discord fails. */
const ATTEMPTS = 4;
/** Longer than the wait after a first failure. */
const FIRST_WAIT_MS = 6_000;

afterEach(() => world().sandbox.faults.clear());

describe('Discord fails while a reminder is sent', () => {
  test.each<[string, RequestOrderInput['fault']]>([
    ['it is down', '500'],
    ['it is overloaded', '503'],
    ['it does not answer', 'timeout'],
  ])('%s: the reminder comes later, once', async (_what, fault) => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await addDaily(world(), mia, 'Quiz');
    failNext(world(), guild, 'events', fault, { times: ATTEMPTS });
    await impatiently(world(), () => untilDue(world()));
    expect(titles(mia, 'events')).toEqual([]);
    await world().advance(FIRST_WAIT_MS);
    await world().advance(5 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect(titles(olivia, 'log')).toEqual(['Setting changed', 'Reminder added', 'Reminder sent']);
  });

  test('it asks to wait: the reminder comes then, once', async () => {
    const { guild, mia } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    failNext(world(), guild, 'events', '429');
    await untilDue(world());
    await world().advance(5 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
  });

  test('it takes the message and its answer is lost: not twice', async () => {
    const { guild, mia } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    failNext(world(), guild, 'events', 'timeout after accepting', { times: ATTEMPTS });
    await impatiently(world(), () => untilDue(world()));
    await world().advance(FIRST_WAIT_MS);
    await world().advance(DAY_MS - 10 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    await world().advance(20 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz', 'Quiz']);
  });

  test('it does not take the announcement until the event begins: then only the event itself comes', async () => {
    const { mia } = plantTown(world());
    const time = inTwoHours(world());
    await mia.runs('/add_reminder', { name: 'Premiere', time, channel: 'events' });
    world().sandbox.faults.switchOn({
      fault: '500',
      on: 'messages',
      containing: '"title":"Premiere"',
      times: 'every',
    });
    for (let quarter = 1; quarter <= 8; quarter += 1) await world().advance(15 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Now: Premiere']);
    world().sandbox.faults.clear();
    await world().advance(60 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Now: Premiere']);
    expect((await mia.runs('/reminder_list')).text).toContain('There are no reminders here yet.');
  });
});

describe('something in the server is not as it was', () => {
  test('the channel is deleted: the log says so, a reminder for one date is then done', async () => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    await addDaily(world(), mia, 'Daily');
    const time = inTwoHours(world());
    await mia.runs('/add_reminder', { name: 'Once', time, channel: 'events' });
    guild.deleteChannel('events');
    await botHears(world(), guild);
    await untilDue(world());
    await world().advance(60 * MINUTE_MS);
    const failures = olivia.sees('log').filter(({ text }) => text.startsWith('Reminder could not be sent'));
    // Of each reminder once, although the single one owes two messages.
    expect(failures).toHaveLength(2);
    for (const { text } of failures)
      expect(text).toContain(
        'no longer exists, or the bot cannot see it. Delete the reminder and add it again with another channel.',
      );
    const list = await mia.runs('/reminder_list');
    expect(list.text).toContain('Daily');
    expect(list.text).not.toContain('Once');
    await mia.runs('/reminder_delete', { reminder: await reminderNamed(mia, 'Daily') });
  });

  test('the log channel is deleted: everything else goes on', async () => {
    const { guild, olivia, mia } = plantTown(world());
    await olivia.runs('/config set', { setting: 'system.log_channel_id', value: 'log' });
    guild.deleteChannel('log');
    await addDaily(world(), mia, 'Quiz');
    await untilDue(world());
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect(world().logged.at(-1)?.msg).toBe('log channel: gone or not a channel for messages');
  });

  test('the bot is thrown out and invited again: what waited goes out, and it goes on', async () => {
    const { guild, mia } = plantTown(world());
    const isMember = () => world().bot.client.guilds.cache.has(guild.id);
    await addDaily(world(), mia, 'Quiz');
    guild.kickBot();
    await eventually(() => expect(isMember()).toBe(false));
    await untilDue(world());
    guild.inviteBot();
    await eventually(() => expect(isMember()).toBe(true));
    expect(titles(mia, 'events')).toEqual([]);
    await world().advance(MINUTE_MS);
    await world().advance(MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    await world().advance(DAY_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz', 'Quiz']);
  });

  test('the server is unavailable for a while: its reminder comes when it is back', async () => {
    const { guild, mia } = plantTown(world());
    const { sandbox } = world();
    await addDaily(world(), mia, 'Quiz');
    const available = () => world().bot.client.guilds.cache.get(guild.id)?.available;
    sandbox.faults.switchOn({ fault: 'server unavailable', guildId: guild.id });
    await eventually(() => expect(available()).toBe(false));
    await untilDue(world());
    await world().advance(MINUTE_MS);
    expect(titles(mia, 'events')).toEqual([]);
    sandbox.faults.clear();
    await eventually(() => expect(available()).toBe(true));
    for (let minute = 1; minute <= 5; minute += 1) await world().advance(MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
  });
});

describe('the connection to Discord breaks', () => {
  const registrations = () =>
    world().sandbox.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
      .length;

  test('what people ask meanwhile is answered when it is back, once', async () => {
    const { mia } = plantTown(world());
    world().sandbox.faults.switchOn({ fault: 'close' });
    const reply = await mia.runs('/reminder_list', {}, { in: 'general' });
    expect(reply.text).toContain('There are no reminders here yet.');
    expect(mia.sees('general')).toHaveLength(1);
  });

  test.each<[string, FaultOrderInput]>([
    ['it is cut', { fault: 'close' }],
    ['Discord asks for a new one', { fault: 'reconnect' }],
    ['the session is gone', { fault: 'invalid session' }],
  ])('%s: the bot comes back and repeats nothing', async (_what, order) => {
    const { olivia, mia } = plantTown(world());
    await addDaily(world(), mia, 'Quiz');
    const before = registrations();
    const { client } = world().bot;
    const returned = Promise.race([
      new Promise((resolve) => client.once('shardResume', resolve)),
      new Promise((resolve) => client.once('shardReady', resolve)),
    ]);
    world().sandbox.faults.switchOn(order);
    await returned;
    await eventually(() => expect(world().sandbox.connectedSessions).toBe(1));

    expect((await olivia.runs('/config show')).text).toContain('Settings of this server');
    expect(olivia.sees().filter(({ text }) => text.includes('Settings of this server'))).toHaveLength(1);
    await untilDue(world());
    await world().advance(5 * MINUTE_MS);
    expect(titles(mia, 'events')).toEqual(['Quiz']);
    expect(registrations()).toBe(before);
  });
});
