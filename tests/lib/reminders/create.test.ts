import { beforeEach, describe, expect, test } from 'vitest';
import { PermissionsBitField } from 'discord.js';
import type { Actor } from '#lib/access/who';
import { deleteReminder } from '#lib/reminders/delete';
import { listReminders } from '#lib/reminders/queries';
import { removeOldReminders } from '#lib/reminders/retention';
import { findManageable } from '#lib/reminders/search';
import { useDatabase } from '../../setup/database.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import {
  add,
  at,
  GENERAL,
  GUILD,
  MIA,
  NEWS,
  NOW,
  occurrences,
  OTHER_GUILD,
  SAM,
  written,
  type Wanted,
} from './fixtures.ts';

const DAY_MS = 24 * 60 * 60_000;

const database = useDatabase();
beforeEach(() => database().empty());
useSentences();

const db = () => database().db;
const actor = (userId: string, permissions = 0n): Actor => ({
  userId,
  guildOwnerId: 'owner',
  permissions: new PermissionsBitField(permissions),
});
const admin = actor(SAM, PermissionsBitField.Flags.ManageGuild);
const dueTimes = (created: Awaited<ReturnType<typeof add>>): string[] =>
  created.next.map(({ dueAt }) => written(dueAt));

describe('a reminder is added', () => {
  test.each<[string, Wanted, string[], string[]]>([
    [
      'at the next occurrence of a time',
      {},
      ['2026-12-01 19:00', '2026-12-01 20:00'],
      ['2026-12-01 19:00', '2026-12-01 20:00'],
    ],
    [
      'tomorrow when that time has passed',
      { time: '9u30' },
      ['2026-12-02 08:30', '2026-12-02 09:30'],
      ['2026-12-02 08:30', '2026-12-02 09:30'],
    ],
    [
      'whose announcement would be past: only the event is left',
      { time: '10:30' },
      ['2026-12-01 10:30'],
      ['2026-12-01 10:30'],
    ],
    ['without an offset', { offsetMinutes: 0 }, ['2026-12-01 20:00'], ['2026-12-01 20:00']],
    [
      'on a date',
      { date: '14/02' },
      ['2027-02-14 19:00', '2027-02-14 20:00'],
      ['2027-02-14 19:00', '2027-02-14 20:00'],
    ],
    [
      'on a date in words',
      { date: 'overmorgen', time: '7:30pm' },
      ['2026-12-03 18:30', '2026-12-03 19:30'],
      ['2026-12-03 18:30', '2026-12-03 19:30'],
    ],
    [
      'every week',
      { days: 'wo, vr' },
      ['2026-12-02 19:00', '2026-12-04 19:00', '2026-12-09 19:00'],
      ['2026-12-02 19:00'],
    ],
    [
      'every week, just after midnight',
      { days: 'wed', time: '00:30' },
      ['2026-12-01 23:30', '2026-12-08 23:30', '2026-12-15 23:30'],
      ['2026-12-01 23:30'],
    ],
    [
      'every day, when today is announced already',
      { days: 'daily', offsetMinutes: 720 },
      ['2026-12-02 08:00', '2026-12-03 08:00', '2026-12-04 08:00'],
      ['2026-12-02 08:00'],
    ],
  ])('%s', async (_name, wanted, told, owed) => {
    const created = await add(db(), wanted);
    expect(dueTimes(created)).toEqual(told);
    expect((await occurrences(db())).map(({ due, state }) => [due, state])).toEqual(
      owed.map((due) => [due, 'pending']),
    );
  });

  test('with all that was said, and harmless to store', async () => {
    const { reminder } = await add(db(), {
      name: '  Raid\n night\u0000 ',
      message: ' line one\r\nline two\u202E ',
      location: '   ',
      mentionEveryone: true,
      days: 'weekdays',
    });
    const [listed] = await listReminders(db(), GUILD, { readerId: MIA, limit: 10 });
    expect(listed).toEqual({ ...reminder, nextDueAt: at('2026-12-01 19:00') });
    expect(reminder).toMatchObject({
      name: 'Raid night',
      message: 'line one\nline two',
      location: null,
      callTime: '20:00',
      days: [0, 1, 2, 3, 4],
      mentionEveryone: true,
      offsetMinutes: 60,
    });
  });

  test.each([
    ['gap', { date: '2027-03-28', time: '02:30' }, '2027-03-28 03:30'],
    ['overlap', { date: '2027-10-31', time: '02:30' }, '2027-10-31 02:30'],
    ['none', { date: '2027-03-28', time: '03:30' }, '2027-03-28 03:30'],
  ])('and says what the clocks do that night: %s', async (adjusted, wanted, event) => {
    const created = await add(db(), wanted);
    expect([created.adjusted, written(created.next.at(-1)?.eventAt ?? NOW)]).toEqual([adjusted, event]);
    expect(created.startsAt).toBe(event.slice(11));
  });
});

