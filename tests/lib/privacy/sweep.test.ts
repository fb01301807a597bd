import { Collection, DiscordAPIError, Status, type Client } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { takeExportTurn, returnExportTurn } from '#lib/privacy/export-turns';
import {
  compareGuilds,
  guildsPresent,
  guildsRemoved,
  memberLeft,
  memberReturned,
} from '#lib/privacy/leaving';
import {
  cancelErasure,
  findReceipt,
  pendingErasures,
  requestErasure,
  type Receipt,
} from '#lib/privacy/requests';
import { removeOldPrivacyRows, removeOldSessions } from '#lib/privacy/retention';
import { erasePerson } from '#lib/privacy/erase';
import { eraseDue, type SweepDeps } from '#lib/privacy/sweep';
import { MovableClock } from '#lib/time/clock';
import { describePostgres, useDatabase } from '../../setup/database.ts';
import { HERE, MIA, SAM, THERE, writeMarkedRows } from './marked-rows.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOW = new Date('2026-12-02T09:00:00Z');

const database = useDatabase();
const db = () => database().db;
let clock: MovableClock;
/** Reminders that there still were of each whom the process let go. */
let letGo: number[];
let told: { userId: string; receipt: Receipt }[];
/** Ids of members whom Discord knows, and what it answers about the others. */
let members: Set<string>;
let answer: () => Error;
/** What Discord says when it is asked for a guild that the gateway does not know. */
let askedForGuild: () => Promise<unknown>;
let gateway: Status;

beforeEach(async () => {
  await database().empty();
  clock = new MovableClock(NOW);
  letGo = [];
  told = [];
  members = new Set();
  answer = () => apiError(10007);
  askedForGuild = () => Promise.reject(apiError(10004));
  gateway = Status.Ready;
});

const apiError = (code: number): Error =>
  new DiscordAPIError({ code, message: 'Unknown Member' }, code, 404, 'GET', '', {
    body: undefined,
    files: [],
  });

function deps(guilds: readonly string[] = [HERE, THERE]): SweepDeps {
  const guild = {
    members: {
      fetch: ({ user }: { user: string }) =>
        members.has(user) ? Promise.resolve({}) : Promise.reject(answer()),
    },
  };
  const cache = new Map(guilds.map((id) => [id, guild]));
  return {
    db: db(),
    clock,
    log: createLog('silent'),
    client: {
      guilds: { cache },
      rest: { get: () => askedForGuild() },
      ws: { shards: new Collection([[0, { status: gateway }]]) },
    } as unknown as Client,
    letGo: async ({ userId }) => void letGo.push(await remindersOf(userId)),
    tell: (userId, _locale, receipt) => {
      told.push({ userId, receipt });
      return Promise.resolve();
    },
  };
}

const ask = (guildId: string | null, userId: string = MIA) =>
  requestErasure(db(), { userId, guildId, locale: 'nl', now: clock.now() });
const remindersOf = async (userId: string) =>
  (await db().selectFrom('reminders').select('id').where('created_by', '=', userId).execute()).length;
const remindersIn = async (guildId: string) =>
  (await db().selectFrom('reminders').select('id').where('guild_id', '=', guildId).execute()).length;
const erasures = () => db().selectFrom('erasures').selectAll().orderBy('id').execute();

describe('a request', () => {
  test('is done after a week, once, and says nobody’s name any more', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    const { code } = await ask(null);
    clock.advance(7 * DAY_MS - MINUTE_MS);
    await eraseDue(deps());
    const before = await remindersOf(MIA);
    expect([before > 0, letGo]).toEqual([true, []]);
    clock.advance(MINUTE_MS);
    await Promise.all([eraseDue(deps()), eraseDue(deps())]);
    // What waits in memory goes first, or it would be written afterwards.
    expect(letGo).toEqual([before]);
    expect(await remindersOf(MIA)).toBe(0);
    expect(told.map(({ userId }) => userId)).toEqual([MIA]);
    // Of both guilds together.
    expect(told[0]?.receipt).toMatchObject({
      deleted: { onboarding: 2, reminders: 4 },
      kept: { reminders: 4 },
    });
    expect(await erasures()).toMatchObject([{ user_id: null, guild_id: null, code }]);
    expect((await findReceipt(db(), code))?.receipt).toEqual(told[0]?.receipt);
    expect(await findReceipt(db(), 'AAAA-AAAA-AAAA-AAAA')).toBeUndefined();
    expect(await remindersOf(SAM)).toBeGreaterThan(0);
  });

  test('asked twice is one; one of everything covers what is asked later, and leaves what was asked before', async () => {
    const [first, second] = await Promise.all([ask(HERE), ask(HERE)]);
    expect(second).toEqual(first);
    const all = await ask(null);
    expect(await pendingErasures(db(), MIA)).toEqual([first, all]);
    expect(await ask(THERE)).toEqual(all);
  });

  test('can be taken back by its own member alone, and not once it has begun', async () => {
    const { id } = await ask(HERE);
    await expect(cancelErasure(db(), SAM, id)).rejects.toMatchObject({ sentence: 'privacy:erase.gone' });
    await expect(cancelErasure(db(), MIA, "1'; --")).rejects.toMatchObject({
      sentence: 'privacy:erase.gone',
    });
    await db().updateTable('erasures').set({ started_at: NOW }).execute();
    await expect(cancelErasure(db(), MIA, id)).rejects.toMatchObject({ sentence: 'privacy:erase.tooLate' });
    await db().updateTable('erasures').set({ started_at: null }).execute();
    await cancelErasure(db(), MIA, id);
    expect(await pendingErasures(db(), MIA)).toEqual([]);
  });

  test('whose process died is taken over when its lease is over, and goes on where that one was', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    const { id } = await ask(null);
    clock.advance(7 * DAY_MS);
    // It had done one guild.
    await db()
      .updateTable('erasures')
      .set({
        started_at: clock.now(),
        leased_until: new Date(clock.now().getTime() + MINUTE_MS),
        attempts: 1,
        receipt: JSON.stringify({ deleted: { reminders: 5 }, kept: {}, guildId: null, requestedAt: NOW }),
      })
      .where('id', '=', id)
      .execute();
    await eraseDue(deps());
    expect(told).toEqual([]);
    clock.advance(MINUTE_MS);
    await eraseDue(deps());
    expect(told[0]?.receipt.deleted.reminders).toBe(9);
  });
});

