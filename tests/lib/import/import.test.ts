import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { compareGuilds } from '#lib/privacy/leaving';
import { ImportError, OldDatabase } from '#lib/import/old-database';
import { useDatabase } from '../../setup/database.ts';
import { GUILD, importFrom, NOW, OTHER_GUILD, saidOf, useOldBot } from './old-bot.ts';
import { BY_3_14, BY_COGS, BY_MIGRATION } from './old-shapes.ts';

const [ANNA, BEN, CARA] = ['700000000000000001', '700000000000000002', '700000000000000003'];
const [LOG, CHAT, TICKET_12, ROLE] = [
  '800000000000000001',
  '800000000000000002',
  '800000000000000012',
  '810000000000000001',
];
const POST = '850000000000000001';

/** What each of the three has. */
const COMMON = `
  insert into bot_settings (guild_id, scope, key, value, value_type, updated_by, updated_at) values
    (${GUILD}, 'system', 'log_channel_id', '${LOG}', 'channel', ${ANNA}, '2026-11-01T10:00:00Z'),
    (${GUILD}, 'system', 'log_level', '"\\"critical\\""', 'string', ${ANNA}, '2026-11-01T10:00:00Z'),
    (${GUILD}, 'system', 'rules_channel_id', '0', 'channel', ${ANNA}, now()),
    (${GUILD}, 'onboarding', 'mode', '"\\"rules_only\\""', 'string', ${ANNA}, '2026-11-02T10:00:00Z'),
    (${GUILD}, 'onboarding', 'enabled', '"true"', 'boolean', ${ANNA}, now()),
    (${GUILD}, 'onboarding', 'completion_role_id', 'null', 'role', ${ANNA}, now()),
    (${GUILD}, 'embedwatcher', 'reminder_offset_minutes', '45', 'int', ${ANNA}, '2026-11-03T10:00:00Z'),
    (${GUILD}, 'ticketbot', 'idle_days_threshold', '99', 'int', ${ANNA}, now()),
    (${GUILD}, 'gpt', 'temperature', '0.65', 'float', null, '2026-11-03T10:00:00Z'),
    (${GUILD}, 'gpt', 'model', '"gpt 4; drop"', 'str', ${ANNA}, now()),
    (${GUILD}, 'fyi', 'first_reminder', 'true', 'bool', ${ANNA}, now()),
    (${GUILD}, 'reminders', 'allow_everyone_mentions', 'true', 'bool', ${ANNA}, '2026-11-03T10:00:00Z'),
    (${OTHER_GUILD}, 'onboarding', 'enabled', 'false', 'boolean', ${BEN}, '2026-11-04T10:00:00Z'),
    (${OTHER_GUILD}, 'onboarding', 'mode', '"questions_only"', 'string', ${BEN}, now()),
    (0, 'gpt', 'model', '"grok-3"', 'str', ${ANNA}, now());
  insert into settings_history (guild_id, scope, key, old_value, new_value, value_type, changed_by, changed_at, change_type) values
    (${GUILD}, 'embedwatcher', 'reminder_offset_minutes', null, '30', 'int', ${ANNA}, '2026-10-01T10:00:00Z', 'created'),
    (${GUILD}, 'embedwatcher', 'reminder_offset_minutes', '30', '45', 'int', ${BEN}, '2026-11-03T10:00:00Z', 'rollback'),
    (${GUILD}, 'system', 'log_channel_id', null, '1', 'channel', ${ANNA}, '2026-10-01T10:00:00Z', 'created'),
    (${GUILD}, 'gpt', 'temperature', null, '1', 'float', ${ANNA}, '2020-10-01T10:00:00Z', 'created'),
    (${GUILD}, 'fyi', 'first', null, 'true', 'bool', ${ANNA}, '2026-10-01T10:00:00Z', 'created');
  insert into guild_rules (guild_id, rule_order, title, description, enabled) values
    (${GUILD}, 2, 'No spam', 'Not here.', true), (${GUILD}, 1, 'Be kind', 'To all.', true), (${GUILD}, 3, ' ', '', true),
    (${GUILD}, 4, 'Old', 'Off.', false);
  insert into guild_onboarding_questions (guild_id, step_order, question, question_type, options, followup, required, enabled) values
    (${GUILD}, 1, 'How did you find us?', 'select', '[{"label":"A friend","value":"friend"},{"label":"Search","value":"search_engine"}]',
      '{"friend":{"question":"Which friend?"}}', true, true),
    (${GUILD}, 2, 'What do you like?', 'multiselect', '"[{\\"label\\":\\"Tea\\",\\"value\\":\\"tea\\"},{\\"label\\":\\"Mate\\",\\"value\\":\\"mate\\"}]"',
      null, false, true),
    (${GUILD}, 3, 'Your address, if you would like to hear from us now and then', 'email', null, null, false, true),
    (${GUILD}, 4, 'Pick one', 'select', null, null, true, true),
    (${GUILD}, 5, 'Draw', 'canvas', null, null, true, true);
  insert into reminders
    (guild_id, name, channel_id, time, call_time, days, message, created_by, origin_channel_id, origin_message_id, event_time, location,
     last_sent_at) values
    (${GUILD}, 'Yoga', ${CHAT}, '18:30', '19:30', '{woensdag,Friday}', 'Bring a mat', ${ANNA}, null, null, null, '-', '2026-11-27T17:30:00Z'),
    (${GUILD}, 'Late', ${CHAT}, '23:30', '00:30', '{2}', null, null, null, null, null, null, null),
    (${GUILD}, '🤖 Auto - Quiz', ${CHAT}, '19:15', '20:15', '{}', 'Quiz', ${ANNA}, ${CHAT}, ${POST}, '2026-12-10T19:15:00Z', 'Room 1', null),
    (${GUILD}, '🤖 Auto - Quiz', ${CHAT}, '19:15', '20:15', '{}', 'Quiz', ${ANNA}, ${CHAT}, ${POST}, '2026-12-10T19:15:00Z', 'Room 1', null),
    (${GUILD}, 'Moved', ${CHAT}, '20:00', '21:00', null, 'm', ${ANNA}, null, null, '2026-12-11T18:00:00Z', null, null),
    (${GUILD}, 'Over', ${CHAT}, '18:30', '19:30', '{}', 'm', ${ANNA}, null, null, '2026-11-01T18:30:00Z', null, null),
    (${GUILD}, 'Monday?', ${CHAT}, '18:30', '19:30', '{0}', 'm', ${ANNA}, null, null, '2026-11-02T18:30:00Z', null, null),
    (${GUILD}, 'Never', ${CHAT}, '18:30', '19:30', '{}', 'm', ${ANNA}, null, null, null, null, null),
    (${GUILD}, 'Nowhere', 0, '18:30', '19:30', '{1}', 'm', ${ANNA}, null, null, null, null, null),
    (0, 'Nobody''s', ${CHAT}, '18:30', '19:30', '{1}', 'm', ${ANNA}, null, null, null, null, null);
  insert into support_tickets
    (id, guild_id, user_id, username, description, status, created_at, channel_id, claimed_by, claimed_at, updated_at, escalated_to) values
    (12, ${GUILD}, ${ANNA}, 'anna', '  I cannot log in ', 'open', '2026-11-20T10:00:00Z', ${TICKET_12}, ${BEN}, '2026-11-20T11:00:00Z', '2026-11-20T11:00:00Z', 0),
    (13, ${GUILD}, ${BEN}, 'ben', 'No place', 'open', '2026-11-20T10:00:00Z', null, null, null, '2026-11-21T10:00:00Z', null),
    (14, ${GUILD}, ${BEN}, 'ben', 'Done', 'closed', '2026-11-01T10:00:00Z', null, null, null, '2026-11-02T10:00:00Z', null),
    (15, ${GUILD}, ${BEN}, 'ben', 'Long ago', 'closed', '2024-11-01T10:00:00Z', null, null, null, '2024-11-02T10:00:00Z', null),
    (16, ${GUILD}, ${CARA}, null, 'Odd', 'parked', '2026-11-20T10:00:00Z', '800000000000000016', null, null, null, ${ROLE});
  insert into audit_logs (guild_id, user_id, command_name, command_type, success, error_message, created_at) values
    (${GUILD}, ${ANNA}, 'add_reminder', 'slash', true, null, '2026-11-20T10:00:00Z'),
    (0, ${ANNA}, 'help', 'text', false, 'what somebody wrote', '2026-11-20T10:00:00Z'),
    (${GUILD}, ${ANNA}, 'old', 'slash', true, null, '2025-11-20T10:00:00Z'),
    (${GUILD}, ${ANNA}, 'odd', 'telepathy', true, null, '2026-11-20T10:00:00Z');`;