describe('a reminder is refused', () => {
  test.each<[string, Wanted, string]>([
    ['25:00', { time: '25:00' }, 'reminders:when.unknown'],
    ['no time at all', { time: 'soon @everyone' }, 'reminders:when.unknown'],
    ['a date beside more than a time', { time: 'tomorrow 8pm', date: '3/12' }, 'reminders:unknownTime'],
    ['31 February', { date: '31 February' }, 'reminders:unknownDate'],
    ['31/02', { date: '31/02/2027' }, 'reminders:unknownDate'],
    ['ma-xx', { days: 'ma-xx' }, 'reminders:unknownDays'],
    ['days that are none', { days: 'mon, someday' }, 'reminders:unknownDays'],
    ['nothing but filling', { days: ' , ' }, 'reminders:unknownDays'],
    ['both a date and days', { date: 'tomorrow', days: 'mon' }, 'reminders:dateAndDays'],
    ['a date in the past', { date: '2026-11-30' }, 'reminders:past'],
    ['a moment earlier today', { date: 'today', time: '09:59' }, 'reminders:past'],
    ['this very moment', { date: 'today', time: '10:00' }, 'reminders:past'],
    ['a name that cannot be seen', { name: ' \n\u0000 ' }, 'reminders:nameMissing'],
    ['a name of invisible characters', { name: '\u200B\u2060\u00AD' }, 'reminders:nameMissing'],
    ['a date beyond all plans', { date: '9999-12-31' }, 'reminders:tooFar'],
    ['a name too long', { name: 'x'.repeat(101) }, 'reminders:tooLong.name'],
    ['a message too long', { message: 'x'.repeat(4_000) }, 'reminders:tooLong.message'],
    ['a location too long', { location: 'x'.repeat(201) }, 'reminders:tooLong.location'],
  ])('%s', async (_name, wanted, sentence) => {
    const refusal = await refusalOf(() => add(db(), wanted));
    expect(refusal.sentence).toBe(sentence);
    expect(refusal.text).not.toMatch(/@everyone|: \.|""/);
    expect(await listReminders(db(), GUILD, { readerId: MIA, limit: 10 })).toEqual([]);
  });

  test('lengths at the limit are no reason', async () => {
    const wanted = { name: 'x'.repeat(100), message: '😀'.repeat(1_000), location: 'x'.repeat(200) };
    const { reminder } = await add(db(), wanted);
    expect(reminder).toMatchObject(wanted);
  });

  test('when a member has 50 waiting; finished ones and those of others do not count, nor does it bind an admin', async () => {
    for (let number = 0; number < 50; number += 1) await add(db(), { name: `r${number}` });
    expect(await refusalOf(() => add(db()))).toMatchObject({
      sentence: 'reminders:tooMany',
      values: { max: 50 },
    });
    await add(db(), { isAdmin: true });
    await add(db(), { createdBy: SAM });
    await add(db(), { guildId: OTHER_GUILD });
    await db().updateTable('reminders').set({ finished_at: NOW }).where('id', 'in', [1, 2]).execute();
    await add(db());
    expect(await refusalOf(() => add(db()))).toMatchObject({ sentence: 'reminders:tooMany' });
  });
});

test('of ten added at once only as many are kept as a member may have', async () => {
  for (let number = 0; number < 48; number += 1) await add(db(), { name: `r${number}` });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => add(db())));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

describe('a reminder is deleted', () => {
  test.each([
    ['its creator', actor(MIA)],
    ['an admin', admin],
    ["the guild's owner", actor('owner')],
  ])('by %s, with all it owes', async (_name, person) => {
    const { reminder } = await add(db());
    expect(await deleteReminder(db(), GUILD, reminder.id, person)).toEqual(reminder);
    expect([await listReminders(db(), GUILD, { readerId: MIA, limit: 10 }), await occurrences(db())]).toEqual(
      [[], []],
    );
  });

  test.each([
    ['by another member', GUILD, 1, actor(SAM), 'reminders:notYours'],
    ['from another guild, also by an admin there', OTHER_GUILD, 1, admin, 'reminders:noSuchReminder'],
    ['that is not there', GUILD, 2, admin, 'reminders:noSuchReminder'],
  ])('but not %s', async (_name, guildId, id, person, sentence) => {
    await add(db());
    expect(await refusalOf(() => deleteReminder(db(), guildId, id, person))).toMatchObject({ sentence });
    expect(await listReminders(db(), GUILD, { readerId: MIA, limit: 10 })).toHaveLength(1);
  });

  test('nor when it is finished', async () => {
    const { reminder } = await add(db());
    await db().updateTable('reminders').set({ finished_at: NOW }).execute();
    expect(await refusalOf(() => deleteReminder(db(), GUILD, reminder.id, admin))).toMatchObject({
      sentence: 'reminders:noSuchReminder',
    });
  });
});

