import type { SelectType } from 'kysely';
import type { DB } from './types.ts';

// Whose data each column of each table holds, why, how long, and what the export and the erasure do with it. Export, erasure, retention
// and `/privacy` all read this; a table or a column that is not here does not compile. docs/privacy.md says how to classify one.

type Column<T extends keyof DB> = keyof DB[T] & string;

/** What a rule may say only of a column that can be null. */
type IfNullable<Value, Then> = null extends Value ? Then : never;

/** A name for somebody: the id of a member. */
interface Person<Value> {
  readonly holds: 'person';
  /**
   * `row`: the row is this person's alone and goes with them. `null`, `zero`: the row stays for the others in the guild and no longer
   * says who it was.
   */
  readonly erase: 'row' | 'zero' | IfNullable<Value, 'null'>;
}

/** What a person wrote or did. It is theirs where one of the columns `of` names them: then it is exported. */
interface Theirs<T extends keyof DB, Value> {
  readonly holds: 'theirs';
  readonly of: readonly Column<T>[];
  /**
   * In a row that stays without them. `row`: no such row stays. `keep`: as it is, for the guild. `scrub`: kept, without the person's
   * own id in its text. `null`: emptied. `set`: an SQL expression over the row.
   */
  readonly erase:
    | 'row'
    | 'keep'
    | (Value extends string | null ? 'scrub' : never)
    | IfNullable<Value, 'null'>
    | { readonly set: string };
}

/**
 * `beside`: says nothing about anybody by itself and is exported beside what does. `guild`: the guild's own, which its admins and not a
 * member decide on. `working`: how the bot remembers its work. The last two are neither exported nor erased with a person.
 */
interface Nobody {
  readonly holds: 'beside' | 'guild' | 'working';
}

type ColumnRule<T extends keyof DB, C extends Column<T>> =
  | Person<SelectType<DB[T][C]>>
  | Theirs<T, SelectType<DB[T][C]>>
  | Nobody;

/** What the guild or the bot needs a table for; each has its sentence in `privacy.json`. */
export type Purpose =
  | 'settings'
  | 'reminders'
  | 'announcements'
  | 'onboarding'
  | 'tickets'
  | 'faq'
  | 'consent'
  | 'rights';

/** How long a row is kept at most; each way has its sentence in `privacy.json`. `member`: until they leave. `guild`: until the bot is removed. */
export type Kept =
  | { readonly until: 'member' | 'guild' | 'done' }
  | {
      readonly until:
        | 'over'
        | 'settled'
        | 'replaced'
        | 'read'
        | 'untouched'
        | 'closed'
        | 'counted'
        | 'lifted'
        | 'withdrawn'
        | 'erased';
      readonly days: number;
    }
  | { readonly until: 'exported'; readonly hours: number };

interface TableRules<T extends keyof DB> {
  readonly purpose: Purpose;
  readonly kept: Kept;
  /** The column that names the guild; null where rows belong to none. */
  readonly guild: Column<T> | null;
  readonly columns: { readonly [C in Column<T>]: ColumnRule<T, C> };
}

export type PersonalData = { readonly [T in keyof DB]: TableRules<T> };

/** Days from what sets an erasure off until it happens. */
export const ERASED_AFTER_DAYS = {
  /** A member asks: time to change one's mind. */
  asked: 7,
  /** A member leaves a guild. */
  left: 30,
  /** The bot is removed from a guild. */
  removed: 30,
} as const;

const BESIDE = { holds: 'beside' } as const;
const GUILD = { holds: 'guild' } as const;
const WORKING = { holds: 'working' } as const;
const person = <const E extends 'row' | 'zero' | 'null'>(erase: E) => ({ holds: 'person', erase }) as const;
const theirs = <const Of extends string, const E>(of: Of | readonly Of[], erase: E) =>
  ({ holds: 'theirs', of: typeof of === 'string' ? [of] : of, erase }) as const;

/** How long what was said in a ticket is kept after it was closed. */
const TICKET_KEPT_DAYS = 365;
const MAKER_OR_RECIPIENT = ['created_by', 'recipient_id'] as const;

