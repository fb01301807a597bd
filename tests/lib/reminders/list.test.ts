import { beforeEach, describe, expect, test } from 'vitest';
import { PermissionsBitField } from 'discord.js';
import { LIST_FILTERS, listFilterOf, readListPage, type ListFilterName } from '#lib/reminders/list';
import { useDatabase } from '../../setup/database.ts';
import { add, at, GENERAL, GUILD, MIA, NEWS, NOW, OTHER_GUILD, SAM } from './fixtures.ts';

const database = useDatabase();
const db = () => database().db;
const viewer = (userId: string, channelId: string, isAdmin = false) => ({
  actor: {
    userId,
    guildOwnerId: '999999999999999999',
    permissions: new PermissionsBitField(isAdmin ? 'ManageGuild' : []),
  },
  channelId,
});
const page = (of: ReturnType<typeof viewer>, filter: ListFilterName = 'all', number = 0) =>
  readListPage(db(), GUILD, of, { filter, page: number });
const names = async (...wanted: Parameters<typeof page>) =>
  (await page(...wanted)).reminders.map(({ name }) => name);

beforeEach(async () => {
  await database().empty();
  await add(db(), { name: 'weekly', days: 'mon' });
  await add(db(), { name: "sam's news", channelId: NEWS, createdBy: SAM, date: '24/12' });
  await add(db(), { name: 'of others', guildId: OTHER_GUILD });
  const { reminder: own } = await add(db(), { name: "sam's own", createdBy: SAM, date: '25/12' });
  await db().updateTable('reminders').set({ recipient_id: SAM }).where('id', '=', own.id).execute();
});

describe('a list', () => {
  test('shows a member what is theirs or goes to this channel, an admin all but what is private', async () => {
    expect(await names(viewer(MIA, GENERAL))).toEqual(['weekly']);
    expect(await names(viewer(MIA, NEWS))).toEqual(['weekly', "sam's news"]);
    expect(await names(viewer(SAM, GENERAL))).toEqual(['weekly', "sam's news", "sam's own"]);
    expect(await names(viewer(MIA, GENERAL, true))).toEqual(['weekly', "sam's news"]);
  });

  test('narrowed down, with how many each filter shows', async () => {
    await db().updateTable('reminders').set({ paused_at: NOW }).where('name', '=', 'weekly').execute();
    await db()
      .updateTable('reminders')
      .set({ source: 'announcement', origin_message_id: '1', origin_channel_id: NEWS })
      .where('name', '=', "sam's news")
      .execute();
    const shown = await Promise.all(
      LIST_FILTERS.map(async (filter) => [filter, await names(viewer(SAM, GENERAL), filter)] as const),
    );
    expect(Object.fromEntries(shown)).toEqual({
      all: ['weekly', "sam's news", "sam's own"],
      mine: ["sam's news", "sam's own"],
      channel: ['weekly'],
      recurring: ['weekly'],
      oneOff: ["sam's news", "sam's own"],
      paused: ['weekly'],
      announcement: ["sam's news"],
    });
    const { counts } = await page(viewer(SAM, GENERAL), 'paused');
    expect(counts).toEqual(Object.fromEntries(shown.map(([filter, found]) => [filter, found.length])));
  });

  test('a page that is not there any more is the last one', async () => {
    for (let day = 1; day <= 9; day += 1) await add(db(), { name: `day ${day}`, date: `${day}/1` });
    expect(await page(viewer(MIA, GENERAL), 'mine', 5)).toMatchObject({ page: 0, pages: 1 });
    await add(db(), { name: 'day 10', date: '10/1' });
    const last = await page(viewer(MIA, GENERAL), 'mine', 5);
    expect(last).toMatchObject({ page: 1, pages: 2, reminders: [{ name: 'day 10' }] });
    expect(last.reminders[0]?.nextDueAt).toEqual(at('2027-01-10 19:00'));
    expect(await page(viewer(MIA, GENERAL), 'mine', -1)).toMatchObject({ page: 0 });
  });

  test('an unknown filter shows all', () => {
    expect(listFilterOf('mine')).toBe('mine');
    expect(listFilterOf('yours')).toBe('all');
  });
});