describe('a list', () => {
  beforeEach(async () => {
    await add(db(), { name: 'late', date: '2027-01-01' });
    await add(db(), { name: 'Soon', time: '12:00' });
    await add(db(), { name: "sam's", createdBy: SAM });
    await add(db(), { name: "sam's news", createdBy: SAM, channelId: NEWS });
    await add(db(), { name: 'elsewhere', guildId: OTHER_GUILD });
  });
  const names = async (visibleTo?: { userId: string; channelId: string }, limit = 10) =>
    (await listReminders(db(), GUILD, { readerId: MIA, limit, ...(visibleTo && { visibleTo }) })).map(
      ({ name }) => name,
    );

  test('has what goes to one member alone only for them, also not for an admin or who reads its channel', async () => {
    await add(db(), { name: 'secret', createdBy: SAM, recipientId: SAM, channelId: NEWS });
    expect(await names({ userId: MIA, channelId: NEWS })).not.toContain('secret');
    expect(await names()).not.toContain('secret');
    const own = await listReminders(db(), GUILD, { readerId: SAM, limit: 10 });
    expect(own.map(({ name }) => name)).toContain('secret');
    expect(await findManageable(db(), GUILD, { ...admin, userId: MIA }, 'secret', 10)).toEqual([]);
    expect(await refusalOf(() => deleteReminder(db(), GUILD, 6, actor('owner')))).toMatchObject({
      sentence: 'reminders:noSuchReminder',
    });
  });

  test('has what comes next first, of this guild alone', async () => {
    expect(await names()).toEqual(['Soon', "sam's", "sam's news", 'late']);
    expect(await names(undefined, 2)).toEqual(['Soon', "sam's"]);
  });

  test("shows a member their own and this channel's", async () => {
    expect(await names({ userId: MIA, channelId: GENERAL })).toEqual(['Soon', "sam's", 'late']);
    expect(await names({ userId: MIA, channelId: NEWS })).toEqual(['Soon', "sam's news", 'late']);
  });

  test('ends with what has nothing left to send', async () => {
    await db()
      .updateTable('reminder_occurrences')
      .set({ state: 'parked' })
      .where('reminder_id', '=', 2)
      .execute();
    expect(await names()).toEqual(["sam's", "sam's news", 'late', 'Soon']);
  });

  test.each([
    ['', actor(MIA), ['Soon', 'late']],
    ['soo', actor(MIA), ['Soon']],
    ['#1', actor(MIA), ['late']],
    ['2', actor(MIA), ['Soon']],
    ['sam', actor(MIA), []],
    ['sam', admin, ["sam's", "sam's news"]],
    ['elsewhere', admin, []],
    ['%', admin, []],
  ])('of what can be deleted, when %j is typed: %#', async (typed, person, found) => {
    expect((await findManageable(db(), GUILD, person, typed, 25)).map(({ name }) => name)).toEqual(found);
  });

  test('of what can be deleted has no more than asked for', async () => {
    expect(await findManageable(db(), GUILD, admin, '', 3)).toHaveLength(3);
  });
});

test('what finished or was settled more than 30 days ago is removed, what waits never', async () => {
  const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
  for (const [id, days] of [31, 29, null].entries()) {
    await add(db(), { days: 'mon', name: `r${id + 1}` });
    if (days !== null)
      await db()
        .updateTable('reminders')
        .set({ finished_at: ago(days) })
        .where('id', '=', id + 1)
        .execute();
  }
  const settled = {
    reminder_id: 3,
    guild_id: GUILD,
    kind: 'advance',
    offset_minutes: 60,
    state: 'sent',
    nonce: 'n',
  };
  for (const days of [31, 29]) {
    const when = {
      due_at: ago(days),
      event_at: ago(days),
      next_attempt_at: ago(days),
      settled_at: ago(days),
    };
    await db()
      .insertInto('reminder_occurrences')
      .values({ ...settled, ...when })
      .execute();
  }
  await removeOldReminders(db(), NOW);
  expect(await db().selectFrom('reminders').select('name').orderBy('id').execute()).toEqual([
    { name: 'r2' },
    { name: 'r3' },
  ]);
  expect((await occurrences(db())).map(({ due, state }) => [due, state])).toEqual([
    ['2026-12-07 19:00', 'pending'],
    ['2026-12-07 19:00', 'pending'],
    ['2026-11-02 10:00', 'sent'],
  ]);
});
