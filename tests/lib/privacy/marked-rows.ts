import { randomUUID } from 'node:crypto';
import { sql, type InsertObject } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';

/** Ids that no other number in a row contains. */
export const [MIA, SAM] = ['7000000000001', '8000000000002'] as const;
export const [HERE, THERE] = ['9100000000003', '9200000000004'] as const;

/** Stands in every text of a member's rows in a guild; beside it the member's own id. */
export const textOf = (who: string, guild: string): string =>
  `written-by-${who === MIA ? 'mia' : 'sam'}-in-${guild}`;

const AT = new Date('2026-12-01T09:00:00Z');

type Rows = { readonly [T in keyof DB]: readonly InsertObject<DB, T>[] };

/** For each table rows of a member in a guild, with a mark in each column that can hold one. The test checks that none is left out. */
function rowsOf(who: string, guild: string, other: string, base: number): Rows {
  const text = (column: string): string => `${textOf(who, guild)} ${column} <@${who}>`;
  const json = (column: string): string => JSON.stringify({ [column]: [text(column)] });
  const number = (tail: number): string => `${who}${tail}`;
  const place = { guild_id: guild };
  const reminder = {
    ...place,
    created_by: who,
    name: text('name'),
    message: who === MIA ? `${text('message')} with <@${other}>` : text('message'),
    location: text('location'),
    channel_id: '1',
    time: '12:00',
    call_time: '12:00',
    offset_minutes: 0,
    pre_alerts: [5],
    mention_everyone: true,
    last_sent_at: AT,
    finished_at: AT,
    paused_at: AT,
    origin_channel_id: '2',
    origin_message_id: '3',
  };
  const ofTicket = { ...place, ticket_id: sql<number>`(select max(id) from support_tickets)` };
  const recurring = { rrule: 'FREQ=DAILY', recurs_from: '2026-12-01', recurs_until: '2027-12-01' };
  return {
    ai_questions: [
      {
        ...place,
        user_id: who,
        channel_id: '4',
        locale: text('locale'),
        profile: text('profile'),
        quotes: json('quotes'),
        plain: text('plain'),
        sources: json('sources'),
        state: 'ended',
        outcome: 'answer',
        answer: text('answer'),
        resumes_at: AT,
        token: text('token'),
        message_id: text('message_id'),
        token_expires_at: AT,
        last_error: text('last_error'),
        due_at: AT,
        leased_until: AT,
        asked_at: AT,
      },
    ],
    ai_consents: [
      { ...place, user_id: who, locale: text('locale'), text_hash: text('text_hash'), agreed_at: AT },
    ],
    ai_budgets: [{ ...place, user_id: who, day: '2026-12-01', spent: '5' }],
    invite_joins: [
      {
        ...place,
        member_id: other,
        inviter_id: who,
        code: text('code'),
        certainty: 'certain',
        reason: 'one_invite',
        is_rejoin: false,
        is_fake: false,
        joined_at: AT,
      },
      {
        ...place,
        member_id: who,
        certainty: 'unknown',
        reason: 'no_trace',
        is_rejoin: true,
        first_join_id: sql<string>`(select max(id) from invite_joins)`,
        is_fake: true,
        joined_at: new Date(AT.getTime() + 1),
      },
    ],
    invite_leaves: [
      { ...place, member_id: who, left_at: AT },
      { ...place, member_id: who, join_id: sql<string>`(select max(id) from invite_joins)`, left_at: AT },
    ],
    invite_adjustments: [
      { ...place, member_id: who, kind: 'set', count: 5, bonus: 5, actor_id: other, at: AT },
      {
        ...place,
        member_id: String(20_000 + base),
        kind: 'reset',
        count: 0,
        bonus: -5,
        actor_id: who,
        at: AT,
      },
    ],
    invite_hidden: [{ ...place, member_id: who, since: AT }],
    invite_announcements: [
      {
        ...place,
        join_id: sql<string>`(select max(id) from invite_joins)`,
        nonce: text('nonce'),
        due_at: AT,
        leased_until: AT,
        created_at: AT,
      },
    ],
    invite_troubles: [{ ...place, kind: who === MIA ? 'permission' : 'channel', told_at: AT }],
    sent_messages: [],
    idempotency_keys: [
      {
        ...place,
        user_id: who,
        caller: text('caller'),
        operation: text('operation'),
        key: text('key'),
        request_hash: text('request_hash'),
        status: 201,
        reply: json('reply'),
        created_at: AT,
      },
    ],
    web_sessions: [
      {
        id_hash: `session ${base}`,
        user_id: who,
        user_name: `name of ${who}`,
        guild_ids: [guild],
        csrf_token: 'secret',
        created_at: AT,
        last_seen_at: AT,
        expires_at: AT,
      },
    ],
    api_keys: [
      {
        ...place,
        user_id: who,
        name: text('name'),
        hash: `key ${base}`,
        shown: text('shown'),
        scopes: [text('scopes')],
        created_at: AT,
        expires_at: AT,
        last_used_at: AT,
        revoked_at: AT,
      },
    ],
    supabase_accounts:
      guild === HERE
        ? [{ supabase_user_id: randomUUID(), discord_user_id: who, linked_at: AT, checked_at: AT }]
        : [],
    webhook_receipts: [],
    audit_logs: [
      {
        ...place,
        user_id: who,
        command_name: text('command_name'),
        command_type: 'slash',
        success: false,
        failure: text('failure'),
        error_message: text('error_message'),
        duration_ms: 1,
        correlation_id: text('correlation_id'),
        created_at: AT,
      },
    ],
    health_check_history: [
      {
        service: text('service'),
        version: text('version'),
        uptime_seconds: 1,
        db_status: text('db_status'),
        gpt_status: text('gpt_status'),
        checked_at: AT,
      },
    ],
    ai_calls: [
      {
        ...place,
        profile: text('profile'),
        model: text('model'),
        outcome: text('outcome'),
        at: AT,
        latency_ms: 1,
        tokens_in: 1,
        tokens_out: 1,
        cost: '1',
      },
    ],
    guild_rules: [
      { ...place, rule_order: base, title: text('t'), description: text('d'), image_url: text('i') },
    ],
    guild_onboarding_questions: [
      {
        ...place,
        step_order: base,
        question: text('question'),
        question_type: 'text',
        help: text('help'),
        options: json('options'),
        followup: json('followup'),
      },
    ],
    onboarding_versions: [
      {
        ...place,
        version: base,
        content: json('content'),
        rules_hash: text('rules_hash'),
        published_by: who,
        published_at: AT,
      },
    ],
    guild_findings: [{ ...place, finding: text('finding'), found_at: AT, told_at: AT }],
    onboarding_panels: [{ ...place, channel_id: String(base), message_id: '5', posted_at: AT }],
    onboarding: [{ ...place, user_id: who, responses: json('responses'), version: base, timestamp: AT }],
    onboarding_sessions: [
      {
        ...place,
        user_id: who,
        version: base,
        mode: 'rules_only',
        place: text('place'),
        answers: json('answers'),
        typed: json('typed'),
        passed: [1],
        started_at: AT,
        rules_accepted_at: AT,
        updated_at: AT,
        finished_at: AT,
      },
      {
        ...place,
        user_id: who,
        preview: json('preview'),
        mode: 'rules_only',
        started_at: AT,
        updated_at: AT,
      },
    ],
    rule_acceptances: [
      {
        ...place,
        user_id: who,
        version: base,
        rules_hash: text('rules_hash'),
        locale: text('locale'),
        accepted_at: AT,
      },
    ],
    onboarding_duties: [
      {
        ...place,
        user_id: who,
        kind: 'add_role',
        role_id: number(11),
        nonce: text('nonce'),
        due_at: AT,
        leased_until: AT,
        last_error: text('last_error'),
        told_at: AT,
        created_at: AT,
      },
    ],
    bot_settings: [
      {
        ...place,
        scope: 'system',
        key: `key${base}`,
        value: json('value'),
        value_type: 'text',
        updated_by: who,
      },
    ],
    settings_history: [
      {
        ...place,
        scope: 'system',
        key: 'welcome',
        old_value: json('old_value'),
        new_value: json('new_value'),
        value_type: 'text',
        changed_by: who,
        change_type: 'updated',
      },
    ],
    reminders: [
      { ...reminder, ...recurring },
      { ...reminder, event_time: AT },
      { ...reminder, days: ['1'], recipient_id: who },
      // Somebody else's, for Mia alone.
      ...(who === MIA ? [{ ...reminder, event_time: AT, created_by: other, recipient_id: who }] : []),
    ],
    reminder_occurrences: [],
    announcements: [
      {
        ...place,
        message_id: String(base),
        channel_id: '6',
        author_id: who,
        state: 'asked',
        reason: 'unsure',
        fingerprint: text('fingerprint'),
        definition: json('definition'),
        question_channel_id: number(12),
        question_message_id: number(13),
        posted_at: AT,
        edited_at: AT,
        read_at: AT,
      },
    ],
    ticket_categories: [
      {
        ...place,
        position: base,
        name: 'billing',
        description: text('description'),
        emoji: text('emoji'),
        form: json('form'),
      },
    ],
    support_tickets: [
      {
        ...place,
        user_id: who,
        username: text('username'),
        description: text('description'),
        form: json('form'),
        claimed_by: who,
        closed_by: who,
        archived_by: who,
        close_reason: text('close_reason'),
        sync_error: text('sync_error'),
        category_id: sql<number>`(select max(id) from ticket_categories)`,
        origin_channel_id: '14',
        origin_message_id: '15',
        channel_id: String(1_000 + base),
        message_id: '16',
        escalated_to: '17',
        opened_at: AT,
        claimed_at: AT,
        first_response_at: AT,
        closed_at: AT,
        archived_at: AT,
        last_activity_at: AT,
        idle_due_at: AT,
        warned_at: AT,
        sync_due_at: AT,
        leased_until: AT,
        told_at: AT,
      },
    ],
    ticket_members: [
      { ...ofTicket, user_id: who, added_by: other, added_at: AT },
      { ...ofTicket, user_id: '99', added_by: who, added_at: AT },
    ],
    ticket_events: [
      {
        ...ofTicket,
        kind: 'opened',
        actor_id: who,
        from_status: 'open',
        to_status: 'open',
        category_id: 1,
        reason: text('reason'),
        at: AT,
      },
      { ...ofTicket, kind: 'member_added', actor_id: other, member_id: who, at: AT },
    ],
    ticket_duties: [
      {
        ...ofTicket,
        kind: 'say',
        nonce: text('nonce'),
        position: text('position'),
        last_error: text('last_error'),
        due_at: AT,
        created_at: AT,
      },
    ],
    ticket_messages: [
      {
        ...ofTicket,
        message_id: String(base),
        author_id: who,
        author_name: text('author_name'),
        is_bot: false,
        is_staff: false,
        content: text('content'),
        embeds: json('embeds'),
        stickers: json('stickers'),
        earlier: json('earlier'),
        reply_to_id: '1',
        sent_at: AT,
        edited_at: AT,
        deleted_at: AT,
      },
    ],
    ticket_files: [
      {
        ...ofTicket,
        message_id: String(base),
        attachment_id: String(base),
        user_id: who,
        name: text('name'),
        content_type: text('content_type'),
        bytes: '1',
        url: text('url'),
        sha256: String(base).padStart(64, '0'),
        state: 'stored',
        created_at: AT,
      },
      {
        ...ofTicket,
        attachment_id: String(1_000 + base),
        user_id: who,
        name: text('name'),
        bytes: '1',
        url: text('url'),
        due_at: AT,
        leased_until: AT,
        created_at: AT,
      },
    ],
    ticket_summaries: [
      {
        ...ofTicket,
        user_id: who,
        summary: text('summary'),
        source: 'plain',
        similarity_key: text('similarity_key'),
        terms: [text('terms')],
      },
    ],
    ticket_ratings: [
      { ...ofTicket, user_id: who, staff_id: who, rating: 5, comment: text('comment'), rated_at: AT },
    ],
    ticket_metrics: [
      {
        ...place,
        snapshot: json('snapshot'),
        scope: 'all',
        counts: json('counts'),
        topics: json('topics'),
        triggered_by: who,
      },
    ],
    ticket_blacklist: [
      { ...place, user_id: who, reason: text('reason'), added_by: other, added_at: AT, expires_at: AT },
      { ...place, user_id: String(10_000 + base), added_by: who, added_at: AT },
    ],
    ticket_panels: [
      {
        ...place,
        message_id: String(base),
        channel_id: '1',
        style: 'buttons',
        title: text('title'),
        text: text('text'),
        posted_at: AT,
      },
    ],
    ticket_topics: [
      {
        ...place,
        ticket_ids: [1],
        faq_entry_id: sql<number>`(select max(id) from faq_entries)`,
        nonce: text('nonce'),
        due_at: AT,
        leased_until: AT,
        decided_by: who,
        decided_at: AT,
        created_at: AT,
      },
    ],
    faq_entries: [
      {
        ...place,
        title: text('title'),
        summary: text('summary'),
        keywords: [text('keywords')],
        similarity_key: text('similarity_key'),
        meanings: [text('meanings')],
        language: 'nl',
        created_by: who,
        deleted_by: who,
        deleted_at: AT,
      },
    ],
    faq_offers: [{ ...place, user_id: who, request: json('request'), created_at: AT }],
    faq_search_logs: [{ ...place, query: text('query').slice(0, 100), found: 0, created_at: AT }],
    imported_rows: [
      { ...place, source_table: text('source_table'), old_id: String(base), new_id: '1', imported_at: AT },
    ],
    faq_counts: [{ ...place, day: `2026-12-0${base}`, offered: 1 }],
    faq_notes: [],
    privacy_documents: [
      {
        ...place,
        version: base,
        locale: 'nl',
        content: text('content'),
        content_hash: text('content_hash'),
        published_by: who,
        published_at: AT,
      },
    ],
    privacy_drafts: [
      {
        ...place,
        locale: base % 2 === 0 ? 'nl' : 'en-US',
        content: text('content'),
        updated_by: who,
        updated_at: AT,
      },
    ],
    privacy_posts: [],
    privacy_agreements: [
      {
        ...place,
        user_id: who,
        version: base,
        locale: 'nl',
        content_hash: text('content_hash'),
        agreed_at: AT,
        withdrawn_at: AT,
      },
    ],
    privacy_exports: guild === HERE ? [{ user_id: who, exported_at: AT }] : [],
    erasures: [
      {
        ...place,
        kind: 'asked',
        user_id: who,
        locale: text('locale'),
        code: text('code'),
        requested_at: AT,
        due_at: AT,
        started_at: AT,
        leased_until: AT,
        last_error: text('last_error'),
      },
    ],
    member_rounds: [],
    bot_guilds: [],
  };
}

