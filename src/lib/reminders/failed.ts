import type { Actor } from '#lib/access/who';
import { isAdmin, mayManage } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { isHiddenFrom } from './access.ts';
import { permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import { REMINDER_COLUMNS, toReminder, type Reminder } from './queries.ts';
import { readParkReason, type ParkReason } from './send-result.ts';

const ROW_ID = /^\d{1,18}$/;

/** A message that was set aside because a person must change something first. */
export interface FailedOccurrence {
  readonly id: string;
  readonly dueAt: Date;
  readonly reason: ParkReason;
  readonly reminder: Reminder;
}

/** What is said of a reason, for a person who could mend it. */
export function failureSentence(
  { channelId }: Pick<Reminder, 'channelId'>,
  reason: ParkReason,
): { sentence: SentenceKey; values: SentenceValues } {
  return {
    sentence: `reminders:failure.${reason.kind}`,
    values: {
      channel: `<#${channelId}>`,
      missing: reason.kind === 'permissions' ? permissionNames(reason.missing) : '',
      code: reason.kind === 'refused' ? reason.code : '',
    },
  };
}

/** The failed messages of a guild that a person may retry or drop: their own, or as an admin all. Those due first come first. */
export async function listFailed(
  db: Database,
  guildId: string,
  actor: Actor,
  limit: number,
): Promise<{ failed: FailedOccurrence[]; total: number }> {
  const rows = await parkedOf(db, guildId)
    .$if(!isAdmin(actor), (query) => query.where('reminders.created_by', '=', actor.userId))
    .where((eb) =>
      eb.or([
        eb('reminders.recipient_id', 'is', null),
        eb('reminders.recipient_id', '=', actor.userId),
        eb('reminders.created_by', '=', actor.userId),
      ]),
    )
    .select((eb) => eb.fn.countAll<string>().over().as('total'))
    .orderBy('occurrence.due_at')
    .orderBy('occurrence.id')
    .limit(limit)
    .execute();
  return { failed: rows.map(toFailed), total: Number(rows[0]?.total ?? 0) };
}

/**
 * Lets a failed message go out after all, however late, with the next sweep.
 * @param obstacleTo what keeps a reminder from its channel; null when nothing does.
 * @throws UserError when it is no longer set aside, somebody else's, or what was in its way still is.
 */
export async function retryFailed(
  db: Database,
  guildId: string,
  id: string,
  actor: Actor,
  now: Date,
  obstacleTo: (reminder: Reminder) => ParkReason | null | Promise<ParkReason | null>,
): Promise<FailedOccurrence> {
  const { reminder } = await requireFailed(db, guildId, id, actor);
  if (reminder.pausedAt !== null) throw new UserError('reminders:pause.retry', { id: reminder.id });
  const obstacle = await obstacleTo(reminder);
  if (obstacle !== null) {
    const { sentence, values } = failureSentence(reminder, obstacle);
    throw new UserError(sentence, values);
  }
  return changeFailed(db, guildId, id, actor, {
    state: 'pending',
    next_attempt_at: now,
    retried_at: now,
    settled_at: null,
    // Should it fail again, that is news.
    last_error: null,
  });
}

/**
 * Gives a failed message up; a recurring reminder goes on with its next one.
 * @throws UserError when it is no longer set aside or somebody else's.
 */
export async function dropFailed(
  db: Database,
  guildId: string,
  id: string,
  actor: Actor,
): Promise<FailedOccurrence> {
  return changeFailed(db, guildId, id, actor, {
    state: 'missed',
    last_error: 'dropped',
  });
}

async function requireFailed(
  db: Database,
  guildId: string,
  id: string,
  actor: Actor,
): Promise<FailedOccurrence> {
  // It comes from the id of a button.
  const row = ROW_ID.test(id)
    ? await parkedOf(db, guildId).where('occurrence.id', '=', id).executeTakeFirst()
    : undefined;
  if (row === undefined || isHiddenFrom(toReminder(row), actor.userId))
    throw new UserError('reminders:failed.gone');
  if (!mayManage(actor, row.created_by)) throw new UserError('reminders:failed.notYours');
  return toFailed(row);
}

async function changeFailed(
  db: Database,
  guildId: string,
  id: string,
  actor: Actor,
  change: {
    state: 'pending' | 'missed';
    next_attempt_at?: Date;
    retried_at?: Date;
    settled_at?: null;
    last_error: string | null;
  },
): Promise<FailedOccurrence> {
  const failed = await requireFailed(db, guildId, id, actor);
  const changed = await db
    .updateTable('reminder_occurrences')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'parked')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new UserError('reminders:failed.gone');
  return failed;
}

function parkedOf(db: Database, guildId: string) {
  return db
    .selectFrom('reminder_occurrences as occurrence')
    .innerJoin('reminders', 'reminders.id', 'occurrence.reminder_id')
    .select(['occurrence.id as occurrence_id', 'occurrence.due_at', 'occurrence.last_error'])
    .select(REMINDER_COLUMNS)
    .where('occurrence.guild_id', '=', guildId)
    .where('occurrence.state', '=', 'parked');
}

type ParkedRow = Awaited<ReturnType<ReturnType<typeof parkedOf>['executeTakeFirstOrThrow']>>;

function toFailed(row: ParkedRow): FailedOccurrence {
  return {
    id: row.occurrence_id,
    dueAt: row.due_at,
    reason: readParkReason(row.last_error),
    reminder: toReminder(row),
  };
}
