import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { addDuties } from '#lib/onboarding/duties';
import { putTicket } from '../lib/tickets/fixtures-record.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { plantTicketTown } from './ticket-town.ts';
import { botHears, brussels, plantTown, type Town } from './town.ts';
import { eventually } from '../setup/eventually.ts';

const world = useBot();
const db = () => world().database.db;

afterEach(() => world().sandbox.faults.clear());

const isHere = ({ id }: SandboxGuild): boolean => world().bot.client.guilds.cache.has(id);

/** The bot is removed from a server, and has heard of it. */
async function goes(guild: SandboxGuild): Promise<void> {
  guild.kickBot();
  await eventually(() => expect(isHere(guild)).toBe(false));
}

/** It comes back with the permissions that it had. */
async function returns(guild: SandboxGuild): Promise<void> {
  guild.inviteBot();
  guild.giveRole({ id: world().sandbox.world.application.botId }, 'Alphapy');
  await eventually(() => expect(isHere(guild)).toBe(true));
  await botHears(world(), guild);
}

/** What the process log says of a server above `info`. */
const complaints = ({ id }: SandboxGuild): string[] =>
  world()
    .logged.filter((line) => line['guildId'] === id && (line.level === 'warn' || line.level === 'error'))
    .map(({ msg, err }) => `${msg} (${(err as Error | undefined)?.message ?? ''})`);

/** Requests about a server or its channels since a moment. */
function requestsFor(guild: SandboxGuild, since: number): string[] {
  const ids = [guild.id, ...guild.channels.map(({ id }) => id)];
  return world()
    .sandbox.requests.slice(since)
    .filter(({ path }) => ids.some((id) => path.includes(id)))
    .map(({ method, path }) => `${method} ${path}`);
}

const requestsSoFar = (): number => world().sandbox.requests.length;

/** Lets hours pass as the bot lives them, task for task. */
async function hoursPass(count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) await world().advance(HOUR_MS);
}

const remind = async ({ mia }: Town, name: string, more: Record<string, string>): Promise<void> => {
  expect((await mia.runs('/add_reminder', { name, ...more })).text).toContain('Reminder added');
};

const reminderTitles = ({ mia }: Town): string[] =>
  mia.sees('general').flatMap(({ embeds }) => embeds.flatMap(({ title }) => title ?? []));

describe('reminders of a server that removed the bot', () => {
  test('wait without a request, and go on when it is back', async () => {
    const town = plantTown(world());
    const neighbour = plantTown(world());
    for (const one of [town, neighbour]) {
      await remind(one, 'Walk', { time: '12:00', days: 'mon,tue,wed,thu,fri,sat,sun' });
      await remind(one, 'Quiz', { time: '13:00' });
    }
    await goes(town.guild);
    const since = requestsSoFar();
    await world().moveTo(brussels('2026-12-01T14:00'));
    await hoursPass(20);
    expect(requestsFor(town.guild, since)).toEqual([]);
    expect(complaints(town.guild)).toEqual([]);
    expect(reminderTitles(neighbour).filter((title) => /Walk|Quiz/.test(title))).toHaveLength(2);
    // What was set aside is late by less than a day.
    await returns(town.guild);
    await world().advance(MINUTE_MS);
    await world().advance(MINUTE_MS);
    expect(reminderTitles(town).filter((title) => title.includes('Quiz'))).toHaveLength(1);
    const walks = () => reminderTitles(town).filter((title) => title.includes('Walk')).length;
    const before = walks();
    await world().moveTo(brussels('2026-12-02T12:01'));
    expect(walks()).toBe(before + 1);
    await world().moveTo(brussels('2026-12-03T12:01'));
    expect(walks()).toBe(before + 2);
  });

  test('that are on their way at that moment are set aside after one more look', async () => {
    const town = plantTown(world());
    const { guild } = town;
    const event = new Date(world().clock.now().getTime() + 2 * HOUR_MS);
    const time = event.toLocaleTimeString('nl-BE', {
      timeZone: 'Europe/Brussels',
      hour: '2-digit',
      minute: '2-digit',
    });
    await remind(town, 'Dinner', { time });
    const general = guild.channel('general').id;
    const since = requestsSoFar();
    world().sandbox.faults.switchOn({
      fault: 'slow',
      on: `POST /channels/${general}/messages`,
      waitMs: 700,
      times: 'every',
    });
    const sweep = world().advance(2 * HOUR_MS);
    await eventually(() => expect(requestsFor(guild, since).length).toBeGreaterThan(0));
    await goes(guild);
    await sweep;
    await hoursPass(3);
    const rows = await db()
      .selectFrom('reminder_occurrences')
      .select(['state', 'last_error'])
      .where('guild_id', '=', guild.id)
      // Before it, the message ahead of it.
      .where('state', '!=', 'missed')
      .execute();
    expect(rows).toEqual([{ state: 'parked', last_error: '{"kind":"left-guild"}' }]);
    expect(requestsFor(guild, since).length).toBeLessThanOrEqual(2);
    expect(complaints(guild).length).toBeLessThanOrEqual(1);
  });
});

