import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { adjustCount, importedCount } from '#lib/invites/adjust';
import type { Verdict } from '#lib/invites/attribute';
import { countOf, readRanking } from '#lib/invites/counts';
import { setHidden } from '#lib/invites/hidden';
import { recordJoins, recordLeave, tidyLeaves } from '#lib/invites/record';
import { erasePerson } from '#lib/privacy/erase';
import { memberLeft } from '#lib/privacy/leaving';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
const db = (): Database => database().db;
beforeEach(() => database().empty());

const DAY_MS = 24 * 60 * 60_000;
const START = new Date('2026-12-01T12:00:00Z');
const [HERE, THERE] = ['100', '200'] as const;
const [MIA, SAM, ANN, NORA, OTTO] = ['1', '2', '3', '11', '12'] as const;
const day = (days: number): Date => new Date(START.getTime() + days * DAY_MS);

const by = (inviterId: string): Verdict => ({
  certainty: 'certain',
  reason: 'only_one_used',
  code: `of${inviterId}`,
  inviterId,
});

async function join(
  memberId: string,
  verdict: Verdict,
  { guild = HERE, at = START, isFake = false }: { guild?: string; at?: Date; isFake?: boolean } = {},
): Promise<string[]> {
  const arrival = { memberId, joinedAt: at, isFake };
  return recordJoins(db(), guild, [arrival], verdict, { isAnnounced: false, now: at });
}

const count = (memberId: string) => countOf(db(), HERE, memberId);
const adjust = (memberId: string, to: number | null, at = START) =>
  adjustCount(db(), HERE, { memberId, count: to, actorId: ANN, at });
const ranking = async (since: Date | null = null, offset = 0, limit = 10) => {
  const page = await readRanking(db(), HERE, { since, offset, limit });
  return { count: page.count, ranked: page.ranked.map(({ memberId, total }) => [memberId, total]) };
};
const erase = (memberId: string) =>
  db()
    .transaction()
    .execute((trx) => erasePerson(trx, memberId, HERE));