/** In the order in which a guild's tables are emptied: what refers to another table stands before it. */
export const personalData = {
  announcements: {
    purpose: 'announcements',
    kept: { until: 'read', days: 90 },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      message_id: BESIDE,
      channel_id: BESIDE,
      author_id: person('zero'),
      // The bot's unanswered question to the author: nobody else is asked, so it counts as a no.
      state: theirs('author_id', { set: "case state when 'asked' then 'declined' else state end" }),
      definition: theirs('author_id', 'null'),
      // The channel of direct messages says who it was.
      question_channel_id: theirs('author_id', 'null'),
      question_message_id: theirs('author_id', 'null'),
      reason: BESIDE,
      fingerprint: WORKING,
      reminder_id: BESIDE,
      posted_at: BESIDE,
      edited_at: BESIDE,
      read_at: BESIDE,
    },
  },
  reminder_occurrences: {
    purpose: 'reminders',
    kept: { until: 'settled', days: 30 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      reminder_id: BESIDE,
      kind: BESIDE,
      due_at: BESIDE,
      event_at: BESIDE,
      offset_minutes: BESIDE,
      state: BESIDE,
      // Whether it is done is read from this column.
      done_by: person('zero'),
      done_at: theirs('done_by', 'keep'),
      message_id: BESIDE,
      created_at: BESIDE,
      settled_at: BESIDE,
      retried_at: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      leased_until: WORKING,
      maybe_sent_at: WORKING,
      next_attempt_at: WORKING,
      nonce: WORKING,
    },
  },
  reminders: {
    purpose: 'reminders',
    kept: { until: 'over', days: 30 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      // What goes to one member alone is theirs; what goes to a channel is the community's, whoever typed it.
      recipient_id: person('row'),
      created_by: person('zero'),
      name: theirs(MAKER_OR_RECIPIENT, 'scrub'),
      message: theirs(MAKER_OR_RECIPIENT, 'scrub'),
      location: theirs(MAKER_OR_RECIPIENT, 'scrub'),
      event_time: theirs(MAKER_OR_RECIPIENT, 'keep'),
      time: theirs(MAKER_OR_RECIPIENT, 'keep'),
      call_time: theirs(MAKER_OR_RECIPIENT, 'keep'),
      days: theirs(MAKER_OR_RECIPIENT, 'keep'),
      rrule: theirs(MAKER_OR_RECIPIENT, 'keep'),
      recurs_from: theirs(MAKER_OR_RECIPIENT, 'keep'),
      recurs_until: theirs(MAKER_OR_RECIPIENT, 'keep'),
      offset_minutes: theirs(MAKER_OR_RECIPIENT, 'keep'),
      pre_alerts: theirs(MAKER_OR_RECIPIENT, 'keep'),
      mention_everyone: theirs(MAKER_OR_RECIPIENT, 'keep'),
      channel_id: BESIDE,
      origin_channel_id: BESIDE,
      origin_message_id: BESIDE,
      source: BESIDE,
      created_at: BESIDE,
      updated_at: BESIDE,
      last_sent_at: BESIDE,
      finished_at: BESIDE,
      paused_at: BESIDE,
    },
  },
  bot_settings: {
    purpose: 'settings',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      scope: BESIDE,
      key: BESIDE,
      value: GUILD,
      value_type: WORKING,
      // Null would say that the bot did it.
      updated_by: person('zero'),
      updated_at: BESIDE,
    },
  },
  settings_history: {
    purpose: 'settings',
    kept: { until: 'replaced', days: 365 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      scope: BESIDE,
      key: BESIDE,
      old_value: GUILD,
      new_value: GUILD,
      value_type: WORKING,
      changed_by: person('zero'),
      changed_at: BESIDE,
      change_type: BESIDE,
      reverts_id: BESIDE,
    },
  },
  // Whoever confirms holds their session, so an erasure waits for it and then sees what was written.
  onboarding_sessions: {
    purpose: 'onboarding',
    kept: { until: 'untouched', days: 90 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      mode: BESIDE,
      preview: GUILD,
      place: theirs('user_id', 'row'),
      answers: theirs('user_id', 'row'),
      typed: theirs('user_id', 'row'),
      passed: theirs('user_id', 'row'),
      started_at: theirs('user_id', 'row'),
      rules_accepted_at: theirs('user_id', 'row'),
      updated_at: theirs('user_id', 'row'),
      finished_at: theirs('user_id', 'row'),
    },
  },
  onboarding_duties: {
    purpose: 'onboarding',
    kept: { until: 'done' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      kind: BESIDE,
      role_id: theirs('user_id', 'row'),
      due_at: BESIDE,
      created_at: BESIDE,
      told_at: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      leased_until: WORKING,
      nonce: WORKING,
    },
  },
  onboarding: {
    purpose: 'onboarding',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      user_id: person('row'),
      responses: theirs('user_id', 'row'),
      version: BESIDE,
      timestamp: theirs('user_id', 'row'),
    },
  },
  rule_acceptances: {
    purpose: 'onboarding',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      rules_hash: theirs('user_id', 'row'),
      locale: theirs('user_id', 'row'),
      accepted_at: theirs('user_id', 'row'),
    },
  },
  onboarding_panels: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: { guild_id: GUILD, channel_id: GUILD, message_id: WORKING, posted_at: WORKING },
  },
  onboarding_versions: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      version: BESIDE,
      content: GUILD,
      rules_hash: GUILD,
      published_by: person('zero'),
      published_at: BESIDE,
    },
  },
  guild_onboarding_questions: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      step_order: GUILD,
      question: GUILD,
      question_type: GUILD,
      help: GUILD,
      options: GUILD,
      followup: GUILD,
      required: GUILD,
      is_private: GUILD,
      enabled: GUILD,
      created_at: WORKING,
      updated_at: WORKING,
    },
  },
  guild_rules: {
    purpose: 'onboarding',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      rule_order: GUILD,
      title: GUILD,
      description: GUILD,
      image_url: GUILD,
      enabled: GUILD,
      created_at: WORKING,
      updated_at: WORKING,
    },
  },
  ticket_topics: {
    purpose: 'faq',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      ticket_ids: BESIDE,
      faq_entry_id: BESIDE,
      decided_by: person('zero'),
      decided_at: theirs('decided_by', 'keep'),
      created_at: BESIDE,
      nonce: WORKING,
      due_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
    },
  },
  faq_entries: {
    purpose: 'faq',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      title: GUILD,
      summary: GUILD,
      keywords: GUILD,
      similarity_key: WORKING,
      created_by: person('zero'),
      created_at: BESIDE,
      updated_at: BESIDE,
    },
  },
  ticket_duties: {
    purpose: 'tickets',
    kept: { until: 'done' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: WORKING,
      ticket_id: WORKING,
      event_id: WORKING,
      kind: WORKING,
      nonce: WORKING,
      position: WORKING,
      due_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      created_at: WORKING,
    },
  },
  ticket_events: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      ticket_id: BESIDE,
      kind: BESIDE,
      // Null says that the bot did it.
      actor_id: person('zero'),
      member_id: person('zero'),
      reason: theirs('actor_id', 'scrub'),
      from_status: BESIDE,
      to_status: BESIDE,
      category_id: BESIDE,
      at: BESIDE,
    },
  },
  ticket_members: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      ticket_id: BESIDE,
      user_id: person('row'),
      added_by: person('zero'),
      added_at: theirs('user_id', 'row'),
    },
  },
  ticket_messages: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      ticket_id: BESIDE,
      message_id: BESIDE,
      // The message stays in Discord: an empty row keeps it from being read again.
      author_id: person('zero'),
      author_name: theirs('author_id', { set: "''" }),
      content: theirs('author_id', { set: "''" }),
      embeds: theirs('author_id', { set: "'[]'" }),
      stickers: theirs('author_id', { set: "'[]'" }),
      earlier: theirs('author_id', { set: "'[]'" }),
      reply_to_id: BESIDE,
      is_bot: BESIDE,
      is_staff: BESIDE,
      sent_at: BESIDE,
      edited_at: BESIDE,
      deleted_at: BESIDE,
    },
  },
  // The bytes go with the last row that has their hash.
  ticket_files: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      ticket_id: BESIDE,
      message_id: BESIDE,
      attachment_id: BESIDE,
      user_id: person('row'),
      name: theirs('user_id', 'row'),
      content_type: theirs('user_id', 'row'),
      bytes: BESIDE,
      url: theirs('user_id', 'row'),
      sha256: theirs('user_id', 'row'),
      state: BESIDE,
      created_at: BESIDE,
      due_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
    },
  },
  ticket_summaries: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      ticket_id: BESIDE,
      // It tells what they said.
      user_id: person('row'),
      summary: theirs('user_id', 'row'),
      source: BESIDE,
      answered_by: person('zero'),
      answer: theirs('answered_by', 'null'),
      similarity_key: theirs('user_id', 'row'),
      terms: theirs('user_id', 'row'),
      created_at: BESIDE,
    },
  },
  ticket_ratings: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      ticket_id: BESIDE,
      user_id: person('zero'),
      staff_id: person('null'),
      rating: theirs('user_id', 'keep'),
      comment: theirs('user_id', 'null'),
      rated_at: BESIDE,
    },
  },
  support_tickets: {
    purpose: 'tickets',
    kept: { until: 'closed', days: TICKET_KEPT_DAYS },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('zero'),
      username: theirs('user_id', 'null'),
      description: theirs('user_id', { set: "''" }),
      form: theirs('user_id', 'null'),
      category_id: BESIDE,
      slot: WORKING,
      // Nobody is left to talk to, so an open one closes, its channel too.
      status: theirs('user_id', {
        set: "case when status in ('closed', 'archived') then status else 'closed' end",
      }),
      closed_at: theirs('user_id', { set: 'coalesce(closed_at, now())' }),
      sync_due_at: theirs('user_id', { set: 'now()' }),
      idle_due_at: BESIDE,
      origin_channel_id: BESIDE,
      origin_message_id: BESIDE,
      channel_id: BESIDE,
      is_thread: BESIDE,
      message_id: BESIDE,
      opened_at: BESIDE,
      // Null says that nobody has claimed it, or that the bot closed it.
      claimed_by: person('zero'),
      closed_by: person('zero'),
      archived_by: person('zero'),
      close_reason: theirs(['closed_by', 'user_id'], 'scrub'),
      claimed_at: BESIDE,
      escalated_to: BESIDE,
      first_response_at: BESIDE,
      archived_at: BESIDE,
      last_activity_at: BESIDE,
      warned_at: BESIDE,
      created_at: BESIDE,
      updated_at: BESIDE,
      sync_attempts: WORKING,
      sync_error: WORKING,
      told_at: WORKING,
      leased_until: WORKING,
    },
  },
  ticket_metrics: {
    purpose: 'tickets',
    kept: { until: 'counted', days: 90 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      snapshot: GUILD,
      scope: BESIDE,
      counts: GUILD,
      average_cycle_time: GUILD,
      topics: GUILD,
      // Null says that a ticket was closed.
      triggered_by: person('zero'),
      created_at: BESIDE,
    },
  },
  ticket_blacklist: {
    purpose: 'tickets',
    kept: { until: 'lifted', days: 30 },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      user_id: person('row'),
      reason: theirs('user_id', 'row'),
      added_by: person('zero'),
      added_at: theirs('user_id', 'row'),
      expires_at: theirs('user_id', 'row'),
    },
  },
  ticket_panels: {
    purpose: 'tickets',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      channel_id: GUILD,
      message_id: GUILD,
      style: GUILD,
      title: GUILD,
      text: GUILD,
      posted_at: WORKING,
      refresh_due_at: WORKING,
    },
  },
  ticket_categories: {
    purpose: 'tickets',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      guild_id: GUILD,
      position: GUILD,
      name: GUILD,
      description: GUILD,
      emoji: GUILD,
      parent_id: GUILD,
      staff_role_id: GUILD,
      escalation_role_id: GUILD,
      open_limit: GUILD,
      form: GUILD,
      enabled: GUILD,
      deleted_at: WORKING,
      created_at: WORKING,
      updated_at: WORKING,
    },
  },
  privacy_agreements: {
    purpose: 'consent',
    kept: { until: 'withdrawn', days: 365 },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      user_id: person('row'),
      version: BESIDE,
      locale: theirs('user_id', 'row'),
      content_hash: theirs('user_id', 'row'),
      agreed_at: theirs('user_id', 'row'),
      withdrawn_at: theirs('user_id', 'row'),
    },
  },
  privacy_documents: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      version: BESIDE,
      locale: BESIDE,
      content: GUILD,
      content_hash: GUILD,
      published_by: person('null'),
      published_at: BESIDE,
    },
  },
  privacy_drafts: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      locale: BESIDE,
      content: GUILD,
      updated_by: person('null'),
      updated_at: BESIDE,
    },
  },
  privacy_posts: {
    purpose: 'consent',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      guild_id: GUILD,
      channel_id: GUILD,
      message_id: GUILD,
      version: GUILD,
      posted_at: WORKING,
    },
  },
  erasures: {
    purpose: 'rights',
    kept: { until: 'erased', days: 30 },
    guild: 'guild_id',
    columns: {
      id: WORKING,
      kind: BESIDE,
      user_id: person('row'),
      guild_id: BESIDE,
      locale: theirs('user_id', 'row'),
      code: theirs('user_id', 'row'),
      requested_at: theirs('user_id', 'row'),
      due_at: theirs('user_id', 'row'),
      started_at: WORKING,
      leased_until: WORKING,
      attempts: WORKING,
      last_error: WORKING,
      done_at: WORKING,
      // There when nobody is named any more.
      receipt: WORKING,
    },
  },
  privacy_exports: {
    purpose: 'rights',
    kept: { until: 'exported', hours: 1 },
    guild: null,
    columns: { user_id: person('row'), exported_at: theirs('user_id', 'row') },
  },
  member_rounds: {
    purpose: 'rights',
    kept: { until: 'guild' },
    guild: null,
    // The place is the sum of two ids, and neither can be told from it.
    columns: { only_one: WORKING, began_at: WORKING, place: WORKING },
  },
  bot_guilds: {
    purpose: 'rights',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: { guild_id: GUILD, joined_at: GUILD },
  },
} as const satisfies PersonalData;