describe('tickets of a server that removed the bot', () => {
  test('get what they are owed when it is back', async () => {
    const town = await plantTicketTown(world());
    const { guild, mia, sue } = town;
    const ticket = await town.opens(mia, 'My account is locked');
    await goes(guild);
    await db()
      .updateTable('support_tickets')
      .set({ status: 'claimed', claimed_by: sue.id, sync_due_at: world().clock.now() })
      .where('guild_id', '=', guild.id)
      .where('id', '=', ticket.id)
      .execute();
    const since = requestsSoFar();
    await hoursPass(6);
    expect(requestsFor(guild, since)).toEqual([]);
    expect(complaints(guild)).toEqual([]);
    await returns(guild);
    await world().advance(HOUR_MS);
    const { sync_due_at: due } = await db()
      .selectFrom('support_tickets')
      .select('sync_due_at')
      .where('id', '=', ticket.id)
      .where('guild_id', '=', guild.id)
      .executeTakeFirstOrThrow();
    expect(due).toBeNull();
    expect(requestsFor(guild, since).length).toBeGreaterThan(0);
  });

  test('that are quiet for long do not keep others from being asked after', async () => {
    const [gone, town] = [await plantTicketTown(world()), await plantTicketTown(world())];
    await goes(gone.guild);
    const ticket = await town.opens(town.mia, 'It is slow');
    for (let index = 0; index < 25; index += 1) {
      const { id } = await putTicket(db(), {
        guildId: gone.guild.id,
        userId: `${index + 1}00000000000000000`,
        channelId: null,
      });
      await db()
        .updateTable('support_tickets')
        .set({ idle_due_at: new Date(0) })
        .where('id', '=', id)
        .where('guild_id', '=', gone.guild.id)
        .execute();
    }
    await world().advance(5 * DAY_MS);
    const { warned_at: warnedAt } = await db()
      .selectFrom('support_tickets')
      .select('warned_at')
      .where('id', '=', ticket.id)
      .where('guild_id', '=', town.guild.id)
      .executeTakeFirstOrThrow();
    expect(warnedAt).not.toBeNull();
    expect(complaints(gone.guild)).toEqual([]);
  });
});

describe('onboarding of a server that removed the bot', () => {
  test('gives its roles when it is back; a welcome that is too late is let go without a word', async () => {
    const { guild, mia } = plantTown(world());
    const role = guild.createRole({ name: 'Member' });
    await botHears(world(), guild);
    await goes(guild);
    const who = { guildId: guild.id, userId: mia.id };
    await db()
      .transaction()
      .execute((trx) =>
        addDuties(
          trx,
          who,
          [
            { kind: 'add_role', roleId: role.id },
            { kind: 'welcome', roleId: null },
          ],
          world().clock.now(),
        ),
      );
    const since = requestsSoFar();
    await hoursPass(30);
    const owed = () =>
      db()
        .selectFrom('onboarding_duties')
        .select(['kind', 'attempts'])
        .where('guild_id', '=', guild.id)
        .execute();
    expect((await owed()).map(({ kind }) => kind)).toEqual(['add_role']);
    expect(requestsFor(guild, since)).toEqual([]);
    expect(complaints(guild)).toEqual([]);
    await returns(guild);
    await world().advance(HOUR_MS);
    expect([...(guild.record.members.get(mia.id)?.roles ?? [])]).toContain(role.id);
    expect(await owed()).toEqual([]);
  });
});

describe('joins of a server that removed the bot', () => {
  test('are announced no more when it comes back, and count on', async () => {
    const { guild, olivia } = plantTown(world());
    await botHears(world(), guild);
    await olivia.runs('/config set', { setting: 'invites.announcement_channel_id', value: 'general' });
    const general = guild.channel('general').id;
    world().sandbox.faults.switchOn({
      fault: '500',
      on: `POST /channels/${general}/messages`,
      times: 'every',
    });
    guild.join('joan');
    const owed = () =>
      db().selectFrom('invite_announcements').select('join_id').where('guild_id', '=', guild.id).execute();
    // Nothing is on its way any more, and it is to be tried again.
    await eventually(() => expect(complaints(guild)).toHaveLength(1));
    expect(await owed()).toHaveLength(1);
    await goes(guild);
    world().sandbox.faults.clear();
    const since = requestsSoFar();
    await hoursPass(2);
    expect(await owed()).toEqual([]);
    expect(requestsFor(guild, since)).toEqual([]);
    expect(complaints(guild)).toHaveLength(1);
    await returns(guild);
    guild.join('jim');
    await olivia.waitsFor('general', 'jim');
    const joined = await db()
      .selectFrom('invite_joins')
      .select('member_id')
      .where('guild_id', '=', guild.id)
      .execute();
    expect(joined).toHaveLength(2);
  });
});

describe('messages of a server that removed the bot', () => {
  test('that are to show something new wait quietly, and do when it is back', async () => {
    const { guild, ann } = plantTown(world());
    await botHears(world(), guild);
    await goes(guild);
    const old = { guild_id: guild.id, channel_id: guild.channel('rules').id, message_id: '1' };
    await db()
      .insertInto('privacy_documents')
      .values({
        guild_id: guild.id,
        version: 2,
        locale: 'en-US',
        content: 'Little',
        content_hash: 'x',
        published_by: ann.id,
        published_at: world().clock.now(),
      })
      .execute();
    await db()
      .insertInto('privacy_posts')
      .values({ ...old, version: 1, posted_at: new Date(0) })
      .execute();
    await db()
      .insertInto('onboarding_panels')
      .values({ ...old, posted_at: world().clock.now(), refresh_due_at: world().clock.now() })
      .execute();
    const since = requestsSoFar();
    await hoursPass(3);
    expect(requestsFor(guild, since)).toEqual([]);
    expect(complaints(guild)).toEqual([]);
    const stillDue = await db()
      .selectFrom('onboarding_panels')
      .select('refresh_due_at')
      .where('guild_id', '=', guild.id)
      .executeTakeFirstOrThrow();
    expect(stillDue.refresh_due_at).not.toBeNull();
    await returns(guild);
    await world().advance(HOUR_MS);
    expect(requestsFor(guild, since).filter((request) => request.endsWith('/messages/1'))).not.toEqual([]);
  });
});