const RESPONSES = {
  [ANNA]: {
    0: { choice: 'friend', followup: 'Ben', followup_label: 'Which friend?' },
    1: ['tea', 'mate'],
    2: 'anna@example.org',
  },
  [BEN]: { 0: 'search_engine', 1: ['tea', 'coffee'], 2: '', personalized: true },
};
const responsesOf = (who: string): string => `'${JSON.stringify(RESPONSES[who])}'`;

const bot = useOldBot();
const database = useDatabase();
const rowsOf = async (query: string): Promise<unknown[]> => {
  const { rows } = await sql<Record<string, unknown>>`${sql.raw(query)}`.execute(database().db);
  return rows.map((row) => Object.values(row));
};
/** All rows there are, but for when they were brought. */
const everything = async (): Promise<string> => {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' order by 1`.execute(
    database().db,
  );
  const tables: unknown[] = [];
  for (const { name } of rows)
    tables.push([name, await rowsOf(`select to_jsonb(one)::text from ${name} one order by 1`)]);
  return JSON.stringify(tables, null, 1);
};

beforeEach(() => database().empty());

describe('of the first migration', () => {
  const FIXTURE = [
    BY_MIGRATION,
    COMMON,
    `insert into onboarding values (${GUILD}, ${ANNA}, ${responsesOf(ANNA)}, '2026-11-05 10:00:00'), (${GUILD}, ${BEN}, ${responsesOf(BEN)}, null);
     insert into faq_entries (title, summary, keywords, created_at) values
       ('Login', 'Use the button.', '{login,password}', '2026-10-01T10:00:00Z'), ('Empty', '  ', null, now());
     insert into faq_search_logs (user_id, query, results_count, searched_at) values
       (${ANNA}, 'login  broken', 2, '2026-11-25T10:00:00Z'), (${ANNA}, 'old', 0, '2026-01-25T10:00:00Z');`,
  ];
  beforeEach(() => bot().make(...FIXTURE));

  test('settings come as they can be here, and their history', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf(`select guild_id::text, scope || '.' || key, value::text, value_type, updated_by::text, to_char(updated_at, 'MM-DD')
        from bot_settings order by 1, 2`),
    ).toEqual([
      [GUILD, 'onboarding.mode', '"rules_only"', 'choice', ANNA, '11-02'],
      [GUILD, 'reminders.allow_everyone_mentions', 'true', 'boolean', ANNA, '11-03'],
      [GUILD, 'reminders.offset_minutes', '45', 'integer', ANNA, '11-03'],
      [GUILD, 'system.log_channel_id', `"${LOG}"`, 'channel', ANNA, '11-01'],
      [GUILD, 'system.log_level', '"critical"', 'choice', ANNA, '11-01'],
      [OTHER_GUILD, 'onboarding.mode', '"disabled"', 'choice', BEN, '11-04'],
    ]);
    expect(
      await rowsOf(`select scope || '.' || key, old_value::text, new_value::text, changed_by::text, change_type from settings_history
        where key = 'offset_minutes' order by id`),
    ).toEqual([
      ['reminders.offset_minutes', null, '30', ANNA, 'created'],
      ['reminders.offset_minutes', '30', '45', BEN, 'updated'],
    ]);
    expect(said['bot_settings']).toEqual([
      'bot_settings: 6 came, 1 here already, 8 left',
      '  repaired 1: is called reminders.offset_minutes here (embedwatcher.reminder_offset_minutes)',
      '  repaired 2: stood in quotes that were part of the value (onboarding.mode, system.log_level)',
      '  repaired 1: is called onboarding.mode here (onboarding.enabled)',
      '  left 1: it belongs to no server (guild_id 0) (gpt.model)',
      '  left 1: there is no such setting here (fyi.first_reminder)',
      `  left 1: gpt.model cannot be so here: it has characters that are not taken (${GUILD})`,
      '  left 3: nothing was set: null, 0, or onboarding on, which its mode says (onboarding.completion_role_id, onboarding.enabled, system.rules_channel_id)',
      `  left 1: ticketbot.idle_days_threshold cannot be so here: it is no number from 1 to 30 (${GUILD})`,
      '  left 1: onboarding was switched off, which is a mode here (onboarding.mode)',
    ]);
    expect(said['settings_history']).toEqual([
      'settings_history: 2 came, 3 left',
      '  repaired 2: is called reminders.offset_minutes here (1, 2)',
      '  left 1: its value cannot be so here (3)',
      '  left 1: it is older than the 365 days that this bot keeps, or has no date (4)',
      '  left 1: there is no such setting here (fyi.first)',
    ]);
  });

  test('rules and questions come in order and are published', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf('select rule_order, title, description, enabled from guild_rules order by 1'),
    ).toEqual([
      [1, 'Be kind', 'To all.', true],
      [2, 'No spam', 'Not here.', true],
      [3, 'Old', 'Off.', false],
    ]);
    expect(
      await rowsOf(`select step_order, question, question_type, help, options::text, followup::text, required, is_private, enabled
        from guild_onboarding_questions order by 1`),
    ).toEqual([
      [
        1,
        'How did you find us?',
        'select',
        null,
        '[{"label": "A friend", "value": "friend"}, {"label": "Search", "value": "search-engine"}]',
        '{"friend": {"question": "Which friend?"}}',
        true,
        false,
        true,
      ],
      [
        2,
        'What do you like?',
        'multiselect',
        null,
        '[{"label": "Tea", "value": "tea"}, {"label": "Mate", "value": "mate"}]',
        null,
        false,
        false,
        true,
      ],
      [
        3,
        'Your address, if you would like to hear from…',
        'email',
        'Your address, if you would like to hear from us now and then',
        null,
        null,
        false,
        true,
        true,
      ],
      [4, 'Pick one', 'select', null, null, null, true, false, false],
    ]);
    expect(
      await rowsOf(`select version, jsonb_array_length(content -> 'rules') rules, jsonb_array_length(content -> 'questions') questions, published_by::text
        from onboarding_versions where version > 0`),
    ).toEqual([[1, 2, 3, '0']]);
    expect([said['guild_rules'], said['guild_onboarding_questions'], said['onboarding, published']]).toEqual([
      ['guild_rules: 3 came, 1 left', '  left 1: it has no words, or is of no kind that there is (3)'],
      [
        'guild_onboarding_questions: 4 came, 1 left',
        '  repaired 1: was longer than a question may be; it is cut, and whole in its help where it fits (3)',
        '  repaired 1: had no options; it is switched off until /onboarding gives it some (4)',
        '  left 1: it has no words, or is of no kind that there is (5)',
      ],
      ['onboarding, published: 1 came'],
    ]);
  });

  test('answers come to the questions that they fit, and in words to the others', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf('select user_id::text, version, responses, timestamp from onboarding order by 1'),
    ).toEqual([
      [
        ANNA,
        0,
        {
          1: { choice: 'friend', followup: 'Ben', followup_label: 'Which friend?' },
          2: ['tea', 'mate'],
          3: 'anna@example.org',
        },
        new Date('2026-11-05T10:00:00Z'),
      ],
      [BEN, 0, { 1: 'search-engine', 3: null, '-2': 'tea, coffee', '-1001': 'true' }, NOW],
    ]);
    expect(
      await rowsOf(`select one ->> 'id' id, one ->> 'text' text, one ->> 'isPrivate' private from onboarding_versions,
        jsonb_array_elements(content -> 'questions') one where version = 0 order by 1`),
    ).toEqual([
      ['-1001', 'personalized', 'true'],
      ['-2', 'What do you like?', 'false'],
      ['1', 'How did you find us?', 'false'],
      ['2', 'What do you like?', 'false'],
      ['3', 'Your address, if you would like to hear from…', 'true'],
    ]);
    expect(said['onboarding']).toEqual([
      'onboarding: 2 came',
      `  repaired 1: an answer does not fit the question as it is now; it is kept in words (one in ${GUILD})`,
      `  repaired 1: had no date (one in ${GUILD})`,
    ]);
  });

  test('reminders come with what they owe', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf(`select name, time::text, call_time::text, days, message, created_by::text, event_time, location, offset_minutes,
        mention_everyone, source, last_sent_at from reminders order by id`),
    ).toEqual([
      [
        'Yoga',
        '18:30:00',
        '19:30:00',
        ['2', '4'],
        'Bring a mat',
        ANNA,
        null,
        null,
        60,
        true,
        'command',
        new Date('2026-11-27T17:30:00Z'),
      ],
      ['Late', '23:30:00', '00:30:00', ['2'], '', '0', null, null, 60, true, 'command', null],
      [
        '🤖 Auto - Quiz',
        '19:15:00',
        '20:15:00',
        [],
        'Quiz',
        ANNA,
        new Date('2026-12-10T19:15:00Z'),
        'Room 1',
        60,
        true,
        'announcement',
        null,
      ],
      [
        'Moved',
        '20:00:00',
        '21:00:00',
        [],
        'm',
        ANNA,
        new Date('2026-12-11T20:00:00Z'),
        null,
        60,
        true,
        'command',
        null,
      ],
    ]);
    expect(
      await rowsOf(
        `select reminder_id, kind, due_at, state from reminder_occurrences order by reminder_id, due_at`,
      ),
    ).toEqual([
      [1, 'advance', new Date('2026-12-02T17:30:00Z'), 'pending'],
      // In the night from Tuesday to Wednesday: Wednesday's event, announced on Tuesday.
      [2, 'advance', new Date('2026-12-01T22:30:00Z'), 'pending'],
      [3, 'advance', new Date('2026-12-10T18:15:00Z'), 'pending'],
      [3, 'event', new Date('2026-12-10T19:15:00Z'), 'pending'],
      [4, 'advance', new Date('2026-12-11T19:00:00Z'), 'pending'],
      [4, 'event', new Date('2026-12-11T20:00:00Z'), 'pending'],
    ]);
    expect(
      await rowsOf('select message_id::text, state, reminder_id, author_id::text from announcements'),
    ).toEqual([[POST, 'created', 3, ANNA]]);
    expect(said['reminders']).toEqual([
      'reminders: 4 came, 6 left',
      '  repaired 1: named its days in words (1)',
      '  repaired 1: its date had another time of day than it was sent at (5)',
      '  left 1: it belongs to no server (guild_id 0) (10)',
      '  left 1: another reminder is of the same announcement (4)',
      '  left 1: it is over (6)',
      '  left 1: it is over; it named days, but the Python bot sent it on its date alone (7)',
      '  left 1: it names no day and no date, so it never came (8)',
      '  left 1: it names no channel (9)',
    ]);
  });

  test('tickets keep their numbers, and their channels are looked after', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf(`select id, user_id::text, username, description, status, channel_id::text, claimed_by::text, escalated_to::text, closed_at,
        closed_by::text, last_activity_at, sync_due_at, slot from support_tickets order by id`),
    ).toEqual([
      [12, ANNA, 'anna', 'I cannot log in', 'claimed', TICKET_12, BEN, null, null, null, NOW, NOW, 1],
      [
        13,
        BEN,
        'ben',
        'No place',
        'closed',
        null,
        null,
        null,
        new Date('2026-11-21T10:00:00Z'),
        '0',
        new Date('2026-11-21T10:00:00Z'),
        null,
        1,
      ],
      [
        14,
        BEN,
        'ben',
        'Done',
        'closed',
        null,
        null,
        null,
        new Date('2026-11-02T10:00:00Z'),
        '0',
        new Date('2026-11-02T10:00:00Z'),
        null,
        1,
      ],
      [16, CARA, null, 'Odd', 'open', '800000000000000016', null, ROLE, null, null, NOW, NOW, 1],
    ]);
    const next = await rowsOf(`select nextval(pg_get_serial_sequence('support_tickets', 'id'))::int`);
    expect(next).toEqual([[17]]);
    expect(said['support_tickets']).toEqual([
      'support_tickets: 4 came, 1 left',
      '  repaired 1: was open and claimed, which is a status here (12)',
      '  repaired 1: was open and has no channel; it is closed (13)',
      '  repaired 1: had a status that does not exist; it is taken for open (16)',
      '  left 1: it was closed more than 365 days ago, which is as long as this bot keeps one (15)',
    ]);
  });

  test('the FAQ, its searches and the audit log', async () => {
    const said = saidOf(await importFrom(bot(), database(), { guildId: GUILD }));
    expect(
      await rowsOf(
        'select guild_id::text, title, summary, keywords, language, created_by::text, created_at from faq_entries',
      ),
    ).toEqual([
      [
        GUILD,
        'Login',
        'Use the button.',
        ['login', 'password'],
        'en-US',
        '0',
        new Date('2026-10-01T10:00:00Z'),
      ],
    ]);
    expect(await rowsOf('select guild_id::text, query, found, created_at from faq_search_logs')).toEqual([
      [GUILD, 'login broken', 2, new Date('2026-11-25T10:00:00Z')],
    ]);
    expect(
      await rowsOf(
        `select guild_id::text, user_id::text, command_name, command_type, success, failure, error_message from audit_logs order by id`,
      ),
    ).toEqual([
      [GUILD, ANNA, 'add_reminder', 'slash', true, null, null],
      ['0', ANNA, 'help', 'text', false, 'unknown', null],
    ]);
    expect([said['faq_entries'], said['faq_search_logs'], said['audit_logs']]).toEqual([
      ['faq_entries: 1 came, 1 left', '  left 1: it has no words (2)'],
      [
        'faq_search_logs: 1 came, 1 left',
        '  left 1: it is older than the 30 days that this bot keeps, or has no date (2)',
      ],
      [
        'audit_logs: 2 came, 2 left',
        '  left 1: it is older than the 90 days that this bot keeps, or has no date (3)',
        '  left 1: it names no member, no command or no kind of command (4)',
      ],
    ]);
  });
});

