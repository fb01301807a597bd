import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/who';
import { claimDue } from '#lib/reminders/claims';
import { settle } from '#lib/reminders/settlement';
import { dropFailed, listFailed, retryFailed } from '#lib/reminders/failed';
import { recoverMended } from '#lib/reminders/recovery';
import { writeParkReason, type ParkReason } from '#lib/reminders/send-result';
import { useDatabase } from '../../setup/database.ts';
import {
  add,
  at,
  GENERAL,
  GUILD,
  MIA,
  NEWS,
  occurrences,
  OTHER_GUILD,
  SAM,
  type Wanted,
} from './fixtures.ts';

const database = useDatabase();
beforeEach(() => database().empty());
const db = () => database().db;

const member = (userId: string): Actor => ({
  userId,
  guildOwnerId: '1',
  permissions: new PermissionsBitField(PermissionFlagsBits.SendMessages),
});
const admin: Actor = {
  ...member(SAM),
  permissions: new PermissionsBitField(PermissionFlagsBits.ManageGuild),
};
const DUE = '2026-12-01 19:00';
const LATER = at('2026-12-01 19:30');
const noObstacle = () => null;
const PERMISSIONS: ParkReason = { kind: 'permissions', missing: ['SendMessages'] };

/** A daily reminder whose message of {@link DUE} was set aside; its occurrence's id. */
async function park(wanted: Wanted = {}, reason: ParkReason = PERMISSIONS): Promise<string> {
  const { reminder } = await add(db(), { days: 'daily', ...wanted });
  for (const claimed of await claimDue(db(), { now: at(DUE), limit: 10, leaseMs: 60_000 }))
    await settle(db(), claimed, { state: 'parked', reason: writeParkReason(reason) }, at(DUE));
  const row = await db()
    .selectFrom('reminder_occurrences')
    .select('id')
    .where('reminder_id', '=', reminder.id)
    .where('state', '=', 'parked')
    .executeTakeFirstOrThrow();
  return row.id;
}
const stateOf = async (id: string) =>
  (await db().selectFrom('reminder_occurrences').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
    .state;

describe('the list of what failed', () => {
  test('has what a member made, and for an admin all of the guild, with the reasons', async () => {
    await park({ name: 'Mine' });
    await park({ name: 'Theirs', createdBy: SAM });
    await park({ name: 'Elsewhere', guildId: OTHER_GUILD });
    const names = async (actor: Actor) => {
      const { failed, total } = await listFailed(db(), GUILD, actor, 10);
      return [...failed.map(({ reminder }) => reminder.name), total];
    };
    expect(await names(member(MIA))).toEqual(['Mine', 1]);
    expect(await names(admin)).toEqual(['Mine', 'Theirs', 2]);
    expect(await listFailed(db(), GUILD, member(MIA), 1)).toMatchObject({
      failed: [{ dueAt: at(DUE), reason: PERMISSIONS, reminder: { channelId: GENERAL } }],
    });
  });

  test('counts what it does not show', async () => {
    for (let number = 0; number < 3; number += 1) await park();
    const { failed, total } = await listFailed(db(), GUILD, admin, 2);
    expect([failed.length, total]).toEqual([2, 3]);
  });

  test('shows a reason that another version wrote as a refusal', async () => {
    const id = await park();
    await db()
      .updateTable('reminder_occurrences')
      .set({ last_error: '{"kind":"moon"}' })
      .where('id', '=', id)
      .execute();
    expect((await listFailed(db(), GUILD, admin, 1)).failed[0]?.reason).toEqual({ kind: 'refused', code: 0 });
  });
});

describe('a person', () => {
  test('retries: it is due at once, and news if it fails again', async () => {
    const id = await park();
    await retryFailed(db(), GUILD, id, member(MIA), LATER, noObstacle);
    const [claimed] = await claimDue(db(), { now: LATER, limit: 1, leaseMs: 60_000 });
    expect(claimed).toMatchObject({ id, isRetried: true });
    if (claimed === undefined) throw new Error('not due');
    const ending = { state: 'parked', reason: writeParkReason(PERMISSIONS) } as const;
    expect(await settle(db(), claimed, ending, LATER)).toBe('owes-notice');
  });

  test('cannot retry while what was in the way still is, and hears what', async () => {
    const id = await park();
    await expect(
      retryFailed(db(), GUILD, id, member(MIA), LATER, () => ({
        kind: 'permissions',
        missing: ['EmbedLinks'],
      })),
    ).rejects.toMatchObject({
      sentence: 'reminders:failure.permissions',
      values: { missing: ['common:permissions.EmbedLinks'] },
    });
    expect(await stateOf(id)).toBe('parked');
  });

  test('drops: it is missed, and the reminder goes on', async () => {
    await dropFailed(db(), GUILD, await park(), admin);
    expect((await occurrences(db())).map(({ due, state }) => `${due} ${state}`)).toEqual([
      '2026-12-01 19:00 missed',
      '2026-12-02 19:00 pending',
    ]);
  });

  test.each([
    ['another member', () => park(), member(SAM), GUILD, 'reminders:failed.notYours'],
    ['another guild', () => park(), { ...admin }, OTHER_GUILD, 'reminders:failed.gone'],
    ['an id that is none', () => Promise.resolve("1' or 1=1"), admin, GUILD, 'reminders:failed.gone'],
    ['an id too long', () => Promise.resolve('9'.repeat(40)), admin, GUILD, 'reminders:failed.gone'],
    [
      'one that is waiting',
      async () => String(Number(await park()) + 1),
      admin,
      GUILD,
      'reminders:failed.gone',
    ],
  ])('may not touch what is not theirs or not there: %s', async (_name, plant, actor, guildId, sentence) => {
    const id = await plant();
    const retry = retryFailed(db(), guildId, id, actor, LATER, noObstacle);
    await expect(retry).rejects.toMatchObject({ sentence });
    await expect(dropFailed(db(), guildId, id, actor)).rejects.toMatchObject({ sentence });
  });

  test('and another one at the same time: one of them acts', async () => {
    const id = await park();
    const results = await Promise.allSettled([
      retryFailed(db(), GUILD, id, admin, LATER, noObstacle),
      dropFailed(db(), GUILD, id, admin),
      dropFailed(db(), GUILD, id, admin),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('what was in the way is mended', () => {
  const DAY_MS = 24 * 60 * 60_000;
  const recover = (now: Date, blocked: readonly string[] = []) =>
    recoverMended(
      {
        db: db(),
        obstacleTo: ({ channelId }) => (blocked.includes(channelId) ? { kind: 'no-channel' } : null),
        maxLatenessMs: () => Promise.resolve(DAY_MS),
      },
      now,
    );

  test.each<[ParkReason, string]>([
    [PERMISSIONS, 'pending'],
    [{ kind: 'no-channel' }, 'pending'],
    [{ kind: 'left-guild' }, 'pending'],
    // The bot cannot see that this was mended; a person can.
    [{ kind: 'refused', code: 50035 }, 'parked'],
  ])('what was set aside for %j is then %s', async (reason, state) => {
    const id = await park({}, reason);
    await recover(LATER);
    expect(await stateOf(id)).toBe(state);
  });

  test('only there, and due at once', async () => {
    const [open, shut] = [await park(), await park({ channelId: NEWS })];
    expect(await recover(LATER, [NEWS])).toBe(1);
    expect([await stateOf(open), await stateOf(shut)]).toEqual(['pending', 'parked']);
    expect(await claimDue(db(), { now: LATER, limit: 5, leaseMs: 60_000 })).toMatchObject([
      { id: open, isRetried: false },
    ]);
  });

  test('too late: it stays for a person to decide', async () => {
    const id = await park();
    expect(await recover(new Date(at(DUE).getTime() + DAY_MS + 1))).toBe(0);
    expect(await stateOf(id)).toBe('parked');
    expect(await recover(new Date(at(DUE).getTime() + DAY_MS))).toBe(1);
  });

  test('of more than fit into one reading', async () => {
    const first = await park();
    await db().deleteFrom('reminder_occurrences').where('state', '!=', 'parked').execute();
    const row = await db()
      .selectFrom('reminder_occurrences')
      .selectAll()
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    const { id: _id, ...columns } = row;
    const copies = Array.from({ length: 1_100 }, (_, index) => ({
      ...columns,
      offset_minutes: 1_000 + index,
    }));
    await db().insertInto('reminder_occurrences').values(copies).execute();
    expect(await recover(LATER)).toBe(1_101);
  });
});
