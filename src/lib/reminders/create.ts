import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import { UserError } from '#lib/errors/user-error';
import { plainText } from '#lib/text/sanitize';
import { holdSettings } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { wallClockOf } from '#lib/time/wall-clock';
import { defineReminder } from './define.ts';
import { countActive, type Reminder } from './queries.ts';
import { nextOccurrences, type Occurrence } from './schedule.ts';
import { readSchedule, type WhenInput } from './when.ts';

/** The table's own limits, so that a person reads a sentence instead. */
export const NAME_MAX = 100;
export const MESSAGE_MAX = 2000;
export const LOCATION_MAX = 200;

/** What one member may have waiting at once; an admin's number is not limited. */
export const ACTIVE_PER_MEMBER = 50;

const NOT_ANNOUNCED = { offsetMinutes: 0, preAlerts: [] } as const;

/** How many of the coming messages are told to the person who adds a reminder. */
export const SHOWN_OCCURRENCES = 3;

/** A reminder as a person typed it. */
export interface ReminderInput extends WhenInput {
  readonly name: string;
  readonly message: string | null;
  readonly location: string | null;
}

/** Where and by whom it is made. */
export interface ReminderContext {
  readonly guildId: string;
  readonly channelId: string;
  readonly createdBy: string;
  /** The member whom it goes to by direct message; otherwise it goes to the channel. */
  readonly recipientId?: string | null;
  /** The message that it is about, and that one's channel. */
  readonly origin?: { readonly channelId: string; readonly messageId: string } | null;
  readonly isAdmin: boolean;
  readonly mentionEveryone: boolean;
  readonly now: Date;
}

/** The settings of the guild that decide when it is sent. */
export interface ReminderSettings {
  /** IANA name. */
  readonly zone: string;
  readonly offsetMinutes: number;
  readonly preAlerts: readonly number[];
}

export interface CreatedReminder {
  readonly reminder: Reminder;
  /** Its next messages, at most three. */
  readonly next: readonly Occurrence[];
  /** Whether daylight saving time skips or repeats the time that was typed. */
  readonly adjusted: 'none' | 'gap' | 'overlap';
  /** What clocks show when it first begins, `HH:MM`; not the time that was typed where the clocks skip that. */
  readonly startsAt: string;
}

/** Something that is neither white space nor an invisible character. */
const VISIBLE = /[^\s\p{Cf}\p{Cc}\p{Mn}\u115F\u1160\u3164\uFFA0\u2800]/u;

function requireLength(
  text: string,
  max: number,
  sentence: 'reminders:tooLong.name' | 'reminders:tooLong.message' | 'reminders:tooLong.location',
): string {
  if (text.length > max) throw new UserError(sentence, { max, length: text.length });
  return text;
}

/**
 * The texts of a reminder as they may be stored.
 * @throws UserError naming the one that is missing or too long.
 */
export function readTexts(input: Pick<ReminderInput, 'name' | 'message' | 'location'>): {
  name: string;
  message: string;
  location: string | null;
} {
  const name = plainText(input.name).replaceAll(/\s+/g, ' ').trim();
  if (!VISIBLE.test(name)) throw new UserError('reminders:nameMissing');
  const location = plainText(input.location ?? '').trim();
  return {
    name: requireLength(name, NAME_MAX, 'reminders:tooLong.name'),
    message: requireLength(plainText(input.message ?? '').trim(), MESSAGE_MAX, 'reminders:tooLong.message'),
    location: location === '' ? null : requireLength(location, LOCATION_MAX, 'reminders:tooLong.location'),
  };
}

/**
 * Checks what a person typed and stores the reminder together with its first messages.
 * @throws UserError naming the part that cannot be used, and what would be.
 */
export async function createReminder(
  db: Database,
  input: ReminderInput,
  context: ReminderContext,
): Promise<CreatedReminder> {
  return inTransaction(db, async (trx) => {
    // Held, so that a change of them either comes before or finds the new reminder.
    const overrides = await holdSettings(trx, context.guildId);
    return storeReminder(trx, input, context, {
      zone: effectiveValue(overrides, 'system.timezone'),
      offsetMinutes: effectiveValue(overrides, 'reminders.offset_minutes'),
      preAlerts: effectiveValue(overrides, 'reminders.pre_alerts'),
    });
  });
}

/** {@link createReminder} within a transaction, under settings that the caller knows. */
export async function storeReminder(
  trx: Transaction<DB>,
  input: ReminderInput,
  context: ReminderContext,
  settings: ReminderSettings,
): Promise<CreatedReminder> {
  const { guildId, channelId, createdBy, recipientId = null, origin = null, mentionEveryone, now } = context;
  const { zone } = settings;
  // What a member wants to hear alone comes when it is time, whatever the guild announces.
  const { offsetMinutes, preAlerts } = recipientId === null ? settings : NOT_ANNOUNCED;
  const texts = readTexts(input);
  const { schedule, eventAt, adjusted } = readSchedule(input, zone, now);
  if (!context.isAdmin && (await countActive(trx, guildId, createdBy)) >= ACTIVE_PER_MEMBER)
    throw new UserError('reminders:tooMany', { max: ACTIVE_PER_MEMBER });
  const reminder = await defineReminder(
    trx,
    {
      ...texts,
      guildId,
      channelId,
      createdBy,
      mentionEveryone,
      ...schedule,
      offsetMinutes,
      preAlerts,
      recipientId,
      source: 'command',
      originChannelId: origin?.channelId ?? null,
      originMessageId: origin?.messageId ?? null,
    },
    zone,
    now,
  );
  const next = nextOccurrences(reminder, zone, now, SHOWN_OCCURRENCES);
  return { reminder, next, adjusted, startsAt: wallClockOf(eventAt, zone).time };
}