describe('who left', () => {
  test('is erased there after 30 days; the first leaving counts, and coming back ends it', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    await memberLeft(db(), HERE, MIA, NOW);
    await memberLeft(db(), HERE, SAM, NOW);
    await memberReturned(db(), HERE, SAM);
    clock.advance(DAY_MS);
    await memberLeft(db(), HERE, MIA, clock.now());
    clock.advance(29 * DAY_MS);
    await eraseDue(deps());
    const places = await db().selectFrom('onboarding').select(['guild_id', 'user_id']).execute();
    expect(places.map((row) => `${row.guild_id} ${row.user_id}`).sort()).toEqual(
      [`${HERE} ${SAM}`, `${THERE} ${MIA}`, `${THERE} ${SAM}`].sort(),
    );
    expect(await erasures()).toEqual([]);
    expect(told).toEqual([]);
  });

  test('is kept where Discord says they are a member, and asked about again where it says nothing', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    await memberLeft(db(), HERE, MIA, NOW);
    await memberLeft(db(), HERE, SAM, NOW);
    clock.advance(30 * DAY_MS);
    members.add(MIA);
    answer = () => apiError(0);
    const before = await remindersIn(HERE);
    await eraseDue(deps());
    expect(await remindersIn(HERE)).toBe(before);
    expect(letGo).toEqual([]);
    expect(await erasures()).toMatchObject([{ user_id: SAM, attempts: 1, last_error: 'Unknown Member' }]);
    answer = () => apiError(10007);
    clock.advance(MINUTE_MS);
    await eraseDue(deps());
    expect(letGo).toHaveLength(1);
    expect(await remindersOf(SAM)).toBe(4);
  });
});

describe('a guild', () => {
  test('that removed the bot is erased after 30 days, unless it is back', async () => {
    await writeMarkedRows(db());
    await guildsRemoved(db(), [HERE, THERE], NOW);
    await guildsPresent(db(), [THERE], NOW);
    clock.advance(30 * DAY_MS);
    await eraseDue(deps([THERE]));
    expect(await remindersIn(HERE)).toBe(0);
    expect(await remindersIn(THERE)).toBeGreaterThan(0);
  });

  test('is not erased while the gateway is away; what a member asked for is', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    await guildsRemoved(db(), [HERE], NOW);
    await ask(THERE);
    clock.advance(30 * DAY_MS);
    gateway = Status.Reconnecting;
    await eraseDue(deps([]));
    expect(await remindersIn(HERE)).toBeGreaterThan(0);
    expect(told).toHaveLength(1);
    expect(await erasures()).toContainEqual(expect.objectContaining({ kind: 'removed', attempts: 0 }));
    gateway = Status.Ready;
    await eraseDue(deps([]));
    expect(await remindersIn(HERE)).toBe(0);
  });

  test('that the gateway does not tell of is erased only when Discord says that the bot is not in it', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    await guildsRemoved(db(), [HERE, THERE], NOW);
    clock.advance(30 * DAY_MS);
    const before = await remindersIn(HERE);
    for (const error of [apiError(0), new Error('fetch failed'), apiError(40001)]) {
      askedForGuild = () => Promise.reject(error);
      await eraseDue(deps([]));
      clock.advance(60 * MINUTE_MS);
    }
    expect(await remindersIn(HERE)).toBe(before);
    expect((await erasures()).map(({ attempts }) => attempts)).toEqual([3, 3]);
    askedForGuild = () => Promise.resolve({});
    await eraseDue(deps([]));
    expect(await remindersIn(HERE)).toBe(before);
    expect(await erasures()).toEqual([]);
  });

  test('that takes the bot back at the very moment is kept, and noted as one where it is', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    await guildsRemoved(db(), [HERE], NOW);
    clock.advance(30 * DAY_MS);
    askedForGuild = async () => {
      await guildsPresent(db(), [HERE], clock.now());
      throw apiError(10004);
    };
    await eraseDue(deps([]));
    expect(await remindersIn(HERE)).toBeGreaterThan(0);
    const known = await db().selectFrom('bot_guilds').select('guild_id').execute();
    expect(known).toContainEqual({ guild_id: HERE });
  });

  test('of another shard is not missed because a list does not name it', async () => {
    await guildsPresent(db(), [HERE, THERE], NOW);
    await compareGuilds(db(), [], NOW, (guildId) => guildId === HERE);
    expect(await erasures()).toMatchObject([{ kind: 'removed', guild_id: HERE }]);
  });

  test('that is gone at a start is noticed, and one that is back as well', async () => {
    await guildsPresent(db(), [HERE, THERE], NOW);
    await compareGuilds(db(), [THERE], NOW);
    expect(await erasures()).toMatchObject([{ kind: 'removed', guild_id: HERE }]);
    await compareGuilds(db(), [HERE, THERE], NOW);
    expect(await erasures()).toEqual([]);
  });
});

