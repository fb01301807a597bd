import { ApplicationFlags } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { botHears, plantTown, type Town } from './town.ts';
import { askErasure, tracesOf } from './traces.ts';
import { breakDatabase, inTwoHours, untilDue } from './trouble.ts';

/** Without the intent by which it hears who leaves. */
const world = useBot({ sandbox: { applicationFlags: ApplicationFlags.GatewayMessageContentLimited } });

afterEach(() => world().sandbox.faults.clear());

const addWeekly = async ({ mia, sam, niels }: Town): Promise<void> => {
  for (const person of [mia, sam, niels])
    await person.runs('/add_reminder', { name: `Of ${person.name}`, time: '23:00', days: 'mon' });
};
const leftOf = async ({ guild }: Town): Promise<(string | null)[]> => {
  const rows = await world()
    .database.db.selectFrom('erasures')
    .select('user_id')
    .where('guild_id', '=', guild.id)
    .where('kind', '=', 'left')
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
};

describe('members who leave unheard', () => {
  test('are noticed within a week, while the bot is down or without the intent, and erased 30 days later', async () => {
    const town = plantTown(world());
    const { guild, mia, sam, niels } = town;
    await addWeekly(town);
    await world().restart(() => guild.leave('mia'));
    guild.leave('niels');
    await botHears(world(), guild);
    await world().advance(6 * DAY_MS);
    await world().restart();
    await world().advance(DAY_MS);
    expect(await leftOf(town)).toEqual([mia.id, niels.id].sort());

    await world().advance(29 * DAY_MS);
    expect(await tracesOf(world(), mia, guild)).toContain('public.reminders');
    await world().advance(DAY_MS);
    expect(await tracesOf(world(), mia, guild)).toEqual([]);
    expect(await tracesOf(world(), niels, guild)).toEqual([]);
    expect(await tracesOf(world(), sam, guild)).toContain('public.reminders');
    expect(await leftOf(town)).toEqual([]);
  });

  test('and come back unheard keep their data, also when they leave once more', async () => {
    const town = plantTown(world());
    const { guild, mia } = town;
    await addWeekly(town);
    guild.leave('mia');
    await world().advance(7 * DAY_MS);
    expect(await leftOf(town)).toEqual([mia.id]);
    guild.join('mia');
    await world().advance(7 * DAY_MS);
    expect(await leftOf(town)).toEqual([]);
    guild.leave('mia');
    await world().advance(7 * DAY_MS);
    await world().advance(29 * DAY_MS);
    expect(await tracesOf(world(), mia, guild)).toContain('public.reminders');
  });
});

test('what goes wrong for a member names them nowhere in the log, and an erasure leaves nothing of them', async () => {
  const { guild, mia, sam, olivia } = plantTown(world());
  const { sandbox, database, clock, logged } = world();
  const before = logged.length;
  const said = (msg: string): boolean => logged.slice(before).some((line) => line.msg === msg);

  // What would have followed from this message is dropped.
  await mia.runs('/add_reminder', { name: 'Quiz', time: inTwoHours(world()), channel: 'events' });
  await untilDue(world());
  expect((await mia.clicks('Done', { on: await mia.waitsFor('events', 'Quiz') })).text).toContain('Done by');

  const role = guild.createRole({ name: 'Choir' });
  await botHears(world(), guild);
  const duty = { guild_id: guild.id, user_id: mia.id, kind: 'add_role', role_id: role.id, nonce: 'n' };
  await database.db
    .insertInto('onboarding_duties')
    .values({ ...duty, due_at: clock.now(), created_at: clock.now() })
    .execute();
  sandbox.faults.switchOn({ fault: '500', on: 'PUT /guilds/*/members/*/roles/*', times: 'every' });
  sandbox.faults.switchOn({ fault: '500', on: `GET /guilds/*/members/${sam.id}`, times: 'every' });
  await sam.runs('/add_reminder', { name: 'Of Sam', time: '23:00', days: 'mon' });
  await world().advance(7 * DAY_MS);
  sandbox.faults.clear();
  expect(said('onboarding: a duty failed')).toBe(true);
  expect(said('privacy: whether somebody is a member is not known')).toBe(true);

  const mend = breakDatabase(world());
  expect((await mia.runs('/reminder_list')).text).toContain("I can't reach my database");
  mend();
  expect(said('an interaction failed')).toBe(true);

  mia.acceptsDirectMessages(false);
  await olivia.runs('/config show');
  await askErasure(mia, 'Everywhere');
  await world().advance(7 * DAY_MS + MINUTE_MS);
  expect(said('privacy: a receipt could not be sent by direct message')).toBe(true);

  expect(await tracesOf(world(), mia)).toEqual([]);
  const log = JSON.stringify(logged);
  for (const { id } of [mia, sam, olivia]) expect(log).not.toContain(id);
  expect(log).toContain(guild.id);
  // Nor does the channel of her direct messages, which would say who she is.
  const direct = sandbox.requests.findLast(
    ({ method, route }) => method === 'POST' && route === '/channels/{channel}/messages',
  );
  expect(direct?.path).toMatch(/\/channels\/\d+\/messages/);
  expect(log).not.toContain(direct?.path ?? '');
});
