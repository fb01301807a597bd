import { sql, type Selectable } from 'kysely';
import type { TicketFiles } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';

/** A file that is to be fetched. */
export type DueFile = Pick<
  Selectable<TicketFiles>,
  | 'id'
  | 'guild_id'
  | 'ticket_id'
  | 'message_id'
  | 'attachment_id'
  | 'name'
  | 'content_type'
  | 'url'
  | 'attempts'
  | 'created_at'
>;

/** Longer than fetching one takes at most. */
const LEASE_MS = 90_000;

/** Takes on a file that is due, so that no other process does it meanwhile. What a dead process left is taken again. */
export async function claimFile(db: Database, now: Date): Promise<DueFile | undefined> {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom('ticket_files')
        .select('id')
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('ticket_files')
    .from('due')
    .whereRef('ticket_files.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('ticket_files.attempts', '+', 1),
    }))
    .returning([
      'ticket_files.id',
      'guild_id',
      'ticket_id',
      'message_id',
      'attachment_id',
      'name',
      'content_type',
      'url',
      'attempts',
      'created_at',
    ])
    .executeTakeFirst();
}

/** Writes that a file is not kept, and why. */
export async function refuseFile(
  db: Database,
  { id, attempts }: Pick<DueFile, 'id' | 'attempts'>,
  state: 'too_large' | 'wrong_type' | 'gone',
): Promise<void> {
  await db
    .updateTable('ticket_files')
    .set({ state, due_at: null, leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/** Puts off what could not be fetched yet. */
export async function postponeFile(
  db: Database,
  { id, attempts }: Pick<DueFile, 'id' | 'attempts'>,
  until: Date,
): Promise<void> {
  await db
    .updateTable('ticket_files')
    .set({ due_at: until, leased_until: null })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

/**
 * Settles a file that was fetched: kept, or over the guild's quota. Of the same bytes a guild pays for once.
 * @param options.keep puts the bytes into their place; until the row says so nobody removes them.
 */
export async function settleFile(
  db: Database,
  { id, guild_id: guildId, attempts }: Pick<DueFile, 'id' | 'guild_id' | 'attempts'>,
  options: {
    readonly sha256: string;
    readonly bytes: number;
    readonly quotaBytes: number;
    readonly keep: () => Promise<void>;
  },
): Promise<void> {
  const { sha256, bytes, quotaBytes, keep } = options;
  await db.transaction().execute(async (trx) => {
    // Files of a guild that are settled at once shall not pass its quota together.
    await lockName(trx, `ticket-files:${guildId}`);
    await lockName(trx, lockOfFile(sha256));
    const { rows } = await sql<{ used: string; known: boolean }>`
      select coalesce(sum(bytes), 0) as used, coalesce(bool_or(sha256 = ${sha256}), false) as known
      from (select distinct sha256, bytes from ticket_files
            where guild_id = ${guildId}::bigint and sha256 is not null) as files`.execute(trx);
    const { used = '0', known = false } = rows[0] ?? {};
    const fits = known || Number(used) + bytes <= quotaBytes;
    const settled = await trx
      .updateTable('ticket_files')
      .set({
        bytes: String(bytes),
        due_at: null,
        leased_until: null,
        ...(fits ? { state: 'stored', sha256 } : { state: 'over_quota' }),
      })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .returning('id')
      .executeTakeFirst();
    if (settled !== undefined && fits) await keep();
  });
}

/** What is locked by whoever puts bytes into their place or removes them. */
export function lockOfFile(sha256: string): string {
  return `ticket-file:${sha256}`;
}