test('an export is given once an hour, of two at once one, and again when nothing came of it', async () => {
  const turns = await Promise.all([takeExportTurn(db(), MIA, NOW), takeExportTurn(db(), MIA, NOW)]);
  expect(turns.filter((again) => again === null)).toHaveLength(1);
  const hour = new Date(NOW.getTime() + 60 * MINUTE_MS);
  expect(await takeExportTurn(db(), MIA, new Date(hour.getTime() - 1))).toEqual(hour);
  expect(await takeExportTurn(db(), MIA, hour)).toBeNull();
  await returnExportTurn(db(), MIA);
  expect(await takeExportTurn(db(), MIA, hour)).toBeNull();
});

describe('retention', () => {
  test('removes what is old of agreements, receipts, exports and onboarding, and nothing else', async () => {
    await writeMarkedRows(db());
    const old = (days: number) => new Date(NOW.getTime() - days * DAY_MS - 1);
    await db().updateTable('privacy_agreements').set({ withdrawn_at: null }).execute();
    await db()
      .updateTable('privacy_agreements')
      .set({ withdrawn_at: old(365) })
      .where('user_id', '=', SAM)
      .execute();
    await db()
      .updateTable('erasures')
      .set({ user_id: null, done_at: old(30), receipt: '{}' })
      .where('user_id', '=', SAM)
      .execute();
    await db()
      .updateTable('onboarding_sessions')
      .set({ updated_at: old(1) })
      .execute();
    await db()
      .updateTable('onboarding_sessions')
      .set({ finished_at: null, updated_at: old(90) })
      .where('user_id', '=', SAM)
      .where('preview', 'is', null)
      .execute();
    await removeOldPrivacyRows(db(), NOW);
    await removeOldSessions(db(), NOW);
    const left = async (table: 'privacy_agreements' | 'erasures' | 'onboarding_sessions') =>
      (await db().selectFrom(table).select('user_id').execute()).map((row) => row.user_id);
    expect(await left('privacy_agreements')).toEqual([MIA, MIA]);
    expect(await left('erasures')).toEqual([MIA, MIA]);
    expect(await left('onboarding_sessions')).toEqual([MIA, MIA]);
    expect(await db().selectFrom('privacy_exports').selectAll().execute()).toEqual([]);
  });
});

describePostgres('two processes', () => {
  test('erase each request once', async () => {
    await writeMarkedRows(db());
    await db().deleteFrom('erasures').execute();
    for (const userId of [MIA, SAM]) await ask(null, userId);
    clock.advance(7 * DAY_MS);
    const other = await database().open();
    await Promise.all([eraseDue(deps()), eraseDue({ ...deps(), db: other.db })]);
    expect(told.map(({ userId }) => userId).sort()).toEqual([MIA, SAM]);
    expect([await remindersOf(MIA), await remindersOf(SAM)]).toEqual([0, 0]);
  });

  test('erase two who stand in the same rows, in either order', async () => {
    const crossed = Array.from({ length: 400 }, (_, index) => ({
      guild_id: HERE,
      title: `Entry ${index}`,
      summary: 'x',
      created_by: index % 2 === 0 ? MIA : SAM,
      deleted_by: index % 2 === 0 ? SAM : MIA,
      deleted_at: NOW,
    }));
    const other = await database().open();
    const erase = (by: typeof other, userId: string) =>
      by.db.transaction().execute((trx) => erasePerson(trx, userId, HERE));
    for (let round = 0; round < 10; round += 1) {
      await db().insertInto('faq_entries').values(crossed).execute();
      await Promise.all([erase(database(), MIA), erase(other, SAM)]);
    }
    const left = await db()
      .selectFrom('faq_entries')
      .select('id')
      .where((eb) => eb.or([eb('created_by', 'in', [MIA, SAM]), eb('deleted_by', 'in', [MIA, SAM])]))
      .execute();
    expect(left).toEqual([]);
  });
});
