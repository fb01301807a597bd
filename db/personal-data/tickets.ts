import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

/** How long what was said in a ticket is kept after it was closed. */
const TICKET_KEPT_DAYS = 365;

export const ticketsData = {
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
} as const satisfies RulesOf<
  | 'ticket_duties'
  | 'ticket_events'
  | 'ticket_members'
  | 'ticket_messages'
  | 'ticket_files'
  | 'ticket_summaries'
  | 'ticket_ratings'
  | 'support_tickets'
  | 'ticket_metrics'
  | 'ticket_blacklist'
  | 'ticket_panels'
  | 'ticket_categories'
>;