/** In an order in which each row finds those it refers to. */
export const FILLED: readonly (keyof DB)[] = [
  'guild_rules',
  'guild_onboarding_questions',
  'onboarding_versions',
  'onboarding_panels',
  'guild_findings',
  'onboarding',
  'onboarding_sessions',
  'rule_acceptances',
  'onboarding_duties',
  'bot_settings',
  'settings_history',
  'reminders',
  'announcements',
  'ticket_categories',
  'support_tickets',
  'ticket_members',
  'ticket_events',
  'ticket_duties',
  'ticket_messages',
  'ticket_files',
  'ticket_summaries',
  'ticket_ratings',
  'ticket_metrics',
  'ticket_blacklist',
  'ticket_panels',
  'faq_entries',
  'faq_offers',
  'faq_search_logs',
  'faq_counts',
  'imported_rows',
  'ticket_topics',
  'invite_joins',
  'invite_leaves',
  'invite_adjustments',
  'invite_hidden',
  'invite_announcements',
  'invite_troubles',
  'ai_questions',
  'ai_consents',
  'ai_budgets',
  'ai_calls',
  'idempotency_keys',
  'web_sessions',
  'api_keys',
  'supabase_accounts',
  'audit_logs',
  'health_check_history',
  'privacy_documents',
  'privacy_drafts',
  'privacy_agreements',
  'privacy_exports',
  'erasures',
];