describe('of its parts', () => {
  const FIXTURE = [
    BY_COGS,
    COMMON.replaceAll(OTHER_GUILD, GUILD).replace(
      /\(900000000000000001, 'onboarding', 'enabled', 'false'[^;]*?now\(\)\),\n\s*\(0,/,
      '(0,',
    ),
    `update support_tickets set status = 'archived', archived_at = '2026-11-03T10:00:00Z', archived_by = ${BEN}, channel_id = ${CHAT} where id = 14;
     insert into onboarding (user_id, responses, timestamp) values (${ANNA}, ${responsesOf(ANNA)}, '2026-11-05 10:00:00');
     insert into ticket_summaries (ticket_id, summary, similarity_key, created_at) values
       (14, 'First', 'a-b', '2026-11-02T10:00:00Z'), (14, 'Anna could not log in', 'a-b', '2026-11-03T10:00:00Z'), (99, 'Gone', null, now());
     insert into ticket_metrics (snapshot) values ('{}'), ('{}');
     insert into faq_entries (similarity_key, summary, created_by, created_at) values
       ('log-in', E'Use the button.\\nThen wait.', ${BEN}, '2026-10-01T10:00:00Z');
     insert into faq_search_logs (query, match_count, created_at) values ('log in', 0, '2026-11-25T10:00:00Z');
     insert into gdpr_acceptance values (${ANNA}, 1, now());
     insert into invite_tracker values (${ANNA}, 5), (${BEN}, 0), (${CARA}, 2000000);`,
  ];
  beforeEach(() => bot().make(...FIXTURE));

  test('what names no server is the only one’s', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(await rowsOf('select guild_id::text, user_id::text, timestamp from onboarding')).toEqual([
      [GUILD, ANNA, new Date('2026-11-05T10:00:00Z')],
    ]);
    expect(await rowsOf('select guild_id::text, title, summary, created_by::text from faq_entries')).toEqual([
      [GUILD, 'Use the button.', 'Use the button.\nThen wait.', BEN],
    ]);
    expect(await rowsOf('select guild_id::text, query, found from faq_search_logs')).toEqual([
      [GUILD, 'log in', 0],
    ]);
    expect([said['faq_entries'], said['onboarding']]).toEqual([
      ['faq_entries: 1 came', '  repaired 1: had no title; it begins as its answer does (1)'],
      ['onboarding: 1 came'],
    ]);
  });

  test('an archived ticket and its newest summary', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf(
        'select status, channel_id, closed_at, archived_at, archived_by::text, sync_due_at from support_tickets where id = 14',
      ),
    ).toEqual([
      ['archived', null, new Date('2026-11-02T10:00:00Z'), new Date('2026-11-03T10:00:00Z'), BEN, null],
    ]);
    expect(
      await rowsOf(
        'select guild_id::text, ticket_id, user_id::text, summary, source, terms, created_at from ticket_summaries',
      ),
    ).toEqual([
      [
        GUILD,
        14,
        BEN,
        'Anna could not log in',
        'ai',
        expect.arrayContaining(['anna']),
        new Date('2026-11-03T10:00:00Z'),
      ],
    ]);
    expect(said['ticket_summaries']).toEqual([
      'ticket_summaries: 1 came, 2 left',
      '  left 1: a newer one of the same ticket came (1)',
      '  left 1: its ticket is not here (3)',
      '  Their similarity keys stayed: what is alike is found by the words here.',
    ]);
  });

  test('counts of invites are added', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      await rowsOf(
        'select guild_id::text, member_id::text, kind, count, bonus, at from invite_adjustments order by member_id',
      ),
    ).toEqual([
      [GUILD, ANNA, 'import', 5, 5, NOW],
      [GUILD, CARA, 'import', 1_000_000, 1_000_000, NOW],
    ]);
    expect(said['invite_tracker']).toEqual([
      'invite_tracker: 2 came, 1 left',
      `  repaired 1: was more than can be counted (one in ${GUILD})`,
      '  left 1: it names no member, or counts nothing',
    ]);
  });

  test('what has no place here is named', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect([said['ticket_metrics'], said['gdpr_acceptance'], said['health_check_history']]).toEqual([
      [
        'ticket_metrics: 0 came, 2 left',
        '  left 2: its counts were of all servers together; /ticket_stats counts the tickets themselves',
      ],
      [
        'gdpr_acceptance: 0 came, 1 left',
        '  left 1: the Python bot noted that somebody agreed, not to which text; /gdpr publishes yours, and members agree to that',
      ],
      ['health_check_history: 0 came'],
    ]);
  });
});

