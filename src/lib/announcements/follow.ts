import type { Database } from '#lib/database/database';
import type { Reminder } from '#lib/reminders/queries';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { endReminder, Follower, type FollowContext, type Outcome } from './follower.ts';
import { readPosted, type Posted } from './message.ts';
import {
  findRepetition,
  isRead,
  lockAnnouncement,
  lockPosted,
  moveOrigin,
  writeAnnouncement,
} from './queries.ts';
import type { Reading } from './read.ts';

/** Does what a new or edited post asks for, once, however often it is told of it. */
export async function followPosted(db: Database, posted: Posted, context: FollowContext): Promise<Outcome> {
  return db.transaction().execute(async (trx) => {
    const overrides = await holdSettings(trx, posted.guildId);
    // Where nothing may begin, what did begin is followed all the same.
    const mayBegin = effectiveValue(overrides, 'reminders.enabled') && posted.parts.length > 0;
    const known = mayBegin ? null : await lockAnnouncement(trx, posted.guildId, posted.messageId);
    if (!mayBegin && known?.state !== 'created') return { kind: 'unchanged' };
    const { row, isNew } = await lockPosted(trx, posted, context.now);
    const zone = effectiveValue(overrides, 'system.timezone');
    // Read as of when it was posted, so that "tomorrow" stays what it was.
    const { reading: read, part } = readPosted(posted, { now: posted.postedAt, zone });
    const reading = stillAhead(read, context.now);
    const follower = new Follower(trx, posted, context, overrides);
    switch (isNew ? 'new' : row.state) {
      case 'new':
      case 'silent':
      case 'asked':
        return follower.begin(row, reading, part, isNew);
      case 'created':
        return isRead(row, posted)
          ? { kind: 'unchanged' }
          : follower.goOn(row, follower.isSame(row, read, part) ? read : reading, part);
      // A person decided, or it is over: what is edited afterwards changes nothing.
      default:
        return { kind: 'unchanged' };
    }
  });
}

/** Ends what a post began, when it is deleted. */
export async function followDeleted(db: Database, guildId: string, messageId: string): Promise<Outcome> {
  return db.transaction().execute(async (trx) => {
    const row = await lockAnnouncement(trx, guildId, messageId);
    if (row === undefined) return { kind: 'unchanged' };
    await writeAnnouncement(trx, guildId, messageId, { state: 'over', announcement: null });
    if (row.state === 'asked') return { kind: 'withdrawn', question: row.question, silent: null };
    if (row.state !== 'created' || row.reminderId === null) return { kind: 'unchanged' };
    const repetition = await findRepetition(trx, guildId, row.reminderId);
    if (repetition !== undefined) {
      await moveOrigin(trx, guildId, row.reminderId, repetition);
      await writeAnnouncement(trx, guildId, repetition.messageId, { state: 'created' });
      return { kind: 'unchanged' };
    }
    return endReminder(trx, guildId, row.reminderId, 'deleted');
  });
}

/**
 * Makes the reminder that the author was asked about.
 * @returns 'unchanged' when there is no question any more, 'over' in time as `silent`.
 */
export async function followAnswer(
  db: Database,
  guildId: string,
  messageId: string,
  isYes: boolean,
  context: FollowContext,
): Promise<Outcome | { readonly kind: 'declined' | 'too-late' }> {
  return db.transaction().execute(async (trx) => {
    const overrides = await holdSettings(trx, guildId);
    const row = await lockAnnouncement(trx, guildId, messageId);
    if (row?.state !== 'asked' || row.announcement === null) return { kind: 'unchanged' };
    if (!isYes) {
      await writeAnnouncement(trx, guildId, messageId, { state: 'declined', announcement: null });
      return { kind: 'declined' };
    }
    const { announcement } = row;
    if (announcement.eventTime !== null && announcement.eventTime <= context.now) {
      await writeAnnouncement(trx, guildId, messageId, {
        state: 'silent',
        reason: 'past',
        announcement: null,
      });
      return { kind: 'too-late' };
    }
    const posted: Posted = {
      guildId,
      channelId: row.channelId,
      messageId,
      authorId: row.authorId,
      postedAt: context.now,
      editedAt: row.editedAt,
      mentionsEveryone: announcement.mentionsEveryone,
      parts: [],
    };
    return new Follower(trx, posted, context, overrides).create(announcement, null);
  });
}

/** Takes back the reminder of a post, for good: later changes of the post make none. @returns what was taken back, if it was there. */
export async function undoAnnounced(
  db: Database,
  guildId: string,
  messageId: string,
): Promise<Reminder | null> {
  return db.transaction().execute(async (trx) => {
    const row = await lockAnnouncement(trx, guildId, messageId);
    if (row?.state !== 'created' || row.reminderId === null) return null;
    await writeAnnouncement(trx, guildId, messageId, { state: 'undone' });
    const ended = await endReminder(trx, guildId, row.reminderId, 'deleted');
    return ended.kind === 'over' ? ended.reminder : null;
  });
}

function stillAhead(reading: Reading, now: Date): Reading {
  if (reading.kind !== 'one-off' || reading.eventAt > now) return reading;
  return { kind: 'none', reason: 'past', confidence: reading.confidence, evidence: reading.evidence };
}
