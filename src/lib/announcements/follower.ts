import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { defineReminder, redefineReminder } from '#lib/reminders/define';
import { deleteReminderRow, lockReminder, type Reminder } from '#lib/reminders/queries';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import type { Posted } from './message.ts';
import { findSame, isRead, writeAnnouncement, type AnnouncementRow } from './queries.ts';
import { isUnsure, SURE_CONFIDENCE, type Reading } from './read.ts';
import { announcementOf, fingerprintOf, type Announced, type Announcement } from './reminder.ts';

/** A post that announces nothing. */
export interface Silent {
  readonly kind: 'silent';
  readonly reading: Extract<Reading, { kind: 'none' }>;
  readonly part: Posted['parts'][number];
  /** Whether the log has not said so of this post before. */
  readonly isNews: boolean;
  /** Where the assistant was asked as well, what came of it. */
  readonly assistant?: 'nothing' | 'unfounded' | 'failed';
}

/** What a post, or a change of one, came to. */
export type Outcome =
  | { readonly kind: 'created'; readonly reminder: Reminder; readonly reading: Announced | null }
  | { readonly kind: 'repeated'; readonly reminder: Reminder }
  | { readonly kind: 'asked'; readonly announcement: Announcement; readonly reading: Announced }
  | Silent
  | {
      readonly kind: 'changed';
      readonly before: Reminder;
      readonly reminder: Reminder;
      readonly reading: Announced;
    }
  | { readonly kind: 'over'; readonly reminder: Reminder; readonly why: 'edited' | 'deleted' }
  /** A question that needs no answer any more. */
  | {
      readonly kind: 'withdrawn';
      readonly question: AnnouncementRow['question'];
      /** What the post says instead; null for one that is deleted. */
      readonly silent: Silent | null;
    }
  | { readonly kind: 'unchanged' };

export interface FollowContext {
  readonly now: Date;
  /** The host's yes to @everyone. */
  readonly enableEveryoneMentions: boolean;
  /** The name of a reminder whose post has no words for one. */
  readonly fallbackName: string;
}

/** Follows one post within a transaction. */
export class Follower {
  readonly #trx: Transaction<DB>;
  readonly #posted: Posted;
  readonly #context: FollowContext;
  readonly #overrides: Overrides;

  constructor(trx: Transaction<DB>, posted: Posted, context: FollowContext, overrides: Overrides) {
    this.#trx = trx;
    this.#posted = posted;
    this.#context = context;
    this.#overrides = overrides;
  }

  /** A post that made no reminder yet. */
  async begin(
    row: AnnouncementRow,
    reading: Reading,
    part: Posted['parts'][number],
    isNew: boolean,
  ): Promise<Outcome> {
    const { editedAt } = this.#posted;
    if (reading.kind === 'none') {
      const isKnown = !isNew && isRead(row, this.#posted);
      const isToldAlready = !isNew && row.state === 'silent' && row.reason === reading.reason;
      if (isToldAlready && isKnown) return { kind: 'unchanged' };
      // What the author was asked about is what the assistant saw in it.
      if (row.state === 'asked' && isKnown && isUnsure(reading.reason)) return { kind: 'unchanged' };
      await this.#write({ state: 'silent', reason: reading.reason, announcement: null, editedAt });
      const silent: Silent = { kind: 'silent', reading, part, isNews: !isToldAlready };
      return row.state === 'asked' && !isNew
        ? { kind: 'withdrawn', question: row.question, silent: { ...silent, isNews: false } }
        : silent;
    }
    const announcement = announcementOf(reading, part, this.#context.fallbackName);
    if (reading.confidence >= SURE_CONFIDENCE) return this.create(announcement, reading);
    const isAskedAlready = !isNew && row.state === 'asked';
    const { mentionsEveryone } = this.#posted;
    await this.#write({
      state: 'asked',
      reason: null,
      announcement: { ...announcement, mentionsEveryone },
      editedAt,
    });
    return isAskedAlready ? { kind: 'unchanged' } : { kind: 'asked', announcement, reading };
  }

