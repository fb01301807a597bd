import type { z } from 'zod';
import type { Reminder } from '../queries.ts';
import { versionOf } from '../edit.ts';
import { reminderShape } from './shapes.ts';

/** A reminder as the API shows it. @param nextDueAt null: nothing of it is to be sent. */
export function shownReminder(reminder: Reminder, nextDueAt: Date | null): z.input<typeof reminderShape> {
  return {
    id: reminder.id,
    guild_id: reminder.guildId,
    user_id: reminder.createdBy,
    recipient_id: reminder.recipientId,
    channel_id: reminder.recipientId === null ? reminder.channelId : null,
    name: reminder.name,
    message: reminder.message,
    location: reminder.location,
    time: reminder.callTime,
    days: reminder.days.map((day) => reminderShape.shape.days.element.parse(String(day))),
    rrule: reminder.rrule,
    from: reminder.recursFrom,
    until: reminder.recursUntil,
    event_time: reminder.eventTime?.toISOString() ?? null,
    mention_everyone: reminder.mentionEveryone,
    paused_at: reminder.pausedAt?.toISOString() ?? null,
    source: reminder.source,
    next_send_at: nextDueAt?.toISOString() ?? null,
    version: versionOf(reminder),
  };
}
