import { PermissionsBitField } from 'discord.js';
import { DateTime } from 'luxon';
import type { Actor } from '#lib/access/who';
import {
  type CreatedReminder,
  type ReminderContext,
  storeReminder,
  type ReminderInput,
  type ReminderSettings,
} from '#lib/reminders/create';
import type { Database } from '#lib/database/database';
import { wallClockOf } from '#lib/time/wall-clock';

export const BRUSSELS = 'Europe/Brussels';
export const [GUILD, OTHER_GUILD] = ['1328374655667123456', '1328374655667123457'] as const;
export const [MIA, SAM] = ['222222222222222222', '333333333333333333'] as const;
export const [GENERAL, NEWS] = ['444444444444444444', '555555555555555555'] as const;

/** Somebody in the guild, who neither owns it nor, unless told so, may manage it. */
export const actor = (userId: string, isAdmin = false): Actor => ({
  userId,
  guildOwnerId: '999999999999999999',
  permissions: new PermissionsBitField(isAdmin ? 'ManageGuild' : []),
});

/** What most reminders are not: by a rule, bounded, announced more than once, private, paused, or made from a message. */
export const ORDINARY = {
  rrule: null,
  recursFrom: null,
  recursUntil: null,
  preAlerts: [],
  recipientId: null,
  pausedAt: null,
  source: 'command',
  originChannelId: null,
  originMessageId: null,
} as const;

/** An instant from wall-clock time, `2026-12-01 10:00`. */
export function at(written: string, zone = BRUSSELS): Date {
  return DateTime.fromSQL(written, { zone }).toJSDate();
}

/** The other way round. */
export function written(instant: Date, zone = BRUSSELS): string {
  const { date, time } = wallClockOf(instant, zone);
  return `${date} ${time}`;
}

/** A Tuesday in winter. */
export const NOW = at('2026-12-01 10:00');

export type Wanted = Partial<ReminderInput & ReminderContext & ReminderSettings>;

/** Adds a reminder for 20:00 with an hour's lead, by Mia at {@link NOW}, unless told otherwise. */
export function add(db: Database, wanted: Wanted = {}): Promise<CreatedReminder> {
  const { name = 'Raid', time = '20:00', date = null, days = null, message = null, location = null } = wanted;
  const { zone = BRUSSELS, offsetMinutes = 60, preAlerts = [], recurrence, ...context } = wanted;
  return db.transaction().execute((trx) =>
    storeReminder(
      trx,
      { name, time, date, days, message, location, ...(recurrence !== undefined && { recurrence }) },
      {
        guildId: GUILD,
        channelId: GENERAL,
        createdBy: MIA,
        isAdmin: false,
        mentionEveryone: false,
        now: NOW,
        ...context,
      },
      { zone, offsetMinutes, preAlerts },
    ),
  );
}

/** Everything that reminders owe or owed, in the order in which it was written. */
export async function occurrences(
  db: Database,
): Promise<{ kind: string; due: string; event: string; state: string }[]> {
  const rows = await db.selectFrom('reminder_occurrences').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    kind: row.kind,
    due: written(row.due_at),
    event: written(row.event_at),
    state: row.state,
  }));
}