/** Fills every table for two members in two guilds. */
export async function writeMarkedRows(db: Database): Promise<void> {
  let base = 1;
  for (const guild of [HERE, THERE]) {
    await db.insertInto('bot_guilds').values({ guild_id: guild, joined_at: AT }).execute();
    await db
      .insertInto('privacy_posts')
      .values({ guild_id: guild, channel_id: '1', message_id: '2', version: 1, posted_at: AT })
      .execute();
    await db
      .insertInto('faq_notes')
      .values({ guild_id: guild, since: AT, due_at: AT, leased_until: AT })
      .execute();
    for (const [who, other] of [
      [MIA, SAM],
      [SAM, MIA],
    ] as const) {
      const rows = rowsOf(who, guild, other, base);
      for (const table of FILLED)
        for (const row of rows[table]) await db.insertInto(table).values(row).execute();
      // Of a reminder that stays, so that it is not gone with it.
      await sql`
        insert into reminder_occurrences
          (reminder_id, guild_id, kind, due_at, event_at, offset_minutes, state, next_attempt_at, last_error, nonce, message_id,
           leased_until, maybe_sent_at, settled_at, retried_at, notice_due_at, done_by, done_at)
        select id, guild_id, 'event', ${AT}, ${AT}, 0, 'sent', ${AT}, 'error', 'nonce', 7, ${AT}, ${AT}, ${AT}, ${AT}, ${AT}, ${who}, ${AT}
        from reminders where guild_id = ${guild} and created_by = ${who} and rrule is not null`.execute(db);
      // In the ticket of somebody else.
      await sql`
        insert into support_tickets (guild_id, user_id, description, status, closed_at, last_activity_at)
        values (${guild}, 99, '', 'closed', ${AT}, ${AT})`.execute(db);
      await sql`
        insert into ticket_summaries (guild_id, ticket_id, user_id, summary, source, answered_by, answer)
        select guild_id, max(id), 99, '', 'plain', ${who}, ${textOf(who, guild)}
        from support_tickets where guild_id = ${guild} group by guild_id`.execute(db);
      base += 1;
    }
  }
}
