import type { Actor } from '#lib/access/who';
import { isAdmin } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { listReminders, type Reminder } from './queries.ts';

/** Reminders looked through for each keystroke; more than a person can have unless they are an admin. */
const SEARCHED = 500;

/** The reminders that this person may change and whose number or name contains what was typed; those due next come first. */
export async function findManageable(
  db: Database,
  guildId: string,
  actor: Actor,
  typed: string,
  limit: number,
  which: 'all' | 'running' | 'paused' = 'all',
): Promise<Reminder[]> {
  const own = await listReminders(db, guildId, {
    limit: SEARCHED,
    readerId: actor.userId,
    // Channel "0" is none: only what they made.
    ...(!isAdmin(actor) && { visibleTo: { userId: actor.userId, channelId: '0' } }),
  });
  const wanted = typed.trim().replace(/^#/, '').toLowerCase();
  return own
    .filter(({ pausedAt }) => which === 'all' || (which === 'paused') === (pausedAt !== null))
    .filter(({ id, name }) => String(id).startsWith(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, limit);
}
