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

export interface AiBudgets {
  /** In the guild's time zone; of all guilds in UTC */
  day: string;
  guild_id: string | null;
  /** In billionths of a dollar; holds what calls that run may cost at most */
  spent: string;
  user_id: string | null;
}

export interface AiCalls {
  at: Timestamp;
  /** In billionths of a dollar */
  cost: string;
  guild_id: string;
  id: GeneratedAlways<string>;
  latency_ms: number;
  model: string;
  outcome: string;
  profile: string;
  tokens_in: number;
  tokens_out: number;
}

export interface AiConsents {
  agreed_at: Timestamp;
  guild_id: string;
  locale: string;
  /** SHA-256 of the text that was shown; another text is another question */
  text_hash: string;
  user_id: string;
}

export interface AiQuestions {
  answer: string | null;
  asked_at: Timestamp;
  attempts: Generated<number>;
  channel_id: string | null;
  /** Counts who took it on, so that whoever was overtaken changes nothing any more */
  claims: Generated<number>;
  due_at: Timestamp;
  guild_id: string;
  id: GeneratedAlways<string>;
  last_error: string | null;
  leased_until: Timestamp | null;
  locale: string;
  message_id: string;
  outcome: string | null;
  plain: string;
  profile: string;
  quotes: Json;
  resumes_at: Timestamp | null;
  sources: Json;
  /** consent: the member is asked whether it may be sent; asking: it is asked, or tried again when due; ended: what came of it is to be shown; ready: it waits behind a button */
  state: string;
  /** Of the interaction whose answer message_id is; worth nothing once it has expired */
  token: string;
  token_expires_at: Timestamp;
  user_id: string;
}

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

export interface ApiKeys {
  created_at: Timestamp;
  expires_at: Timestamp;
  guild_id: string;
  /** SHA-256 of the key, in hexadecimal; the key itself was shown once */
  hash: string;
  id: GeneratedAlways<number>;
  last_used_at: Timestamp | null;
  name: string;
  revoked_at: Timestamp | null;
  scopes: string[];
  /** How the key begins, so that its maker knows it again */
  shown: string;
  user_id: string;
}

export interface AuditLogs {
  /** With its group and subcommand; of a component the feature and what it does, never an id */
  command_name: string;
  command_type: string;
  /** Under which the log has the rest; one for each interaction */
  correlation_id: string;
  created_at: Timestamp;
  duration_ms: number;
  /** The key of the sentence that a refusal was; never what anybody wrote */
  error_message: string | null;
  /** Its class: user, denied, database, discord, discord-permission, unknown */
  failure: string | null;
  /** 0: a direct message */
  guild_id: string;
  id: GeneratedAlways<string>;
  success: boolean;
  user_id: string;
}

