import { ComponentType } from 'discord-api-types/v10';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { listIds } from '#lib/tickets/list/custom-ids';
import { NO_FILTER, writeFilter } from '#lib/tickets/list/filter';
import { statsIds } from '#lib/tickets/stats/custom-ids';
import type { Person } from '../../sandbox/people/person.ts';
import type { Reply } from '../../sandbox/people/reply.ts';
import { walkComponents } from '../../sandbox/state/components.ts';
import { putCategory, putTicket } from '../lib/tickets/fixtures-overview.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, useBot } from '../setup/bot.ts';
import { leaveButton, plantTown } from './town.ts';

const world = useBot();

const [STAFF, BILLING_STAFF] = ['Staff', 'Billing staff'];

/** A town where Mia and Sam have tickets; Tess is staff, Bob staff for one category. */
async function openTown() {
  const town = plantTown(world(), {
    roles: [
      { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
      { name: STAFF, members: ['tess'] },
      { name: BILLING_STAFF, members: ['bob'] },
    ],
    members: [
      'mia',
      'ann',
      { name: 'sam', locale: 'nl' },
      { name: 'niels', locale: 'nl' },
      'tess',
      'bob',
      'lena',
    ],
  });
  const { guild, ann } = town;
  const { db } = world().database;
  await ann.runs('/config set', { setting: 'ticketbot.staff_role_id', value: `@${STAFF}` });
  await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
  const billing = await putCategory(db, guild.id, 'Billing', { staff_role_id: guild.role(BILLING_STAFF).id });
  const keys = await putCategory(db, guild.id, '**Keys** @everyone');
  const [tess, bob, lena] = ['tess', 'bob', 'lena'].map((name) => guild.member(name));
  if (tess === undefined || bob === undefined || lena === undefined) throw new Error('they live here');
  const ago = (ms: number): Date => new Date(world().clock.now().getTime() - ms);
  const put = (more: Partial<Parameters<typeof putTicket>[1]>) =>
    putTicket(db, { guild_id: guild.id, user_id: town.mia.id, created_at: ago(HOUR_MS), ...more });
  return { ...town, tess, bob, lena, billing, keys, ago, put };
}

/** The numbers of the tickets on a page, in order. */
const shown = ({ text }: Reply): number[] =>
  [...text.matchAll(/\*\*#(\d+)\*\*/g)].map(([, id]) => Number(id));
const isEnabled = ({ message }: Reply, label: string): boolean =>
  message?.buttons.find((one) => one.label === label)?.disabled === false;
const downloaded = async (url = ''): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());
const fileOf = ({ message }: Reply): Promise<Buffer> => downloaded(message?.attachments[0]?.url);
/** The picture in a message of components, and what is said of it to those who do not see it. */
const pictureOf = async ({ message }: Reply): Promise<{ start: string; alt: string }> => {
  const all = message?.components.flatMap((one) => [...walkComponents([one])]) ?? [];
  const galleries = all.filter(({ type }) => type === ComponentType.MediaGallery);
  const [[item] = []] = galleries.map(
    ({ items }) => items as { media: { url: string }; description: string }[],
  );
  const file = await downloaded(item?.media.url);
  return { start: file.toString('latin1', 1, 4), alt: item?.description ?? '' };
};

describe('the list of tickets', () => {
  test('shows staff all open ones, quiet longest first, and narrows as they choose', async () => {
    const { guild, sam, tess, ann, billing, keys, ago, put } = await openTown();
    const channel = guild.channel('events');
    const mine = { category_id: billing, channel_id: channel.id, claimed_by: tess.id, status: 'claimed' };
    const fresh = await put(mine);
    const quiet = await put({ user_id: sam.id, category_id: keys, created_at: ago(3 * DAY_MS) });
    const general = await put({ created_at: ago(2 * DAY_MS), status: 'escalated' });
    const closed = await put({ status: 'closed', closed_at: ago(1) });
    const list = await tess.runs('/ticket_list');
    expect(list.ephemeral).toBe(true);
    expect(shown(list)).toEqual([quiet, general, fresh]);
    for (const part of ['3 tickets', '#events', '@mia', '@sam', 'Billing', 'handled by @tess', 'not claimed'])
      expect(list.text).toContain(part);

    expect(shown(await tess.picks('Category', 'Billing'))).toEqual([fresh]);
    expect(shown(await tess.picks('Category', 'General'))).toEqual([general]);
    expect(shown(await tess.picks('Status', 'all'))).toEqual([general, closed]);
    expect(shown(await tess.picks('Category', 'All categories'))).toEqual([quiet, general, fresh, closed]);
    expect(shown(await tess.clicks('Unclaimed'))).toEqual([quiet, general, closed]);
    expect(shown(await tess.picks('Opened by anybody', 'sam'))).toEqual([quiet]);
    expect(shown(await tess.clicks('Mine'))).toEqual([]);
    const again = await tess.picks({ customId: selectWith(tess, 'opener') }, []);
    expect(shown(again)).toEqual([fresh]);
    expect(shown(await tess.clicks('Mine'))).toEqual([quiet, general, fresh, closed]);
    expect(shown(await tess.picks('Claimed by anybody', 'tess'))).toEqual([fresh]);

    const chosen = { status: 'all', claimed: 'nobody', opener: 'sam', category: keys };
    expect(shown(await ann.runs('/ticket_list', chosen))).toEqual([quiet]);
    expect(shown(await ann.runs('/ticket_list', { claimed_by: 'tess' }))).toEqual([fresh]);
    expect(shown(await tess.runs('/ticket_list', { claimed: 'me' }))).toEqual([fresh]);
  });

  test('turns its pages, also after a restart and when tickets changed meanwhile', async () => {
    const { tess, mia, ago, put } = await openTown();
    const { db } = world().database;
    const ids: number[] = [];
    for (let index = 0; index < 23; index += 1)
      ids.push(await put({ user_id: String(5000 + index), created_at: ago((50 - index) * HOUR_MS) }));
    const first = await tess.runs('/ticket_list');
    expect(shown(first)).toEqual(ids.slice(0, 10));
    expect([isEnabled(first, 'Previous'), isEnabled(first, 'Next')]).toEqual([false, true]);
    expect(shown(await tess.clicks('Next'))).toEqual(ids.slice(10, 20));
    await world().restart();
    // Somebody wrote in the very first one: it goes to the end, and no other is skipped.
    await db
      .updateTable('support_tickets')
      .set({ last_activity_at: world().clock.now() })
      .where('id', '=', ids[0] ?? 0)
      .execute();
    expect(shown(await tess.clicks('Refresh'))).toEqual(ids.slice(10, 20));
    const last = await tess.clicks('Next');
    expect(shown(last)).toEqual([...ids.slice(20), ids[0]]);
    expect([isEnabled(last, 'Previous'), isEnabled(last, 'Next')]).toEqual([true, false]);
    expect(shown(await tess.clicks('Previous'))).toEqual(ids.slice(10, 20));
    const start = await tess.clicks('Previous');
    expect(shown(start)).toEqual(ids.slice(1, 11));
    expect(isEnabled(start, 'Previous')).toBe(false);
    expect(shown(await mia.runs('/ticket_list'))).toEqual([]);
  });

  test('shows members their own, staff of a category that category, and others nothing', async () => {
    const { mia, sam, bob, lena, billing, put } = await openTown();
    const elsewhere = await openTown();
    const hers = await put({});
    const his = await put({ user_id: sam.id, category_id: billing });
    await elsewhere.put({ user_id: sam.id });
    const own = await mia.runs('/ticket_list');
    expect(shown(own)).toEqual([hers]);
    expect(own.text).toContain('Your tickets');
    expect(own.message?.selects).toHaveLength(1);
    const dutch = await sam.runs('/ticket_list');
    expect(shown(dutch)).toEqual([his]);
    for (const part of ['Je tickets', 'niet opgepakt', 'laatste bericht', 'Vernieuwen'])
      expect(dutch.text).toContain(part);
    expect(shown(await mia.runs('/ticket_list', { opener: 'sam', status: 'all' }))).toEqual([]);
    expect(shown(await bob.runs('/ticket_list'))).toEqual([his]);
    expect((await lena.runs('/ticket_list')).text).toContain('You have no such tickets');
  });

  test('shows what people wrote letter for letter', async () => {
    const { tess, keys, put } = await openTown();
    await put({
      category_id: keys,
      description: '**bold** <@&1> @everyone\n# big [x](https://evil.example)',
    });
    const { text, message } = await tess.runs('/ticket_list');
    expect(text).toContain('\\*\\*Keys\\*\\*');
    expect(text).toContain('\\*\\*bold\\*\\*');
    expect(text).not.toMatch(/@everyone|<@&1>|\n# big|\[x\]\(/);
    expect(message?.mentionsEveryone).toBe(false);
  });

  test('does nothing by copied or foreign components', async () => {
    const { guild, mia, put } = await openTown();
    await put({ user_id: '77' });
    const parts = writeFilter(NO_FILTER);
    for (const customId of [
      listIds.build('page', { ...parts, cursor: '' }),
      listIds.build('mine', { ...parts, status: '99' }),
      'ticketlist:0:page:::',
      statsIds.build('show', { scope: 'all' }),
      'ticketstats:1:show:1y',
    ]) {
      const { id } = leaveButton(world(), guild, customId);
      const reply = await mia.clicks('Go', { on: { id } });
      expect(reply).toMatchObject({ ephemeral: true, updated: false });
      expect(reply.text).toContain('older version');
    }
  });
});

/** The custom id of the select in the newest message of somebody that chooses this. */
function selectWith(person: Person, action: string): string {
  const [message] = person.sees().toReversed();
  const found = message?.selects.find(({ customId }) => customId.includes(`:${action}:`));
  return found?.customId ?? '';
}

describe('the statistics', () => {
  test('show staff numbers and a picture, for the days they choose, and each is noted', async () => {
    const { guild, mia, tess, bob, sam, billing, ago, put } = await openTown();
    const { db } = world().database;
    const done = { status: 'closed', claimed_by: tess.id, closed_by: tess.id, category_id: billing };
    for (let index = 0; index < 4; index += 1) {
      const created = ago((index + 1) * DAY_MS);
      const at = (minutes: number): Date => new Date(created.getTime() + minutes * MINUTE_MS);
      const id = await put({ ...done, created_at: created, first_response_at: at(5), closed_at: at(125) });
      await db
        .insertInto('ticket_ratings')
        .values({
          guild_id: guild.id,
          ticket_id: id,
          user_id: mia.id,
          staff_id: tess.id,
          rating: 4,
          rated_at: at(126),
        })
        .execute();
    }
    await put({ created_at: ago(60 * DAY_MS) });
    const stats = await tess.runs('/ticket_stats');
    expect(stats.ephemeral).toBe(true);
    for (const part of [
      'last 30 days',
      '4 tickets',
      'closed 4',
      'Open now: **1**, **1** of them unclaimed',
      'First response: half within **5 minutes**, nine of ten within **5 minutes**',
      'Until closed: half within **2 hours 5 minutes**',
      'Reopened after closing: 0 %',
      '⭐ 4.0 from 4 ratings',
      '**Billing** 4 tickets · 0 open',
      '@tess 4 claimed · 4 closed · first response 5 minutes',
    ])
      expect(stats.text).toContain(part);
    const { start, alt } = await pictureOf(stats);
    expect(start).toBe('PNG');
    expect(alt).toContain('Tickets per day, opened and closed: 11/2: 0 and 0;');
    expect(alt).toContain('11/30: 1 and 1; 12/1: 0 and 0;');

    const all = await tess.clicks('All');
    expect(all.updated).toBe(true);
    expect(all.text).toContain('5 tickets');
    expect(await pictureOf(all)).toEqual({ start: 'PNG', alt: expect.stringContaining('Tickets per week') });
    await world().restart();
    expect((await tess.clicks('Refresh')).text).toContain('All tickets that are kept');
    const noted = await db
      .selectFrom('ticket_metrics')
      .select(['scope', 'triggered_by', 'average_cycle_time'])
      .where('guild_id', '=', guild.id)
      .orderBy('id')
      .execute();
    expect(noted).toEqual(
      ['30d', 'all', 'all'].map((scope) => ({ scope, triggered_by: tess.id, average_cycle_time: '7500' })),
    );

    for (const refused of [await mia.runs('/ticket_stats'), await bob.runs('/ticket_stats')])
      expect(refused.text).toContain('Only staff for all tickets');
    expect((await sam.runs('/ticket_stats')).text).toContain('Alleen wie voor alle tickets zorgt');
  });

  test('are in Dutch for who reads Dutch, of their own server, and not to be had without end', async () => {
    const { niels } = await openTown();
    await (await openTown()).put({});
    const stats = await niels.runs('/ticket_stats');
    for (const part of ['Tickets in cijfers', '0 tickets', 'nog niets te tellen', 'minder dan 3'])
      expect(stats.text).toContain(part);
    expect((await pictureOf(stats)).alt).toContain('1-12: 0 en 0;');
    for (let press = 1; press < 10; press += 1) await niels.clicks('Vernieuwen');
    expect((await niels.clicks('Vernieuwen')).text).toContain('Probeer het over');
  });
});

describe('the export', () => {
  test('gives an admin the tickets of their server, safe to open in a spreadsheet', async () => {
    const { ann, niels, sam, tess, keys, ago, put } = await openTown();
    await (await openTown()).put({ username: 'elsewhere' });
    const old = await put({ created_at: ago(40 * DAY_MS), username: '=HYPERLINK("x")', user_id: '0' });
    const id = await put({
      user_id: sam.id,
      username: '@SUM(A1)',
      category_id: keys,
      status: 'closed',
      claimed_by: tess.id,
      closed_by: tess.id,
      closed_at: new Date('2026-12-01T08:30:00Z'),
      close_reason: '+1\n"solved", é',
      created_at: new Date('2026-12-01T08:00:00Z'),
    });
    const reply = await ann.runs('/export_tickets');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.text).toContain('2 tickets');
    const text = (await fileOf(reply)).toString();
    expect(text.split('\r\n').slice(0, 1)).toEqual([
      '\uFEFFid,user_id,username,category,status,created_at,first_response_at,closed_at,claimed_by,closed_by,close_reason,rating,channel_id',
    ]);
    expect(text).toContain(
      `${id},${sam.id},'@SUM(A1),**Keys** @everyone,closed,2026-12-01T08:00:00.000Z,,2026-12-01T08:30:00.000Z,${tess.id},${tess.id},"'+1\n""solved"", é",,\r\n`,
    );
    expect(text).toContain(`${old},,"'=HYPERLINK(""x"")",,open,`);
    expect(text).not.toContain('elsewhere');
    await ann.waitsFor('log', '@ann exported 2 tickets');

    const recent = await niels.runs('/export_tickets', { scope: '30d' });
    expect(recent.text).toContain('Eén ticket');
    expect((await fileOf(recent)).toString()).not.toContain('HYPERLINK');
    expect((await niels.runs('/export_tickets', { scope: '7d' })).text).toContain('Eén ticket');
    const how = { allowedBySettings: true };
    for (const refused of [
      await tess.runs('/export_tickets', {}, how),
      await sam.runs('/export_tickets', {}, how),
    ])
      expect(refused.text).toMatch(/Only the server's owner|Alleen de eigenaar/);
    expect((await plantTown(world()).ann.runs('/export_tickets')).text).toContain('no such tickets');
  });

  test('packs what is too large for one file, all of it', async () => {
    const { guild, ann } = await openTown();
    await sql`
      insert into support_tickets (guild_id, user_id, username, description, status, last_activity_at, closed_at)
      select ${guild.id}, n, repeat('long ', 1900), 'x', 'closed', now(), now() from generate_series(1, 1100) n`.execute(
      world().database.db,
    );
    const reply = await ann.runs('/export_tickets');
    expect(reply.text).toContain('1100 tickets');
    const files = unzipSync(await fileOf(reply));
    const text = strFromU8(files[`tickets-${guild.id}.csv`] ?? new Uint8Array());
    expect(text.match(/\r\n/g)).toHaveLength(1_101);
    expect(reply.text).not.toContain('more than fits');
  });
});
