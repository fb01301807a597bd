import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import type { Usage } from './client.ts';

/** One time that an AI was asked, or was not for want of money; without a word of it and without who asked. */
export interface Call {
  readonly guildId: string;
  readonly profile: string;
  readonly model: string;
  readonly outcome: string;
  readonly at: Date;
  readonly latencyMs: number;
  readonly usage: Usage;
  /** In billionths of a dollar. */
  readonly cost: number;
}

/** Notes a call. */
export async function recordCall(trx: Transaction<DB>, call: Call): Promise<void> {
  await trx
    .insertInto('ai_calls')
    .values({
      guild_id: call.guildId,
      profile: call.profile,
      model: call.model,
      outcome: call.outcome,
      at: call.at,
      latency_ms: call.latencyMs,
      tokens_in: call.usage.inputTokens,
      tokens_out: call.usage.outputTokens,
      cost: String(call.cost),
    })
    .execute();
}

/** What a guild asked of one profile within some time. */
export interface ProfileUsage {
  readonly profile: string;
  readonly asked: number;
  readonly answered: number;
  readonly tokens: number;
  /** In billionths of a dollar. */
  readonly cost: number;
}

/** What a guild asked since an instant, the dearest profile first. */
export async function usageSince(db: Database, guildId: string, since: Date): Promise<ProfileUsage[]> {
  const { rows } = await sql<{
    profile: string;
    asked: number;
    answered: number;
    tokens: string;
    cost: string;
  }>`
    select profile, count(*)::integer as asked, (count(*) filter (where outcome = 'answer'))::integer as answered,
      sum(tokens_in + tokens_out)::bigint as tokens, sum(cost)::bigint as cost
    from ai_calls where guild_id = ${guildId} and at >= ${since}
    group by profile order by sum(cost) desc, profile`.execute(db);
  return rows.map((row) => ({ ...row, tokens: Number(row.tokens), cost: Number(row.cost) }));
}

/** What a member of a guild spent, in billionths of a dollar. */
export interface Spender {
  readonly userId: string;
  readonly cost: number;
}

/** The members whose questions cost most since a day, the dearest first. */
export async function topSpenders(
  db: Database,
  guildId: string,
  sinceDay: string,
  limit: number,
): Promise<Spender[]> {
  const { rows } = await sql<{ user_id: string; cost: string }>`
    select user_id, sum(spent)::bigint as cost from ai_budgets
    where guild_id = ${guildId} and user_id is not null and day >= ${sinceDay}
    group by user_id having sum(spent) > 0 order by sum(spent) desc, user_id limit ${limit}`.execute(db);
  return rows.map((row) => ({ userId: row.user_id, cost: Number(row.cost) }));
}

/** How the AI does, as a guild sees it. */
export interface CallHealth {
  readonly lastAnswerAt: Date | null;
  /** The newest failure of each kind, the newest kind first. */
  readonly failures: readonly { readonly outcome: string; readonly at: Date }[];
  /** Of the last calls that went out, in ms; null when there was none. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly calls: number } | null;
  readonly tokensToday: number;
}

/** Of so many calls. */
const LATENCY_CALLS = 50;

/** How the AI did in a guild. @param today when its day began. */
export async function readHealth(db: Database, guildId: string, today: Date): Promise<CallHealth> {
  const newest = await db
    .selectFrom('ai_calls')
    .select(['outcome', (eb) => eb.fn.max('at').as('at')])
    .where('guild_id', '=', guildId)
    .groupBy('outcome')
    .orderBy('at', 'desc')
    .execute();
  const { rows } = await sql<{ p50: number | null; p95: number | null; calls: number }>`
    select percentile_disc(0.5) within group (order by latency_ms) as p50,
      percentile_disc(0.95) within group (order by latency_ms) as p95, count(*)::integer as calls
    from (
      select latency_ms from ai_calls where guild_id = ${guildId} and outcome <> 'over_budget'
      order by at desc limit ${LATENCY_CALLS}
    ) last`.execute(db);
  const tokens = await sql<{ tokens: string }>`
    select coalesce(sum(tokens_in + tokens_out), 0)::bigint as tokens from ai_calls
    where guild_id = ${guildId} and at >= ${today}`.execute(db);
  const [latency] = rows;
  return {
    lastAnswerAt: newest.find(({ outcome }) => outcome === 'answer')?.at ?? null,
    failures: newest.filter(({ outcome }) => outcome !== 'answer'),
    latency:
      latency === undefined || latency.p50 === null || latency.p95 === null
        ? null
        : { p50: latency.p50, p95: latency.p95, calls: latency.calls },
    tokensToday: Number(tokens.rows[0]?.tokens ?? 0),
  };
}
