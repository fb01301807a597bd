import { time, TimestampStyles } from 'discord.js';
import { DateTime } from 'luxon';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { safeEmbedText } from '#lib/text/sanitize';
import { addDays } from '#lib/time/calendar';
import { parseDateString, parseDurations } from '#lib/time/parse';
import { readWhen } from '#lib/time/read-when';
import { dateIn, instantOf } from '#lib/time/wall-clock';

export const REASON_MAX = 1000;
/** Of a reason where it is quoted in a sentence. */
const REASON_SHOWN_MAX = 700;
const UNTIL_YEARS_MAX = 10;
const MINUTE_MS = 60_000;
/** How long one that is over is kept. */

/** Somebody who may open no tickets. */
export interface Barred {
  readonly userId: string;
  readonly reason: string | null;
  readonly addedBy: string;
  readonly addedAt: Date;
  /** Null: until somebody takes them off the list. */
  readonly expiresAt: Date | null;
}

/**
 * When somebody may open tickets again, as an admin typed it: a length of time, a date (that day included) or a moment.
 * @throws UserError when it is none of these, is over, or more than ten years away.
 */
export function readUntil(text: string, zone: string, now: Date): Date {
  const until = momentIn(text, zone, now);
  const input = safeEmbedText(text.trim(), 50);
  if (until === null) throw new UserError('ticket-setup:blacklist.untilUnknown', { input });
  if (until <= now) throw new UserError('ticket-setup:blacklist.untilPast', { input });
  if (until > DateTime.fromJSDate(now).plus({ years: UNTIL_YEARS_MAX }).toJSDate())
    throw new UserError('ticket-setup:blacklist.untilFar', { years: UNTIL_YEARS_MAX });
  return until;
}

function momentIn(text: string, zone: string, now: Date): Date | null {
  // A number alone would be minutes, which nobody means here.
  const durations = /[a-z]/i.test(text) ? parseDurations(text) : null;
  const [minutes] = durations ?? [];
  if (durations?.length === 1 && minutes !== undefined && minutes > 0)
    return new Date(now.getTime() + minutes * MINUTE_MS);
  const date = parseDateString(text, { today: dateIn(zone, now) });
  if (date !== null) return instantOf({ date: addDays(date, 1), time: '00:00' }, zone).instant;
  const when = readWhen(text, { now, zone });
  return when.ok && when.kind === 'one-off' ? when.eventAt : null;
}

/** Puts somebody on the list, in place of what it said of them before. */
export async function bar(db: Database, guildId: string, barred: Barred): Promise<void> {
  const values = {
    reason: barred.reason,
    added_by: barred.addedBy,
    added_at: barred.addedAt,
    expires_at: barred.expiresAt,
  };
  await db
    .insertInto('ticket_blacklist')
    .values({ guild_id: guildId, user_id: barred.userId, ...values })
    .onConflict((conflict) => conflict.columns(['guild_id', 'user_id']).doUpdateSet(values))
    .execute();
}

/** Takes somebody off the list. @returns false when they were not on it. */
export async function unbar(db: Database, guildId: string, userId: string, now: Date): Promise<boolean> {
  const row = await db
    .deleteFrom('ticket_blacklist')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .returning('expires_at')
    .executeTakeFirst();
  return row !== undefined && (row.expires_at === null || row.expires_at > now);
}

function barredIn(db: Database, guildId: string, now: Date) {
  return db
    .selectFrom('ticket_blacklist')
    .where('guild_id', '=', guildId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]));
}

/** Who is on the list of a guild, those who were added last first. */
export async function readBarred(
  db: Database,
  guildId: string,
  { now, offset, limit }: { readonly now: Date; readonly offset: number; readonly limit: number },
): Promise<{ readonly entries: readonly Barred[]; readonly count: number }> {
  const rows = await barredIn(db, guildId, now)
    .selectAll()
    .orderBy('added_at', 'desc')
    .orderBy('user_id')
    .offset(offset)
    .limit(limit)
    .execute();
  const { count } = await barredIn(db, guildId, now)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const entries = rows.map((row) => ({
    userId: row.user_id,
    reason: row.reason,
    addedBy: row.added_by,
    addedAt: row.added_at,
    expiresAt: row.expires_at,
  }));
  return { entries, count: Number(count) };
}

/** @throws UserError with the reason and the end, when somebody may open no tickets in a guild. */
export async function requireMayOpen(
  db: Database,
  guildId: string,
  userId: string,
  now: Date,
): Promise<void> {
  const row = await barredIn(db, guildId, now)
    .select(['reason', 'expires_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return;
  const reason = row.reason === null ? '' : safeEmbedText(row.reason, REASON_SHOWN_MAX);
  const until = row.expires_at === null ? '' : time(row.expires_at, TimestampStyles.LongDateShortTime);
  if (row.expires_at === null)
    throw reason === ''
      ? new UserError('ticket-setup:barred.plain')
      : new UserError('ticket-setup:barred.reason', { reason });
  throw reason === ''
    ? new UserError('ticket-setup:barred.until', { until })
    : new UserError('ticket-setup:barred.both', { until, reason });
}