describe('of version 3.14', () => {
  const FIXTURE = [
    BY_3_14,
    COMMON,
    `update reminders set completed = true where name = 'Yoga';
     update reminders set image_url = 'https://example.org/late.png' where name = 'Late';
     update guild_rules set thumbnail_url = 'https://example.org/kind.png' where title = 'Be kind';
     update guild_rules set image_url = 'http://127.0.0.1/spam.png' where title = 'No spam';
     insert into onboarding values (${OTHER_GUILD}, ${BEN}, ${responsesOf(BEN)}, '2026-11-05 10:00:00');
     insert into faq_entries (title, summary) values ('Login', 'Use the button.');
     insert into automod_rules (guild_id, name) values (${GUILD}, 'No links');
     insert into custom_commands (guild_id, name) values (${GUILD}, 'hi');
     insert into engagement_badges (guild_id, user_id) values (${GUILD}, ${ANNA});
     insert into alembic_version values ('027');
     create table vendor_things (id int); insert into vendor_things values (1);`,
  ];
  beforeEach(() => bot().make(...FIXTURE));

  test('what is new in its tables', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(await rowsOf('select name from reminders order by id')).toEqual([
      ['Late'],
      ['🤖 Auto - Quiz'],
      ['Moved'],
    ]);
    expect(await rowsOf('select title, image_url from guild_rules order by rule_order')).toEqual([
      ['Be kind', 'https://example.org/kind.png'],
      ['No spam', null],
      ['Old', null],
    ]);
    expect(said['reminders']).toEqual(
      expect.arrayContaining([
        '  repaired 1: comes without its picture (2)',
        '  left 1: it was marked as done (1)',
      ]),
    );
    expect(said['guild_rules']).toContain(
      '  repaired 1: comes without its picture, whose address cannot be used (1)',
    );
  });

  test('answers to the questions that it asked where a server had none of its own', async () => {
    await importFrom(bot(), database());
    expect(await rowsOf('select guild_id::text, user_id::text, responses from onboarding')).toEqual([
      [OTHER_GUILD, BEN, { '-1': 'search_engine', '-2': 'tea, coffee', '-1001': 'true' }],
    ]);
    expect(
      await rowsOf(`select one ->> 'id' id, one ->> 'text' text from onboarding_versions, jsonb_array_elements(content -> 'questions') one
        where version = 0 and guild_id = ${OTHER_GUILD} order by 1`),
    ).toEqual([
      ['-1', 'How they found the server'],
      ['-1001', 'personalized'],
      ['-2', 'Why they joined'],
    ]);
  });

  test('tables of what is not here are named with the reason, and so are foreign ones', async () => {
    const said = saidOf(await importFrom(bot(), database()));
    expect(
      ['automod_rules', 'custom_commands', 'engagement_badges', 'terms_acceptance', 'vendor_things'].map(
        (table) => said[table],
      ),
    ).toEqual([
      ['automod_rules: 0 came, 1 left', '  left 1: there is no auto-moderation here'],
      ['custom_commands: 0 came, 1 left', '  left 1: there are no custom commands here'],
      [
        'engagement_badges: 0 came, 1 left',
        '  left 1: there are no challenges, awards, badges or streaks here',
      ],
      ['terms_acceptance: 0 came'],
      ['vendor_things: 0 came, 1 left', '  left 1: no known Alphapy has such a table'],
    ]);
  });

  test('of several servers, the one that is given has what names none', async () => {
    const without = saidOf(await importFrom(bot(), database()));
    expect(without['faq_entries']).toEqual([
      'faq_entries: 0 came, 1 left',
      '  left 1: the table names no server, and there are several; say whose it is with --guild <server id> (1)',
    ]);
    await importFrom(bot(), database(), { guildId: OTHER_GUILD });
    expect(await rowsOf('select guild_id::text, title from faq_entries')).toEqual([[OTHER_GUILD, 'Login']]);
    await expect(importFrom(bot(), database(), { guildId: '900000000000000003' })).rejects.toThrow(
      `Its servers are: ${GUILD}, ${OTHER_GUILD}.`,
    );
  });

  test('run again, nothing comes twice, and nothing that was changed or deleted here comes back', async () => {
    await importFrom(bot(), database());
    const once = await everything();
    const again = await importFrom(bot(), database(), { now: new Date(NOW.getTime() + 60_000) });
    const withoutTimes = (text: string): string => text.replaceAll(/\\"published_at\\": \\"[^"]+\\"/g, '');
    expect(withoutTimes(await everything())).toBe(withoutTimes(once));
    expect(again.filter(({ counts }) => counts.came > 0)).toEqual([]);
    expect(saidOf(again)['reminders']?.[0]).toBe('reminders: 0 came, 4 here already, 6 left');

    await rowsOf('delete from reminders');
    await rowsOf('delete from faq_entries');
    await rowsOf(`update bot_settings set value = '10' where key = 'offset_minutes'`);
    await importFrom(bot(), database());
    expect(await rowsOf('select name from reminders')).toEqual([]);
    expect(await rowsOf(`select value::text from bot_settings where key = 'offset_minutes'`)).toEqual([
      ['10'],
    ]);
  });

  test('a dry run writes nothing and says the same', async () => {
    const before = await everything();
    const dry = saidOf(await importFrom(bot(), database(), { dryRun: true, guildId: GUILD }));
    expect(await everything()).toBe(before);
    expect(dry).toEqual(saidOf(await importFrom(bot(), database(), { guildId: GUILD })));
  });

  test('its servers are known, so that one that never takes this bot in is erased in time', async () => {
    await importFrom(bot(), database());
    await compareGuilds(database().db, [GUILD], NOW);
    expect(await rowsOf('select guild_id::text, kind from erasures')).toEqual([[OTHER_GUILD, 'removed']]);
  });

  test('the old database is only read', async () => {
    await importFrom(bot(), database());
    await expect(bot().client.query('delete from reminders')).rejects.toThrow(/read-only/);
  });

  test('a table that fails comes not at all, the others do, and once it works it comes', async () => {
    await rowsOf(`alter table reminders add constraint for_this_test check (name <> 'Moved')`);
    const tallies = await importFrom(bot(), database());
    await rowsOf('alter table reminders drop constraint for_this_test');
    expect(saidOf(tallies)['reminders']?.[0]).toMatch(
      /^reminders: nothing came, for it failed: .*for_this_test.*run again\.$/,
    );
    expect(await rowsOf('select name from reminders')).toEqual([]);
    expect(await rowsOf('select count(*)::int from support_tickets')).toEqual([[4]]);
    expect(saidOf(await importFrom(bot(), database()))['reminders']?.[0]).toBe('reminders: 3 came, 7 left');
  });
});

