import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { addDays } from '#lib/time/calendar';
import { dateIn, instantOf } from '#lib/time/wall-clock';
import { CENT } from './prices.ts';

/** Whose money: all guilds', a guild's, or a member's in a guild. */
export type BudgetOf = 'host' | 'guild' | 'member';

/** One budget of one day. */
export interface Budget {
  readonly of: BudgetOf;
  readonly guildId: string | null;
  readonly userId: string | null;
  readonly day: string;
  /** In billionths of a dollar. Zero: nothing at all. */
  readonly limit: number;
  /** When the next day's begins. */
  readonly until: Date;
}

interface Limits {
  readonly hostCents: number | null;
  readonly guildCents: number;
  readonly memberCents: number;
}

/**
 * The budgets that a call in a guild is taken from, always in the same order.
 * @param zone the guild's; all guilds together have the days of UTC.
 * @param userId null for what is nobody's own, such as a summary.
 */
export function budgetsOf(
  at: { readonly now: Date; readonly zone: string; readonly guildId: string; readonly userId: string | null },
  { hostCents, guildCents, memberCents }: Limits,
): Budget[] {
  const { guildId, userId } = at;
  const utc = dayOf('UTC', at.now);
  const day = dayOf(at.zone, at.now);
  return [
    ...(hostCents === null
      ? []
      : [{ of: 'host', guildId: null, userId: null, limit: hostCents * CENT, ...utc } as const]),
    { of: 'guild', guildId, userId: null, limit: guildCents * CENT, ...day },
    ...(userId === null
      ? []
      : [{ of: 'member', guildId, userId, limit: memberCents * CENT, ...day } as const]),
  ];
}

function dayOf(zone: string, now: Date): { readonly day: string; readonly until: Date } {
  const day = dateIn(zone, now);
  return { day, until: instantOf({ date: addDays(day, 1), time: '00:00' }, zone).instant };
}

class OverBudget extends Error {
  constructor(readonly budget: Budget) {
    super('over budget');
  }
}

/**
 * Takes the most that a call may cost out of every budget, or out of none. However many ask at once, none is ever exceeded: each row is
 * locked by the statement that looks at it, and all are taken in the same order. Whoever dies before {@link settle} leaves it spent.
 * @returns the budget that has not so much left, or null when it was taken.
 */
export async function reserve(
  db: Database,
  budgets: readonly Budget[],
  amount: number,
): Promise<Budget | null> {
  try {
    await db.transaction().execute(async (trx) => {
      for (const budget of budgets) {
        const { guildId, userId, day, limit } = budget;
        if (limit === 0 || amount > limit) throw new OverBudget(budget);
        const { rows } = await sql`
          insert into ai_budgets (guild_id, user_id, day, spent) values (${guildId}, ${userId}, ${day}, ${amount})
          on conflict on constraint ai_budgets_scope do update set spent = ai_budgets.spent + excluded.spent
            where ai_budgets.spent + excluded.spent <= ${limit}
          returning 1`.execute(trx);
        if (rows.length === 0) throw new OverBudget(budget);
      }
    });
    return null;
  } catch (error) {
    if (error instanceof OverBudget) return error.budget;
    throw error;
  }
}

/** Puts what a call really cost in place of what was reserved for it. */
export async function settle(
  trx: Transaction<DB>,
  budgets: readonly Budget[],
  { reserved, cost }: { readonly reserved: number; readonly cost: number },
): Promise<void> {
  if (cost === reserved) return;
  for (const { guildId, userId, day } of budgets)
    await sql`
      update ai_budgets set spent = greatest(0, spent + ${cost - reserved}::bigint)
      where guild_id is not distinct from ${guildId} and user_id is not distinct from ${userId} and day = ${day}`.execute(
      trx,
    );
}

/** What was spent of some budgets, in their order, in billionths of a dollar. */
export async function spentOf(db: Database, budgets: readonly Budget[]): Promise<number[]> {
  return Promise.all(
    budgets.map(async ({ guildId, userId, day }) => {
      const row = await db
        .selectFrom('ai_budgets')
        .select('spent')
        .where('guild_id', guildId === null ? 'is' : '=', guildId)
        .where('user_id', userId === null ? 'is' : '=', userId)
        .where('day', '=', day)
        .executeTakeFirst();
      return Number(row?.spent ?? 0);
    }),
  );
}
