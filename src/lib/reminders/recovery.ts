import type { Database } from '#lib/database/database';
import type { Addressee } from './destination.ts';
import { isForPerson, readParkReason, type ParkReason } from './send-result.ts';

interface RecoveryDeps {
  readonly db: Database;
  /** What keeps a reminder from its channel; null when nothing does. */
  readonly obstacleTo: (addressee: Addressee) => ParkReason | null;
  /** How late a message of this guild may be, in ms. */
  readonly maxLatenessMs: (guildId: string) => Promise<number>;
}

const ROWS_AT_ONCE = 500;

/**
 * Lets messages that were set aside go out once what was in their way is mended. What is too late by now stays, for a
 * person to decide, and so does what the bot cannot see to be mended.
 * @returns how many will go out.
 */
export async function recoverMended(deps: RecoveryDeps, now: Date): Promise<number> {
  const { db, obstacleTo, maxLatenessMs } = deps;
  let recovered = 0;
  let after = '0';
  for (;;) {
    const rows = await db
      .selectFrom('reminder_occurrences as occurrence')
      .innerJoin('reminders', 'reminders.id', 'occurrence.reminder_id')
      .select([
        'occurrence.id',
        'occurrence.due_at',
        'occurrence.last_error',
        'reminders.guild_id as guildId',
        'reminders.channel_id as channelId',
        'reminders.recipient_id as recipientId',
      ])
      .where('occurrence.state', '=', 'parked')
      .where('reminders.paused_at', 'is', null)
      .where('occurrence.id', '>', after)
      .orderBy('occurrence.id')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const row of rows) {
      if (isForPerson(readParkReason(row.last_error)) || obstacleTo(row) !== null) continue;
      if (now.getTime() - row.due_at.getTime() > (await maxLatenessMs(row.guildId))) continue;
      const released = await db
        .updateTable('reminder_occurrences')
        .set((eb) => ({
          state: 'pending',
          next_attempt_at: now,
          settled_at: null,
          // Of which nobody was told is news if it fails again.
          last_error: eb.case().when('notice_due_at', 'is', null).then(eb.ref('last_error')).end(),
          notice_due_at: null,
        }))
        .where('id', '=', row.id)
        .where('state', '=', 'parked')
        .executeTakeFirst();
      recovered += Number(released.numUpdatedRows);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return recovered;
    after = last.id;
  }
}
