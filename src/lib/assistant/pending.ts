import { sql, type Selectable, type Transaction } from 'kysely';
import type { AiQuestions, DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import type { Locale } from '#lib/i18n/translate';
import type { Quote } from './client.ts';
import type { Question } from './questions.ts';

/** How a question ended, as its member is told. */
export type Ending =
  | 'answer'
  | 'refused'
  | 'offline'
  | 'over_member_budget'
  | 'over_guild_budget'
  | 'over_host_budget'
  | 'off'
  | 'busy'
  | 'given_up';

/** Where an answer is shown: the message of an interaction, which can be changed for a quarter of an hour. */
export interface AnswerPlace {
  readonly token: string;
  readonly messageId: string;
  readonly expiresAt: Date;
}

/** A question on its way. */
export interface Pending {
  readonly id: string;
  readonly guildId: string;
  readonly userId: string;
  readonly channelId: string | null;
  readonly locale: Locale;
  readonly profile: string;
  readonly quotes: readonly Quote[];
  readonly plain: string;
  readonly sources: readonly string[];
  readonly state: 'consent' | 'asking' | 'ended' | 'ready';
  readonly ending: Ending | null;
  readonly answer: string | null;
  readonly resumesAt: Date | null;
  readonly place: AnswerPlace;
  readonly attempts: number;
  readonly claims: number;
  readonly askedAt: Date;
}

/** Whoever has taken a question on does it within this, or died over it. Longer than a provider is waited for. */
const LEASE_MS = 90_000;
/** Discord takes changes for 15 minutes; one that begins just before would come too late. */
const TOKEN_MS = 15 * 60_000 - 15_000;

/** Until when the message of an interaction that came at an instant can be changed. */
export function tokenExpiry(at: Date): Date {
  return new Date(at.getTime() + TOKEN_MS);
}

/**
 * Keeps a question until its member has what came of it.
 * @param state `asking`: it is this process that asks it now.
 */
export async function keepQuestion(
  db: Database,
  question: Question,
  state: 'consent' | 'asking',
  at: { readonly now: Date; readonly channelId: string | null; readonly place: AnswerPlace },
): Promise<Pending> {
  const row = await db
    .insertInto('ai_questions')
    .values({
      guild_id: question.guildId,
      user_id: question.userId,
      channel_id: at.channelId,
      locale: question.locale,
      profile: question.profile,
      quotes: JSON.stringify(question.quotes),
      plain: question.plain,
      sources: JSON.stringify(question.sources),
      state,
      token: at.place.token,
      message_id: at.place.messageId,
      token_expires_at: at.place.expiresAt,
      due_at: at.now,
      asked_at: at.now,
      ...(state === 'asking' && { leased_until: new Date(at.now.getTime() + LEASE_MS), claims: 1 }),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toPending(row);
}

function toPending(row: Selectable<AiQuestions>): Pending {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    channelId: row.channel_id,
    locale: row.locale as Locale,
    profile: row.profile,
    quotes: row.quotes as unknown as Quote[],
    plain: row.plain,
    sources: row.sources as unknown as string[],
    state: row.state as Pending['state'],
    ending: row.outcome as Ending | null,
    answer: row.answer,
    resumesAt: row.resumes_at,
    place: { token: row.token, messageId: row.message_id, expiresAt: row.token_expires_at },
    attempts: row.attempts,
    claims: row.claims,
    askedAt: row.asked_at,
  };
}

/** A member's own question in a guild. */
export async function findQuestion(
  db: Database | Transaction<DB>,
  of: { readonly id: string; readonly guildId: string | null; readonly userId: string },
): Promise<Pending | undefined> {
  const row = await db
    .selectFrom('ai_questions')
    .selectAll()
    .where('id', '=', of.id)
    .where('guild_id', '=', of.guildId)
    .where('user_id', '=', of.userId)
    .executeTakeFirst();
  return row === undefined ? undefined : toPending(row);
}

/**
 * Lets a question that waited for its member's yes go on, in this process and at another place.
 * @returns undefined when it goes on already, or was taken back.
 */
export async function releaseQuestion(
  trx: Transaction<DB>,
  id: string,
  { now, place }: { readonly now: Date; readonly place: AnswerPlace },
): Promise<Pending | undefined> {
  const row = await trx
    .updateTable('ai_questions')
    .set({
      state: 'asking',
      token: place.token,
      message_id: place.messageId,
      token_expires_at: place.expiresAt,
      due_at: now,
      leased_until: new Date(now.getTime() + LEASE_MS),
      claims: sql`claims + 1`,
    })
    .where('id', '=', id)
    .where('state', '=', 'consent')
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toPending(row);
}

/** Takes on what is due and no other process does. @param id only this one. */
export async function claimQuestions(
  db: Database,
  { now, limit, id }: { readonly now: Date; readonly limit: number; readonly id?: string | undefined },
): Promise<Pending[]> {
  const rows = await db
    .with('due', (cte) => {
      const due = cte
        .selectFrom('ai_questions')
        .select('id')
        .where('state', 'in', ['asking', 'ended'])
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked();
      return id === undefined ? due : due.where('id', '=', id);
    })
    .updateTable('ai_questions')
    .from('due')
    .whereRef('ai_questions.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      claims: eb('ai_questions.claims', '+', 1),
    }))
    .returningAll('ai_questions')
    .execute();
  return rows.map(toPending);
}

