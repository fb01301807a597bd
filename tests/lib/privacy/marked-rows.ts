import { sql, type Insertable } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';

/** Ids that no other number in a row contains. */
export const [MIA, SAM] = ['7000000000001', '8000000000002'] as const;
export const [HERE, THERE] = ['9100000000003', '9200000000004'] as const;

/** Stands in every text of a member's rows in a guild; beside it the member's own id. */
export const textOf = (who: string, guild: string): string =>
  `written-by-${who === MIA ? 'mia' : 'sam'}-in-${guild}`;

const AT = new Date('2026-12-01T09:00:00Z');

type Rows = { readonly [T in keyof DB]: readonly Insertable<DB[T]>[] };

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
  const recurring = { rrule: 'FREQ=DAILY', recurs_from: '2026-12-01', recurs_until: '2027-12-01' };
  return {
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
    bot_guilds: [],
  };
}

/** In an order in which each row finds those it refers to. */
export const FILLED: readonly (keyof DB)[] = [
  'guild_rules',
  'guild_onboarding_questions',
  'onboarding_versions',
  'onboarding_panels',
  'onboarding',
  'onboarding_sessions',
  'rule_acceptances',
  'onboarding_duties',
  'bot_settings',
  'settings_history',
  'reminders',
  'announcements',
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
           leased_until, maybe_sent_at, settled_at, retried_at, done_by, done_at)
        select id, guild_id, 'event', ${AT}, ${AT}, 0, 'sent', ${AT}, 'error', 'nonce', 7, ${AT}, ${AT}, ${AT}, ${AT}, ${who}, ${AT}
        from reminders where guild_id = ${guild} and created_by = ${who} and rrule is not null`.execute(db);
      base += 1;
    }
  }
}
