import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { wallClockOf } from '#lib/time/wall-clock';
import { ACTIVE_PER_MEMBER } from './create.ts';
import { countActive, REMINDER_COLUMNS, toReminder, type Reminder } from './queries.ts';
import { defineReminder } from './define.ts';

/** Whoever asks for the same again within this time pressed twice, or did not see that it worked. */
const SAME_WITHIN_MS = 60_000;

/** What is to be told once more, when, and to whom. */
export interface SnoozeRequest {
  readonly guildId: string;
  readonly channelId: string;
  readonly name: string;
  readonly message: string;
  readonly location: string | null;
  readonly at: Date;
  readonly by: string;
  readonly isAdmin: boolean;
  /** By direct message to whoever asked, or to the channel. */
  readonly target: 'person' | 'channel';
  /** The message that it was asked on, and its channel. */
  readonly origin: { readonly channelId: string; readonly messageId: string } | null;
  readonly now: Date;
}

/**
 * Stores what somebody wants to be told once more: one message at that time, without an announcement. Asked twice, it is
 * stored once.
 * @throws UserError when they have too many waiting.
 */
export async function snoozeReminder(db: Database, request: SnoozeRequest): Promise<Reminder> {
  const { guildId, channelId, name, message, location, at, by, origin, now } = request;
  return db.transaction().execute(async (trx) => {
    const zone = effectiveValue(await holdSettings(trx, guildId), 'system.timezone');
    // Counting lets nobody else in who snoozes for the same person, so what they stored is found below.
    const active = await countActive(trx, guildId, by);
    const recipientId = request.target === 'person' ? by : null;
    const same = await trx
      .selectFrom('reminders')
      .select(REMINDER_COLUMNS)
      .where('guild_id', '=', guildId)
      .where('created_by', '=', by)
      .where('source', '=', 'snooze')
      .where('finished_at', 'is', null)
      .where('recipient_id', recipientId === null ? 'is' : '=', recipientId)
      .where('name', '=', name)
      .where('origin_message_id', origin === null ? 'is' : '=', origin?.messageId ?? null)
      .where('event_time', '>', new Date(at.getTime() - SAME_WITHIN_MS))
      .where('event_time', '<', new Date(at.getTime() + SAME_WITHIN_MS))
      .executeTakeFirst();
    if (same !== undefined) return toReminder(same);
    if (!request.isAdmin && active >= ACTIVE_PER_MEMBER)
      throw new UserError('reminders:tooMany', { max: ACTIVE_PER_MEMBER });
    const callTime = wallClockOf(at, zone).time;
    return defineReminder(
      trx,
      {
        guildId,
        channelId,
        name,
        message,
        location,
        createdBy: by,
        mentionEveryone: false,
        callTime,
        days: [],
        eventTime: at,
        rrule: null,
        recursFrom: null,
        recursUntil: null,
        offsetMinutes: 0,
        preAlerts: [],
        recipientId,
        source: 'snooze',
        originChannelId: origin?.channelId ?? null,
        originMessageId: origin?.messageId ?? null,
      },
      zone,
      now,
    );
  });
}
