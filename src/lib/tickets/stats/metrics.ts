import type { Database } from '#lib/database/database';
import { readTicketFigures, type Figures, type StatsScope } from './figures.ts';

/** Writes down what a guild's tickets showed at a moment. @param triggeredBy who asked; null: a ticket was closed. */
export async function saveMetrics(
  db: Database,
  guildId: string,
  {
    scope,
    figures,
    triggeredBy,
    now,
  }: {
    readonly scope: StatsScope;
    readonly figures: Figures;
    readonly triggeredBy: string | null;
    readonly now: Date;
  },
): Promise<void> {
  const { counts, averageCycleTime } = figures;
  await db
    .insertInto('ticket_metrics')
    .values({
      guild_id: guildId,
      scope,
      counts: JSON.stringify(counts),
      average_cycle_time: averageCycleTime === null ? null : String(Math.round(averageCycleTime)),
      // Names nobody: what single members of the staff did is no part of it.
      snapshot: JSON.stringify(figures),
      triggered_by: triggeredBy,
      created_at: now,
    })
    .execute();
}

/**
 * Counts a guild's tickets and writes it down, as at each close. `7d` reads the tickets of a week; `all` reads every ticket.
 * @param triggeredBy who asked; null: a ticket was closed.
 */
export async function writeMetrics(
  db: Database,
  guildId: string,
  scope: StatsScope,
  triggeredBy: string | null,
  now: Date,
): Promise<void> {
  const figures = await readTicketFigures(db, guildId, scope, now);
  await saveMetrics(db, guildId, { scope, figures, triggeredBy, now });
}
