import { sql } from 'kysely';
import { UserError } from '#lib/errors/user-error';
import type { ChangeHook } from '#lib/settings/settings';
import { changeTicket } from './changes.ts';
import type { TicketDeps } from './deps.ts';
import { idleDaysOf, idleDueAt, idleStep } from './idle-days.ts';
import { settleTicket } from './perform.ts';
import { openStatuses } from './status.ts';
import { toTicket } from './ticket.ts';

const TICKETS_PER_SWEEP = 20;

/** Asks after quiet tickets, and closes those in which still nobody wrote. */
export async function sweepIdleTickets(deps: TicketDeps): Promise<void> {
  const { db, client, settings, clock, log } = deps;
  // Where the bot cannot see the guild, nobody could answer it, and it must not take the place of others.
  const here = [...client.guilds.cache.values()].filter(({ available }) => available).map(({ id }) => id);
  const rows = await db
    .selectFrom('support_tickets')
    .selectAll()
    .where('idle_due_at', '<=', clock.now())
    .where('status', 'in', openStatuses)
    .where('guild_id', '=', sql<string>`any(${here}::bigint[])`)
    .orderBy('idle_due_at')
    .limit(TICKETS_PER_SWEEP)
    .execute();
  for (const row of rows) {
    const ticket = toTicket(row);
    const { guildId, id: ticketId } = ticket;
    const idleDays = idleDaysOf(await settings.overrides(guildId));
    const step = idleStep(idleDays, ticket.warnedAt);
    const doing = { guildId, ticketId, actorId: null, now: clock.now(), idleDays };
    try {
      await changeTicket(
        db,
        doing,
        step === 'warn' ? { do: 'warn' } : { do: 'close', reason: null },
        // Another process, or a message, was faster.
        (before) =>
          before.lastActivityAt.getTime() === ticket.lastActivityAt.getTime() &&
          before.warnedAt?.getTime() === ticket.warnedAt?.getTime(),
      );
    } catch (error) {
      if (error instanceof UserError) continue;
      throw error;
    }
    log.info({ guildId, ticket: ticketId, step }, 'tickets: a quiet one');
    await settleTicket(deps, { guildId, ticketId });
  }
}

/** Moves what is due for quiet tickets when a guild changes after how many days. */
export const moveIdleTickets: ChangeHook = async (trx, { guildId, overrides }) => {
  const idleDays = idleDaysOf(overrides);
  const since = new Date(0);
  const askedAfterMs = idleDueAt(idleDays, since, null).getTime();
  const closedAfterMs = idleDueAt(idleDays, since, since).getTime();
  await trx
    .updateTable('support_tickets')
    .set({
      idle_due_at: sql`last_activity_at + (case when warned_at is null then ${askedAfterMs}::float8 else ${closedAfterMs}::float8 end) * interval '1 millisecond'`,
    })
    .where('guild_id', '=', guildId)
    .where('status', 'in', openStatuses)
    .execute();
  return [];
};
