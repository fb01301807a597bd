// Generated from the migrated database by `npm run migrate -- types`. Do not edit.
import type { ColumnType } from 'kysely';

/** A column that need not be given when a row is inserted. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** A column that only the database sets. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };

/** Written as JSON text: `pg` would send an array as PostgreSQL's own kind and a string without its quotes. */
export type Json = ColumnType<JsonValue, string, string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Announcements {
  author_id: string;
  channel_id: string;
  /** The reminder that an answer to the question would make */
  definition: Json | null;
  edited_at: Timestamp | null;
  /** The same for two posts that announce the same */
  fingerprint: string | null;
  guild_id: string;
  message_id: string;
  posted_at: Timestamp;
  question_channel_id: string | null;
  question_message_id: string | null;
  read_at: Timestamp;
  reason: string | null;
  reminder_id: number | null;
  /** over: deleted, or edited so that it announces nothing any more */
  state: string;
}

export interface BotSettings {
  guild_id: string;
  key: string;
  scope: string;
  updated_at: Generated<Timestamp>;
  /** The member; null when the bot did it */
  updated_by: string | null;
  value: Json;
  value_type: string;
}

export interface ReminderOccurrences {
  attempts: Generated<number>;
  created_at: Generated<Timestamp>;
  done_at: Timestamp | null;
  /** Who said with the button of its message that nothing is left to do */
  done_by: string | null;
  due_at: Timestamp;
  event_at: Timestamp;
  guild_id: string;
  id: GeneratedAlways<string>;
  kind: string;
  last_error: string | null;
  /** While sending: when another process may take it over */
  leased_until: Timestamp | null;
  /** Since when an attempt may have reached Discord without our knowing; null when none did */
  maybe_sent_at: Timestamp | null;
  message_id: string | null;
  /** due_at at first; later after each failure */
  next_attempt_at: Timestamp;
  /** Sent to Discord, so that a send that is repeated after a crash arrives once */
  nonce: string;
  offset_minutes: number;
  reminder_id: number;
  /** When a person asked to send it all the same; then it is sent however late */
  retried_at: Timestamp | null;
  settled_at: Timestamp | null;
  state: Generated<string>;
}

export interface Reminders {
  /** Time of day of the event, in the guild's zone */
  call_time: string;
  channel_id: string;
  created_at: Generated<Timestamp>;
  created_by: string;
  /** Event days, 0 = Monday … 6 = Sunday; empty: happens once, at event_time, or by its rrule */
  days: Generated<string[]>;
  event_time: Timestamp | null;
  finished_at: Timestamp | null;
  guild_id: string;
  id: GeneratedAlways<number>;
  last_sent_at: Timestamp | null;
  location: string | null;
  mention_everyone: Generated<boolean>;
  message: Generated<string>;
  name: string;
  offset_minutes: number;
  origin_channel_id: string | null;
  /** The message that it was made from */
  origin_message_id: string | null;
  /** Since when nothing of it is sent */
  paused_at: Timestamp | null;
  /** Minutes before the event of further announcements, beside offset_minutes */
  pre_alerts: Generated<number[]>;
  /** The member whom it goes to by direct message; null: it goes to channel_id */
  recipient_id: string | null;
  /** The first date it may happen on, from which the intervals of rrule count */
  recurs_from: string | null;
  /** The last date it may happen on; null: for ever */
  recurs_until: string | null;
  /** What days cannot say: a rule of RFC 5545 without DTSTART and UNTIL */
  rrule: string | null;
  source: Generated<string>;
  /** Time of day of the announcement (event minus offset), in the guild's zone */
  time: string;
  updated_at: Generated<Timestamp>;
}

export interface SettingsHistory {
  change_type: string;
  changed_at: Generated<Timestamp>;
  changed_by: string | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  key: string;
  /** Null: there is no override any more */
  new_value: Json | null;
  /** Null: there was no override */
  old_value: Json | null;
  /** The entry that this one undid */
  reverts_id: string | null;
  scope: string;
  value_type: string;
}

export interface DB {
  announcements: Announcements;
  bot_settings: BotSettings;
  reminder_occurrences: ReminderOccurrences;
  reminders: Reminders;
  settings_history: SettingsHistory;
}