  /** Makes the reminder, unless another post with the same content has. */
  async create(announcement: Announcement, reading: Announced | null): Promise<Outcome> {
    const { guildId, channelId, messageId, authorId, editedAt } = this.#posted;
    const fingerprint = fingerprintOf(announcement);
    const same = await findSame(this.#trx, guildId, fingerprint);
    if (same !== undefined) {
      await this.#write({
        state: 'repeated',
        reminderId: same.id,
        fingerprint,
        announcement: null,
        editedAt,
      });
      return { kind: 'repeated', reminder: same };
    }
    const reminder = await defineReminder(
      this.#trx,
      {
        ...announcement,
        guildId,
        channelId: effectiveValue(this.#overrides, 'reminders.default_channel_id') ?? channelId,
        createdBy: authorId,
        mentionEveryone: this.#mayMentionEveryone(),
        offsetMinutes: effectiveValue(this.#overrides, 'reminders.offset_minutes'),
        preAlerts: effectiveValue(this.#overrides, 'reminders.pre_alerts'),
        recipientId: null,
        source: 'announcement',
        originChannelId: channelId,
        originMessageId: messageId,
      },
      effectiveValue(this.#overrides, 'system.timezone'),
      this.#context.now,
    );
    await this.#write({
      state: 'created',
      reason: null,
      reminderId: reminder.id,
      fingerprint,
      announcement: null,
      editedAt,
    });
    return { kind: 'created', reminder, reading };
  }

  /** Whether it announces what it did before; then it need not be ahead any more. */
  isSame(row: AnnouncementRow, read: Reading, part: Posted['parts'][number]): boolean {
    return (
      read.kind !== 'none' &&
      fingerprintOf(announcementOf(read, part, this.#context.fallbackName)) === row.fingerprint
    );
  }

  /** A post that made a reminder, edited. */
  async goOn(row: AnnouncementRow, reading: Reading, part: Posted['parts'][number]): Promise<Outcome> {
    const { guildId, editedAt } = this.#posted;
    if (row.reminderId === null) return { kind: 'unchanged' };
    const before = await lockReminder(this.#trx, guildId, row.reminderId);
    // Finished or deleted by a person: the post has had its say.
    if (before === undefined) return { kind: 'unchanged' };
    if (reading.kind === 'none') {
      await this.#write({ state: 'over', reason: reading.reason, editedAt });
      return endReminder(this.#trx, guildId, before.id, 'edited');
    }
    const announcement = announcementOf(reading, part, this.#context.fallbackName);
    const fingerprint = fingerprintOf(announcement);
    await this.#write({ state: 'created', fingerprint, editedAt });
    // What a person changed in the reminder stays, unless the post says something else than before.
    const isSameEvent = fingerprint === row.fingerprint;
    if (isSameEvent && before.message === announcement.message) return { kind: 'unchanged' };
    const reminder: Reminder = isSameEvent
      ? { ...before, message: announcement.message }
      : { ...before, ...announcement };
    const zone = effectiveValue(this.#overrides, 'system.timezone');
    await redefineReminder(this.#trx, reminder, {
      isMoved: isMoved(before, reminder),
      zone,
      now: this.#context.now,
    });
    return { kind: 'changed', before, reminder, reading };
  }

  #mayMentionEveryone(): boolean {
    return (
      this.#posted.mentionsEveryone &&
      this.#context.enableEveryoneMentions &&
      effectiveValue(this.#overrides, 'reminders.allow_everyone_mentions')
    );
  }

  #write(change: Parameters<typeof writeAnnouncement>[3]): Promise<void> {
    return writeAnnouncement(this.#trx, this.#posted.guildId, this.#posted.messageId, change);
  }
}

/** Ends the reminder that a post began. */
export async function endReminder(
  trx: Transaction<DB>,
  guildId: string,
  id: number,
  why: 'edited' | 'deleted',
): Promise<Outcome> {
  const reminder = await lockReminder(trx, guildId, id);
  if (reminder === undefined) return { kind: 'unchanged' };
  await deleteReminderRow(trx, guildId, id);
  return { kind: 'over', reminder, why };
}

/** Whether the time is another one; what is late already goes out all the same when only the words changed. */
function isMoved(before: Reminder, after: Reminder): boolean {
  const schedule = ({ callTime, eventTime, days, rrule, recursFrom, recursUntil }: Reminder): string =>
    JSON.stringify(eventTime ?? [callTime, days, rrule, recursFrom, recursUntil]);
  return schedule(before) !== schedule(after);
}