describe('a count', () => {
  test('is joined − left − fake + bonus, of one guild alone', async () => {
    await join(NORA, by(MIA));
    await join(OTTO, by(MIA));
    await join('13', by(MIA), { isFake: true });
    await join('14', by(SAM));
    await join('15', { certainty: 'ambiguous', reason: 'several_used' });
    await join('16', { certainty: 'unknown', reason: 'no_trace' });
    await join('17', { certainty: 'vanity', reason: 'own_link' });
    await join('18', by(MIA), { guild: THERE });
    await recordLeave(db(), HERE, OTTO, day(1));
    // Who was never counted is not taken off twice.
    await recordLeave(db(), HERE, '13', day(1));
    expect(await count(MIA)).toEqual({ joined: 3, left: 1, fake: 1, bonus: 0, total: 1 });
    await adjust(MIA, 7);
    expect(await count(MIA)).toEqual({ joined: 3, left: 1, fake: 1, bonus: 6, total: 7 });
    expect(await count(ANN)).toEqual({ joined: 0, left: 0, fake: 0, bonus: 0, total: 0 });
  });

  test('takes whoever comes and goes for one, whoever invites them then', async () => {
    await join(NORA, by(MIA));
    for (let times = 1; times <= 3; times += 1) {
      await recordLeave(db(), HERE, NORA, day(times));
      expect(await count(MIA)).toMatchObject({ joined: 1, left: 1, total: 0 });
      await join(NORA, by(times === 2 ? SAM : MIA), { at: day(times + 0.5) });
      expect([await count(MIA), await count(SAM)]).toMatchObject([{ total: 1 }, { total: 0 }]);
    }
  });

  test('takes nobody who made the invite themselves', async () => {
    await join(MIA, by(MIA));
    expect(await count(MIA)).toMatchObject({ joined: 0, total: 0 });
  });

  test('goes by each join and leave once, though two processes hear of it', async () => {
    const [first, second] = await Promise.all([join(NORA, by(MIA)), join(NORA, by(MIA))]);
    expect([...(first ?? []), ...(second ?? [])]).toHaveLength(1);
    await Promise.all([recordLeave(db(), HERE, NORA, day(1)), recordLeave(db(), HERE, NORA, day(1))]);
    await Promise.all([recordLeave(db(), HERE, SAM, day(1)), recordLeave(db(), HERE, SAM, day(1))]);
    expect(await count(MIA)).toMatchObject({ joined: 1, left: 1 });
    expect(await db().selectFrom('invite_leaves').select('id').execute()).toHaveLength(2);
  });

  test('of which an admin says what it is goes on from there', async () => {
    await join(NORA, by(MIA));
    expect(await adjust(MIA, 10)).toBe(1);
    await join(OTTO, by(MIA));
    expect(await adjust(MIA, null)).toBe(11);
    await join('13', by(MIA));
    await recordLeave(db(), HERE, NORA, day(1));
    expect(await count(MIA)).toEqual({ joined: 3, left: 1, fake: 0, bonus: -2, total: 0 });
    await Promise.all([adjust(MIA, 5), adjust(MIA, 8), adjust(MIA, 5)]);
    expect([5, 8]).toContain((await count(MIA)).total);
  });

  test('has what an older bot had, added once', async () => {
    const bring = (had: number) =>
      db()
        .transaction()
        .execute((trx) => importedCount(trx, HERE, { memberId: MIA, count: had, at: START }));
    await join(NORA, by(MIA));
    expect([await bring(40), await bring(40), await bring(41)]).toEqual([true, false, false]);
    expect(await count(MIA)).toMatchObject({ joined: 1, bonus: 40, total: 41 });
  });

  test('stays when those who came are erased, and goes with who invited them', async () => {
    await join(NORA, by(MIA));
    await join(OTTO, by(MIA));
    await recordLeave(db(), HERE, OTTO, day(1));
    await erase(OTTO);
    expect(await count(MIA)).toMatchObject({ joined: 2, left: 1, total: 1 });
    await erase(MIA);
    expect(await count(MIA)).toMatchObject({ joined: 0, total: 0 });
    expect(await db().selectFrom('invite_joins').select(['inviter_id', 'code']).distinct().execute()).toEqual(
      [{ inviter_id: null, code: null }],
    );
  });

  test('learns later of who left unheard', async () => {
    await join(NORA, by(MIA));
    await join(OTTO, by(MIA));
    await memberLeft(db(), HERE, NORA, day(1));
    await memberLeft(db(), THERE, OTTO, day(1));
    await tidyLeaves(db());
    await tidyLeaves(db());
    expect(await count(MIA)).toMatchObject({ joined: 2, left: 1, total: 1 });
    await recordLeave(db(), HERE, SAM, day(1));
    await erase(SAM);
    await tidyLeaves(db());
    expect(await db().selectFrom('invite_leaves').select('member_id').execute()).toEqual([
      { member_id: NORA },
    ]);
  });
});

describe('the ranking', () => {
  test('is by the count, in pages, without those who have none or hide', async () => {
    await join(NORA, by(MIA));
    await join(OTTO, by(SAM), { isFake: true });
    await adjust(ANN, 4);
    await adjust(OTTO, 4);
    await setHidden(db(), THERE, ANN, { isHidden: true, at: START });
    expect(await ranking()).toEqual({
      count: 3,
      ranked: [
        [ANN, 4],
        [OTTO, 4],
        [MIA, 1],
      ],
    });
    expect(await ranking(null, 2, 1)).toEqual({ count: 3, ranked: [[MIA, 1]] });
    for (let times = 0; times < 2; times += 1)
      await setHidden(db(), HERE, ANN, { isHidden: true, at: START });
    expect(await ranking()).toMatchObject({ count: 2 });
    await setHidden(db(), HERE, ANN, { isHidden: false, at: START });
    expect(await ranking()).toMatchObject({ count: 3 });
  });

  test('of some days knows only who came then, and nothing from before a reset', async () => {
    await join(NORA, by(MIA));
    await join(OTTO, by(MIA), { at: day(5) });
    await join('13', by(SAM), { at: day(5) });
    await adjust(ANN, 9, day(5));
    await adjust(MIA, 20, day(5.5));
    expect((await ranking(day(4))).ranked).toEqual([
      [MIA, 1],
      [SAM, 1],
    ]);
    await adjust(SAM, null, day(6));
    expect((await ranking(day(4))).ranked).toEqual([[MIA, 1]]);
    await join('14', by(SAM), { at: day(7) });
    expect((await ranking(day(4))).ranked).toHaveLength(2);
  });
});