type Mine = Pick<Pending, 'id' | 'claims'>;

/** Notes how a question ended, so that it is never asked again. @returns false when another process has taken it over. */
export async function endQuestion(
  trx: Transaction<DB>,
  { id, claims }: Mine,
  end: { readonly ending: Ending; readonly answer: string | null; readonly resumesAt: Date | null },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('ai_questions')
    .set({ state: 'ended', outcome: end.ending, answer: end.answer, resumes_at: end.resumesAt })
    .where('id', '=', id)
    .where('claims', '=', claims)
    .where('state', '=', 'asking')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Puts a question off. @param change.isTry whether the provider was asked, which counts. */
export async function postponeQuestion(
  db: Database | Transaction<DB>,
  { id, claims }: Mine,
  change: { readonly until: Date; readonly reason: string; readonly isTry: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('ai_questions')
    .set({
      due_at: change.until,
      leased_until: null,
      last_error: change.reason,
      ...(change.isTry && { attempts: sql`attempts + 1` }),
    })
    .where('id', '=', id)
    .where('claims', '=', claims)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Strikes off a question whose member has what came of it. */
export async function removeQuestion(db: Database, { id, claims }: Mine): Promise<void> {
  await db.deleteFrom('ai_questions').where('id', '=', id).where('claims', '=', claims).execute();
}

/** Leaves an answer for its member to fetch. */
export async function leaveReady(db: Database, { id, claims }: Mine): Promise<void> {
  await db
    .updateTable('ai_questions')
    .set({ state: 'ready', leased_until: null, quotes: '[]' })
    .where('id', '=', id)
    .where('claims', '=', claims)
    .execute();
}

/**
 * Whether one more question may wait for a provider that has too much to do. Holds for the transaction, so that no two get the last place.
 */
export async function hasRoomToWait(
  trx: Transaction<DB>,
  guildId: string,
  most: { readonly ofGuild: number; readonly inAll: number },
): Promise<boolean> {
  await lockName(trx, 'ai-questions-waiting');
  const { rows } = await sql<{ all: number; mine: number }>`
    select count(*)::integer as "all", (count(*) filter (where guild_id = ${guildId}))::integer as mine
    from ai_questions where state = 'asking' and attempts > 0`.execute(trx);
  const [waiting] = rows;
  return waiting !== undefined && waiting.all < most.inAll && waiting.mine < most.ofGuild;
}

/** How many questions of a guild wait for the provider to have time. */
export async function countWaiting(db: Database, guildId: string): Promise<number> {
  const { waiting } = await db
    .selectFrom('ai_questions')
    .select((eb) => eb.fn.countAll<string>().as('waiting'))
    .where('guild_id', '=', guildId)
    .where('state', '=', 'asking')
    .where('attempts', '>', 0)
    .executeTakeFirstOrThrow();
  return Number(waiting);
}