export interface BotGuilds {
  greeting_attempts: Generated<number>;
  /** Where it was tried last, so that one that was sent is looked for there */
  greeting_channel_id: string | null;
  /** Null: none is owed */
  greeting_due_at: Timestamp | null;
  guild_id: string;
  joined_at: Timestamp;
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

export interface Erasures {
  attempts: Generated<number>;
  /** By which whoever asked finds the receipt, when nothing else says any more who it was */
  code: string | null;
  done_at: Timestamp | null;
  due_at: Timestamp;
  /** Null: everywhere */
  guild_id: string | null;
  id: GeneratedAlways<string>;
  kind: string;
  last_error: string | null;
  leased_until: Timestamp | null;
  locale: string | null;
  /** How many rows of which table were deleted, and how many kept without the person; grows guild by guild */
  receipt: Json | null;
  requested_at: Timestamp;
  /** From then on it can no longer be taken back */
  started_at: Timestamp | null;
  /** Null for a whole guild, and once it is done */
  user_id: string | null;
}

export interface FaqCounts {
  day: string;
  guild_id: string;
  offered: Generated<number>;
  opened: Generated<number>;
  solved: Generated<number>;
}

export interface FaqEntries {
  created_at: Generated<Timestamp>;
  created_by: string;
  deleted_at: Timestamp | null;
  deleted_by: string | null;
  guild_id: string;
  head: GeneratedAlways<string>;
  id: GeneratedAlways<number>;
  keywords: Generated<string[]>;
  language: Generated<string>;
  /** Words that stand for others of the title and the keywords, in either language; each begins with = */
  meanings: Generated<string[]>;
  search: GeneratedAlways<string>;
  similarity_key: string | null;
  summary: string;
  title: string;
  updated_at: Generated<Timestamp>;
}

export interface FaqNotes {
  attempts: Generated<number>;
  /** Null: nothing was searched for in vain since */
  due_at: Timestamp | null;
  guild_id: string;
  leased_until: Timestamp | null;
  /** Searches before were told of */
  since: Timestamp;
}

export interface FaqOffers {
  created_at: Timestamp;
  guild_id: string;
  id: GeneratedAlways<string>;
  request: Json;
  user_id: string;
}

export interface FaqSearchLogs {
  created_at: Timestamp;
  found: number;
  guild_id: string;
  id: GeneratedAlways<string>;
  query: string;
}

export interface GuildFindings {
  /** Its id: the check, and the setting, channel, role or permission */
  finding: string;
  found_at: Timestamp;
  guild_id: string;
  told_at: Timestamp | null;
}

export interface GuildOnboardingQuestions {
  created_at: Generated<Timestamp>;
  enabled: Generated<boolean>;
  /** By the value of an option: the question that choosing it leads to */
  followup: Json | null;
  guild_id: string;
  help: string | null;
  id: GeneratedAlways<number>;
  /** The answer is left out of what staff are told of itself */
  is_private: Generated<boolean>;
  /** List of value, label, description, emoji, role_ids; null where nothing is chosen */
  options: Json | null;
  question: string;
  question_type: string;
  required: Generated<boolean>;
  step_order: number;
  updated_at: Generated<Timestamp>;
}

export interface GuildRules {
  created_at: Generated<Timestamp>;
  description: Generated<string>;
  enabled: Generated<boolean>;
  guild_id: string;
  id: GeneratedAlways<number>;
  image_url: string | null;
  rule_order: number;
  title: string;
  updated_at: Generated<Timestamp>;
}

export interface HealthCheckHistory {
  active_commands_24h: number | null;
  checked_at: Timestamp;
  database_pool_size: number | null;
  db_status: string;
  gpt_status: string | null;
  guild_count: number | null;
  id: GeneratedAlways<string>;
  service: string;
  uptime_seconds: number;
  version: string;
}

export interface IdempotencyKeys {
  /** How the person proved who they are; two keys of one person are two callers */
  caller: string;
  created_at: Timestamp;
  guild_id: string | null;
  key: string;
  operation: string;
  reply: Json | null;
  request_hash: string;
  /** Of the reply; null only within the transaction that makes it */
  status: number | null;
  /** 0: the service key without a person */
  user_id: string;
}

export interface ImportedRows {
  guild_id: string;
  imported_at: Timestamp;
  /** Of the row here; it may be gone by now, and is then not brought again */
  new_id: string;
  old_id: string;
  source_table: string;
}

export interface InviteAdjustments {
  actor_id: string | null;
  at: Timestamp;
  /** What that added to the count as the other events gave it */
  bonus: number;
  /** What the count was made; of an import what it adds */
  count: number;
  guild_id: string;
  id: GeneratedAlways<string>;
  kind: string;
  member_id: string;
}

export interface InviteAnnouncements {
  attempts: Generated<number>;
  created_at: Timestamp;
  due_at: Timestamp;
  guild_id: string;
  join_id: string;
  leased_until: Timestamp | null;
  nonce: string;
}

export interface InviteHidden {
  guild_id: string;
  member_id: string;
  since: Timestamp;
}

export interface InviteJoins {
  certainty: string;
  code: string | null;
  /** Of a member who came back: their first join that is known */
  first_join_id: string | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  /** Null: nobody certain, or erased */
  inviter_id: string | null;
  /** The account was younger than a week */
  is_fake: boolean;
  is_rejoin: boolean;
  joined_at: Timestamp;
  member_id: string | null;
  /** Why it is that certain, in a word */
  reason: string;
}

export interface InviteLeaves {
  guild_id: string;
  id: GeneratedAlways<string>;
  /** The join that it ends; null for who came before joins were noted */
  join_id: string | null;
  left_at: Timestamp;
  member_id: string | null;
}

export interface InviteTroubles {
  guild_id: string;
  kind: string;
  told_at: Timestamp;
}

export interface MemberRounds {
  began_at: Timestamp;
  only_one: Generated<boolean>;
  /** The sum of the ids of the last one asked about and the next, which names neither; null when the round is over */
  place: string | null;
}

export interface Onboarding {
  guild_id: string;
  /** By question id: text, list of values, or choice with followup and followup_label; null: skipped */
  responses: Json;
  /** When the answers were confirmed last */
  timestamp: Timestamp;
  user_id: string;
  version: number;
}

export interface OnboardingDuties {
  attempts: Generated<number>;
  created_at: Timestamp;
  due_at: Timestamp;
  guild_id: string;
  id: GeneratedAlways<string>;
  kind: string;
  last_error: string | null;
  leased_until: Timestamp | null;
  nonce: string;
  role_id: string | null;
  /** When staff were told what is in the way */
  told_at: Timestamp | null;
  user_id: string;
}

export interface OnboardingPanels {
  channel_id: string;
  guild_id: string;
  message_id: string | null;
  posted_at: Timestamp;
  /** When the message is to be brought up to date; null: it is */
  refresh_due_at: Timestamp | null;
}

export interface OnboardingSessions {
  /** By question id, as in onboarding; empty once finished */
  answers: Generated<Json>;
  finished_at: Timestamp | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  mode: string;
  /** Questions that were answered or skipped */
  passed: Generated<number[]>;
  /** Where the member went back or on to; null: what comes next follows from the answers */
  place: string | null;
  /** What an admin tries out; null for members */
  preview: Json | null;
  rules_accepted_at: Timestamp | null;
  started_at: Timestamp;
  /** By question id: what was typed and refused, to go on from */
  typed: Generated<Json>;
  updated_at: Timestamp;
  user_id: string;
  version: number | null;
}

export interface OnboardingVersions {
  content: Json;
  guild_id: string;
  published_at: Timestamp;
  published_by: string;
  rules_hash: string;
  version: number;
}

export interface PrivacyAgreements {
  agreed_at: Timestamp;
  /** Of the text that was shown */
  content_hash: string;
  guild_id: string;
  id: GeneratedAlways<string>;
  locale: string;
  user_id: string;
  version: number;
  withdrawn_at: Timestamp | null;
}

export interface PrivacyDocuments {
  content: string;
  /** SHA-256 of content, in hexadecimal */
  content_hash: string;
  guild_id: string;
  locale: string;
  published_at: Timestamp;
  published_by: string | null;
  version: number;
}

export interface PrivacyDrafts {
  content: string;
  guild_id: string;
  locale: string;
  updated_at: Timestamp;
  /** Null when whoever it was had their data erased */
  updated_by: string | null;
}

export interface PrivacyExports {
  exported_at: Timestamp;
  user_id: string;
}

export interface PrivacyPosts {
  channel_id: string;
  guild_id: string;
  message_id: string;
  /** When it was last posted or changed, or that was last tried */
  posted_at: Timestamp;
  version: number;
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
  notice_attempts: Generated<number>;
  /** When whoever can mend it is to be told that it was not sent, unless somebody is at it; null when nothing is to be told */
  notice_due_at: Timestamp | null;
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

export interface RuleAcceptances {
  accepted_at: Timestamp;
  guild_id: string;
  id: GeneratedAlways<string>;
  /** The language around the rules, which are shown as they were written */
  locale: string;
  rules_hash: string;
  user_id: string;
  version: number;
}

export interface SentMessages {
  channel_id: string;
  message_id: string;
  nonce: string;
  sent_at: Timestamp;
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

export interface SupabaseAccounts {
  /** When Supabase was last asked */
  checked_at: Timestamp;
  discord_user_id: string;
  linked_at: Timestamp;
  supabase_user_id: string;
}

export interface SupportTickets {
  archived_at: Timestamp | null;
  archived_by: string | null;
  category_id: number | null;
  channel_id: string | null;
  claimed_at: Timestamp | null;
  claimed_by: string | null;
  close_reason: string | null;
  closed_at: Timestamp | null;
  /** Null with closed_at: the bot */
  closed_by: string | null;
  created_at: Generated<Timestamp>;
  description: string;
  escalated_to: string | null;
  first_response_at: Timestamp | null;
  /** What was asked and answered when it was opened: list of label, kind, value */
  form: Json | null;
  guild_id: string;
  id: GeneratedAlways<number>;
  idle_due_at: Timestamp | null;
  is_thread: Generated<boolean>;
  last_activity_at: Timestamp;
  leased_until: Timestamp | null;
  /** The message with its buttons */
  message_id: string | null;
  /** When its channel was ready; null: it is being made */
  opened_at: Timestamp | null;
  origin_channel_id: string | null;
  /** The message that it was opened about */
  origin_message_id: string | null;
  /** Which of the tickets that the member may have open in the category at once */
  slot: Generated<number>;
  status: Generated<string>;
  sync_attempts: Generated<number>;
  /** When its channel is made to look like this row; null: it does */
  sync_due_at: Timestamp | null;
  sync_error: string | null;
  /** When staff were told what is in the way */
  told_at: Timestamp | null;
  updated_at: Generated<Timestamp>;
  user_id: string;
  username: string | null;
  warned_at: Timestamp | null;
}

export interface TicketBlacklist {
  added_at: Timestamp;
  added_by: string;
  expires_at: Timestamp | null;
  guild_id: string;
  reason: string | null;
  user_id: string;
}

export interface TicketCategories {
  created_at: Generated<Timestamp>;
  /** Gone for everybody; its tickets still say what they were about */
  deleted_at: Timestamp | null;
  description: string | null;
  emoji: string | null;
  enabled: Generated<boolean>;
  escalation_role_id: string | null;
  /** List of up to five fields; empty: one that asks what it is about */
  form: Generated<Json>;
  guild_id: string;
  id: GeneratedAlways<number>;
  name: string;
  open_limit: number | null;
  /** The category of channels; null: ticketbot.category_id. Roles and limit likewise */
  parent_id: string | null;
  position: number;
  staff_role_id: string | null;
  updated_at: Generated<Timestamp>;
}

export interface TicketDuties {
  attempts: Generated<number>;
  created_at: Timestamp;
  due_at: Timestamp;
  event_id: string | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  /** say: in the ticket; log: in the log channel; tell: the opener by direct message; record: read the whole channel; transcript: hand it out */
  kind: string;
  last_error: string | null;
  leased_until: Timestamp | null;
  nonce: string;
  /** How far a long one came */
  position: string | null;
  ticket_id: number;
}

export interface TicketEvents {
  /** Null: the bot by itself */
  actor_id: string | null;
  at: Timestamp;
  category_id: number | null;
  from_status: string | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  kind: string;
  /** Who was added, removed or given the ticket */
  member_id: string | null;
  reason: string | null;
  ticket_id: number;
  to_status: string | null;
}

export interface TicketFiles {
  attachment_id: string;
  attempts: Generated<number>;
  bytes: string;
  content_type: string | null;
  created_at: Timestamp;
  due_at: Timestamp | null;
  guild_id: string;
  id: GeneratedAlways<string>;
  leased_until: Timestamp | null;
  /** Null: given with the form */
  message_id: string | null;
  name: string;
  sha256: string | null;
  state: Generated<string>;
  ticket_id: number;
  url: string;
  user_id: string;
}

export interface TicketMembers {
  added_at: Timestamp;
  added_by: string;
  guild_id: string;
  ticket_id: number;
  user_id: string;
}

export interface TicketMessages {
  author_id: string;
  author_name: string;
  content: string;
  deleted_at: Timestamp | null;
  /** What it said before it was edited: list of content, until */
  earlier: Generated<Json>;
  edited_at: Timestamp | null;
  embeds: Generated<Json>;
  guild_id: string;
  is_bot: boolean;
  is_staff: boolean;
  message_id: string;
  reply_to_id: string | null;
  sent_at: Timestamp;
  stickers: Generated<Json>;
  ticket_id: number;
}

export interface TicketMetrics {
  /** Seconds from opening to closing */
  average_cycle_time: string | null;
  counts: Json;
  created_at: Generated<Timestamp>;
  guild_id: string;
  id: GeneratedAlways<string>;
  scope: string;
  snapshot: Json;
  topics: Json | null;
  /** Null: a ticket was closed */
  triggered_by: string | null;
}

export interface TicketPanels {
  channel_id: string;
  guild_id: string;
  id: GeneratedAlways<number>;
  /** Null until it is posted */
  message_id: string | null;
  posted_at: Timestamp;
  /** When it is posted, or made to look like the categories; null: it does */
  refresh_due_at: Timestamp | null;
  style: string;
  text: string;
  title: string;
}

export interface TicketRatings {
  comment: string | null;
  guild_id: string;
  rated_at: Timestamp;
  rating: number;
  staff_id: string | null;
  ticket_id: number;
  user_id: string;
}

export interface TicketSummaries {
  /** The last that staff said */
  answer: string | null;
  answered_by: string | null;
  created_at: Generated<Timestamp>;
  guild_id: string;
  id: GeneratedAlways<number>;
  similarity_key: string | null;
  source: string;
  summary: string;
  /** Stems of what the ticket was about, for finding others like it */
  terms: Generated<string[]>;
  ticket_id: number;
  /** Who opened the ticket: it tells what they said */
  user_id: string;
}

export interface TicketTopics {
  attempts: Generated<number>;
  created_at: Timestamp;
  decided_at: Timestamp | null;
  decided_by: string | null;
  /** When it is posted; null: it was */
  due_at: Timestamp | null;
  faq_entry_id: number | null;
  guild_id: string;
  id: GeneratedAlways<number>;
  leased_until: Timestamp | null;
  nonce: string;
  ticket_ids: number[];
}

export interface WebSessions {
  created_at: Timestamp;
  csrf_token: string;
  expires_at: Timestamp;
  /** Where they had Manage Server when they signed in; to show a list, never to let somebody in */
  guild_ids: string[];
  /** SHA-256 of what the cookie holds, in hexadecimal */
  id_hash: string;
  last_seen_at: Timestamp;
  user_id: string;
  user_name: string;
}

export interface WebhookReceipts {
  /** SHA-256 of the Supabase account that the message told the end of, in hexadecimal; a link that comes late does not bring it back */
  deleted_account_hash: string | null;
  message_id: string;
  received_at: Timestamp;
}

export interface DB {
  ai_budgets: AiBudgets;
  ai_calls: AiCalls;
  ai_consents: AiConsents;
  ai_questions: AiQuestions;
  announcements: Announcements;
  api_keys: ApiKeys;
  audit_logs: AuditLogs;
  bot_guilds: BotGuilds;
  bot_settings: BotSettings;
  erasures: Erasures;
  faq_counts: FaqCounts;
  faq_entries: FaqEntries;
  faq_notes: FaqNotes;
  faq_offers: FaqOffers;
  faq_search_logs: FaqSearchLogs;
  guild_findings: GuildFindings;
  guild_onboarding_questions: GuildOnboardingQuestions;
  guild_rules: GuildRules;
  health_check_history: HealthCheckHistory;
  idempotency_keys: IdempotencyKeys;
  imported_rows: ImportedRows;
  invite_adjustments: InviteAdjustments;
  invite_announcements: InviteAnnouncements;
  invite_hidden: InviteHidden;
  invite_joins: InviteJoins;
  invite_leaves: InviteLeaves;
  invite_troubles: InviteTroubles;
  member_rounds: MemberRounds;
  onboarding: Onboarding;
  onboarding_duties: OnboardingDuties;
  onboarding_panels: OnboardingPanels;
  onboarding_sessions: OnboardingSessions;
  onboarding_versions: OnboardingVersions;
  privacy_agreements: PrivacyAgreements;
  privacy_documents: PrivacyDocuments;
  privacy_drafts: PrivacyDrafts;
  privacy_exports: PrivacyExports;
  privacy_posts: PrivacyPosts;
  reminder_occurrences: ReminderOccurrences;
  reminders: Reminders;
  rule_acceptances: RuleAcceptances;
  sent_messages: SentMessages;
  settings_history: SettingsHistory;
  supabase_accounts: SupabaseAccounts;
  support_tickets: SupportTickets;
  ticket_blacklist: TicketBlacklist;
  ticket_categories: TicketCategories;
  ticket_duties: TicketDuties;
  ticket_events: TicketEvents;
  ticket_files: TicketFiles;
  ticket_members: TicketMembers;
  ticket_messages: TicketMessages;
  ticket_metrics: TicketMetrics;
  ticket_panels: TicketPanels;
  ticket_ratings: TicketRatings;
  ticket_summaries: TicketSummaries;
  ticket_topics: TicketTopics;
  web_sessions: WebSessions;
  webhook_receipts: WebhookReceipts;
}