describe('that is not as it should be', () => {
  test('lacks tables and columns, and has others: the rest comes', async () => {
    await bot().make(
      BY_MIGRATION,
      COMMON,
      `drop table settings_history, onboarding;
       alter table reminders drop column channel_id;
       alter table guild_rules drop column rule_order;
       alter table support_tickets alter column guild_id type text, drop column updated_at, drop column username;
       alter table faq_search_logs drop column results_count;
       alter table bot_settings alter column value type text;`,
    );
    const said = saidOf(await importFrom(bot(), database()));
    expect(said['settings_history']).toEqual([
      'settings_history: 0 came',
      '  The old database has no such table.',
    ]);
    expect(said['reminders']).toEqual([
      'reminders: 0 came, 10 left',
      '  left 10: the table has no column channel_id, without which nothing can be made of it',
    ]);
    expect(said['faq_search_logs']?.[1]).toMatch(/no column match_count or results_count/);
    expect(said['support_tickets']?.[0]).toBe('support_tickets: 4 came, 1 left');
    expect(said['guild_rules']?.[0]).toBe('guild_rules: 3 came, 1 left');
    expect(said['bot_settings']?.[0]).toBe('bot_settings: 6 came, 1 here already, 8 left');
  });

  test('has tables that cannot be read: they are named, and the rest comes', async () => {
    await bot().make(
      BY_MIGRATION,
      COMMON,
      `alter table reminders rename to stored_reminders;
       create view reminders as select *, 1 / (7 - id) as event_number from stored_reminders;
       create or replace function broken(text) returns text language plpgsql as $$ begin raise 'a disk is broken'; end $$;
       alter table faq_entries rename to stored_entries;
       create view faq_entries as select id, broken('x') as summary, broken('x')::bigint as guild_id from stored_entries;
       insert into stored_entries (title, summary) values ('Login', 'Use the button.');
       create view odd as select broken('x') as guild_id;`,
    );
    const said = saidOf(await importFrom(bot(), database()));
    expect([said['faq_entries'], said['odd']]).toEqual([
      ['faq_entries: nothing came, for it failed: a disk is broken. It can be run again.'],
      ['odd: 0 came', '  Its rows could not be counted. They stay: no known Alphapy has such a table.'],
    ]);
    expect(said['reminders']?.[0]).toBe('reminders: 4 came, 6 left');
    expect(said['audit_logs']?.[0]).toBe('audit_logs: 2 came, 2 left');
  });

  test('has nothing of the Python bot', async () => {
    await bot().make('create table something (id int)');
    const tallies = await importFrom(bot(), database());
    expect(tallies.every(({ counts }) => counts.came === 0)).toBe(true);
  });

  test('is one of this bot', async () => {
    await bot().make('create table kysely_migration (name text)');
    await expect(OldDatabase.open(bot().client)).rejects.toThrow(ImportError);
    await bot().client.query('rollback');
  });

  test('holds what nobody would write', async () => {
    await bot().make(
      BY_MIGRATION,
      `insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by, event_time) values
         (${GUILD}, '\u2800', ${CHAT}, '10:00', '11:00', '{1}', '', 1, null),
         (${GUILD}, '${'x'.repeat(500)}', ${CHAT}, '10:00', '11:00', '{1,9,NULL,"ma t/m wo"}', '${'y'.repeat(5000)}', -5, null),
         (${GUILD}, 'Forever', ${CHAT}, '10:00', '11:00', null, '', 1, 'infinity');
       insert into bot_settings (guild_id, scope, key, value) values
         (${GUILD}, 'system', 'log_channel_id', '{"a": [1]}'), (${GUILD}, 'gpt', 'temperature', '"NaN"'),
         (${GUILD}, 'embedwatcher', 'reminder_offset_minutes', '1e400'), (${GUILD}, '__proto__', 'x', '1');
       insert into guild_onboarding_questions (guild_id, step_order, question, question_type, options, followup) values
         (${GUILD}, 1, 'Q', 'select', '[1, null, {"label": {}}, {"label": "A"}, {"label": "a"}, "B"]', '{"A": {"question": 5}, "__proto__": "x"}');
       insert into onboarding values (${GUILD}, ${ANNA}, '{"0": {"choice": ["A"]}, "constructor": {"a": {"b": [1, null]}}, "999999": "x"}'),
         (${GUILD}, ${BEN}, '"text"'), (${GUILD}, ${CARA}, null);
       insert into support_tickets (guild_id, user_id, description, channel_id)
         select ${GUILD}, ${ANNA}, 'again', 800000000000001000 + n from generate_series(1, 12) n;
       insert into faq_entries (title, summary) values ('<@&1> @everyone', 'x');`,
    );
    const tallies = await importFrom(bot(), database());
    expect(tallies.filter(({ hasFailed }) => hasFailed).map((tally) => tally.lines())).toEqual([]);
    expect(
      await rowsOf(
        'select char_length(name) name, char_length(message) message, days, created_by::text from reminders',
      ),
    ).toEqual([[100, 2000, ['0', '1', '2'], '0']]);
    expect(await rowsOf('select count(*)::int from bot_settings')).toEqual([[0]]);
    expect(await rowsOf('select options::text from guild_onboarding_questions')).toEqual([
      ['[{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]'],
    ]);
    expect(await rowsOf('select responses from onboarding')).toEqual([
      [{ '-1': 'A', '-1001': 'x', '-1002': '1' }],
    ]);
    expect(await rowsOf('select status, count(*)::int from support_tickets group by 1 order by 1')).toEqual([
      ['closed', 2],
      ['open', 10],
    ]);
  });

  test('is in another zone than the server is by itself', async () => {
    await bot().make(BY_MIGRATION, COMMON);
    await importFrom(bot(), database(), { zone: 'America/New_York' });
    expect(
      await rowsOf(`select guild_id::text, value::text from bot_settings where key = 'timezone'`),
    ).toEqual([[GUILD, '"America/New_York"']]);
    expect(await rowsOf('select min(due_at) from reminder_occurrences where reminder_id = 1')).toEqual([
      [new Date('2026-12-02T23:30:00Z')],
    ]);
  });
});
