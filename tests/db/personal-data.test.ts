import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#lib/database/database';
import { eraseGuild, erasePerson, guildsOf } from '#lib/privacy/erase';
import { collectPersonalData, type ExportedTable } from '#lib/privacy/export';
import { allRules, personColumns, type Rules } from '#lib/privacy/rules';
import { TaskScheduler } from '#lib/tasks/task-scheduler';
import { HERE, MIA, SAM, textOf, THERE, writeMarkedRows } from '../lib/privacy/marked-rows.ts';
import { useDatabase } from '../setup/database.ts';

/**
 * Said here once more, and not read from the rules: columns that are no member's. They are the guild's own or the bot's working memory. A
 * column that is added is everybody's until it is classified, and named here if it belongs to nobody.
 */
const NOBODYS = new Set([
  'ai_questions.attempts',
  'ai_questions.claims',
  'ai_questions.due_at',
  'ai_questions.last_error',
  'ai_questions.leased_until',
  'ai_questions.message_id',
  'ai_questions.resumes_at',
  'ai_questions.token',
  'ai_questions.token_expires_at',
  'announcements.fingerprint',
  'api_keys.hash',
  'bot_settings.value',
  'bot_settings.value_type',
  'erasures.attempts',
  'erasures.done_at',
  'erasures.id',
  'erasures.last_error',
  'erasures.leased_until',
  'erasures.receipt',
  'erasures.started_at',
  'faq_entries.head',
  'faq_entries.keywords',
  'faq_entries.language',
  'faq_entries.meanings',
  'faq_entries.search',
  'faq_entries.similarity_key',
  'faq_entries.summary',
  'faq_entries.title',
  'health_check_history.active_commands_24h',
  'health_check_history.checked_at',
  'health_check_history.database_pool_size',
  'health_check_history.db_status',
  'health_check_history.gpt_status',
  'health_check_history.guild_count',
  'health_check_history.id',
  'health_check_history.service',
  'health_check_history.uptime_seconds',
  'health_check_history.version',
  'onboarding_duties.attempts',
  'onboarding_duties.last_error',
  'onboarding_duties.leased_until',
  'onboarding_duties.nonce',
  'onboarding_duties.told_at',
  'onboarding_sessions.preview',
  'onboarding_versions.content',
  'onboarding_versions.rules_hash',
  'privacy_documents.content',
  'privacy_documents.content_hash',
  'privacy_drafts.content',
  'reminder_occurrences.attempts',
  'reminder_occurrences.last_error',
  'reminder_occurrences.leased_until',
  'reminder_occurrences.maybe_sent_at',
  'reminder_occurrences.next_attempt_at',
  'reminder_occurrences.nonce',
  'reminder_occurrences.notice_attempts',
  'reminder_occurrences.notice_due_at',
  'reminder_occurrences.retried_at',
  'settings_history.new_value',
  'settings_history.old_value',
  'settings_history.value_type',
  'support_tickets.leased_until',
  'support_tickets.slot',
  'support_tickets.sync_attempts',
  'support_tickets.sync_error',
  'support_tickets.told_at',
  'ticket_files.attempts',
  'ticket_files.due_at',
  'ticket_files.leased_until',
  'ticket_metrics.average_cycle_time',
  'ticket_metrics.counts',
  'ticket_metrics.snapshot',
  'ticket_metrics.topics',
  'ticket_topics.attempts',
  'ticket_topics.due_at',
  'ticket_topics.leased_until',
  'ticket_topics.nonce',
  'web_sessions.csrf_token',
  'web_sessions.id_hash',
]);
const GUILDS_TABLES = new Set<string>([
  'ai_calls',
  'bot_guilds',
  'faq_counts',
  'faq_notes',
  'faq_search_logs',
  'guild_onboarding_questions',
  'guild_rules',
  'invite_announcements',
  'invite_troubles',
  'imported_rows',
  'member_rounds',
  'sent_messages',
  'onboarding_panels',
  'guild_findings',
  'privacy_posts',
  'ticket_categories',
  'ticket_duties',
  'ticket_panels',
  'webhook_receipts',
]);
/** What stays for the others in the guild: the words, without the member. */
const STAYS = new Set([
  'reminders.location',
  'reminders.message',
  'reminders.name',
  'support_tickets.close_reason',
  'ticket_events.reason',
]);
/** Filled by no row of the test, because another column is. */
const EMPTY = new Set(['announcements.reminder_id', 'settings_history.reverts_id']);

const database = useDatabase();
const db = (): Database => database().db;

let known: readonly ColumnOfTable[];
beforeAll(async () => {
  await TaskScheduler.migrate(database().pool);
  known = await columns(db(), 'public');
});
beforeEach(async () => {
  await database().empty();
  await writeMarkedRows(db());
});

interface ColumnOfTable {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

async function columns(on: Database, schema: string): Promise<readonly ColumnOfTable[]> {
  const { rows } = await sql<ColumnOfTable>`
    select table_name as table, column_name as column, udt_name as type from information_schema.columns
    where table_schema = ${schema} and table_name not like 'kysely_migration%' order by 1, 2`.execute(on);
  return rows;
}

interface Row {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** All rows of all tables of a schema. */
async function allRows(on: Database, schema = 'public'): Promise<readonly Row[]> {
  const names = [
    ...new Set((schema === 'public' ? known : await columns(on, schema)).map(({ table }) => table)),
  ];
  const queries = names.map(
    (table) =>
      sql`select ${table}::text as table, to_jsonb(one) as row from ${sql.table(`${schema}.${table}`)} as one`,
  );
  return (await sql<Row>`${sql.join(queries, sql` union all `)}`.execute(on)).rows;
}

/** Where a text stands in rows, `table.column`; of a guild alone where one is given. */
function placesOf(rows: readonly Row[], text: string, guild: string | null = null): string[] {
  const places = rows.flatMap(({ table, row }) => {
    if (guild !== null && String(row['guild_id']) !== guild) return [];
    return Object.entries(row).flatMap(([column, value]) =>
      JSON.stringify(value).includes(text) ? [`${table}.${column}`] : [],
    );
  });
  return [...new Set(places)];
}

const isTheirs = (place: string): boolean =>
  !NOBODYS.has(place) && !GUILDS_TABLES.has(place.slice(0, place.indexOf('.')));

/** What is wrong with an export of Mia's: what it lacks of hers, and what it has of Sam's. */
async function exportProblems(rules: Rules): Promise<string[]> {
  const exported = await collectPersonalData(db(), MIA, rules);
  const text = JSON.stringify(exported);
  const tables = new Map<string, ExportedTable>(exported.map((table) => [table.table, table]));
  const places = known.map(({ table, column }) => `${table}.${column}`).filter(isTheirs);
  const valuesOf = (place: string): string[] => {
    const [table = '', column = ''] = place.split('.');
    return (tables.get(table)?.rows ?? []).flatMap((row) =>
      Object.hasOwn(row, column) ? [JSON.stringify(row[column])] : [],
    );
  };
  const rows = await allRows(db());
  const unsaid = [HERE, THERE].flatMap((guild) => {
    const mark = textOf(MIA, guild);
    return placesOf(rows, mark)
      .filter(isTheirs)
      .filter((place) => !valuesOf(place).some((value) => value.includes(mark)));
  });
  return [
    ...places
      .filter((place) => !EMPTY.has(place) && valuesOf(place).length === 0)
      .map((place) => `lacks ${place}`),
    ...unsaid.map((place) => `lacks the text of ${place}`),
    ...(text.includes(SAM) ? ['names Sam'] : []),
    ...(text.includes(`written-by-sam`) ? ['has what Sam wrote'] : []),
  ];
}

/** What an erasure of Mia leaves of her, and whether it takes anything of others; nothing of it lasts. */
async function erasureProblems(guild: string | null, rules: Rules = allRules): Promise<string[]> {
  const undo = new Error('undone');
  const problems: string[] = [];
  const erased = guild === null ? [HERE, THERE] : [guild];
  const untouched: readonly string[] = guild === null ? [] : [THERE];
  const others = (rows: readonly Row[]): string[] =>
    rows
      .filter((row) => {
        const isMias = placesOf([row], MIA).length > 0;
        return isMias ? untouched.includes(String(row.row['guild_id'])) : placesOf([row], SAM).length > 0;
      })
      .map((row) => JSON.stringify(row));
  const before = others(await allRows(db()));
  await db()
    .transaction()
    .execute(async (trx) => {
      await erasePerson(trx, MIA, guild, rules);
      const rows = await allRows(trx);
      problems.push(
        ...placesOf(rows, MIA, guild)
          .filter(isTheirs)
          .map((place) => `her id in ${place}`),
      );
      for (const one of erased) {
        const words = placesOf(rows, textOf(MIA, one)).filter(isTheirs);
        problems.push(...words.filter((place) => !STAYS.has(place)).map((place) => `her words in ${place}`));
      }
      const left = new Set(others(rows));
      if (!before.every((row) => left.has(row))) problems.push('something of others is gone');
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return problems;
}

/** The rules without one for a column: as if whoever added it had called it the bot's own. */
function without(table: string, column: string): Rules {
  return allRules.map(([name, rules]) =>
    name === table
      ? [name, { ...rules, columns: { ...rules.columns, [column]: { holds: 'working' } } }]
      : [name, rules],
  );
}

/** Whether an erasure does something about this column itself that a mark shows. */
function changesOnErasure(table: string, column: string): boolean {
  const rule = allRules.find(([name]) => name === table)?.[1].columns[column];
  if (rule?.holds === 'person') return true;
  return rule?.holds === 'theirs' && (rule.erase === 'null' || rule.erase === 'scrub');
}

test('the marks stand in every column of every table that can hold one', async () => {
  const rows = await allRows(db());
  const marked = new Set([MIA, textOf(MIA, HERE)].flatMap((mark) => placesOf(rows, mark)));
  const people = allRules.flatMap(([table, rules]) =>
    personColumns(rules).map(({ name }) => `${table}.${name}`),
  );
  const texts = known
    .filter(({ type }) => type === 'text' || type === 'jsonb')
    .map(({ table, column }) => `${table}.${column}`);
  // What takes only certain words, or what the bot itself writes.
  const fixed = [
    'ai_questions.outcome',
    'ai_questions.state',
    'announcements.reason',
    'announcements.state',
    'api_keys.hash',
    'audit_logs.command_type',
    'bot_settings.key',
    'bot_settings.scope',
    'bot_settings.value_type',
    'erasures.kind',
    'erasures.receipt',
    'faq_entries.language',
    'guild_onboarding_questions.question_type',
    'invite_adjustments.kind',
    'invite_joins.certainty',
    'invite_joins.reason',
    'invite_troubles.kind',
    'onboarding_duties.kind',
    'onboarding_sessions.mode',
    'privacy_agreements.locale',
    'privacy_documents.locale',
    'privacy_drafts.locale',
    'reminder_occurrences.kind',
    'reminder_occurrences.last_error',
    'reminder_occurrences.nonce',
    'reminder_occurrences.state',
    'reminders.rrule',
    'reminders.source',
    'sent_messages.nonce',
    'settings_history.change_type',
    'settings_history.key',
    'settings_history.scope',
    'settings_history.value_type',
    'support_tickets.status',
    'ticket_categories.name',
    'ticket_duties.kind',
    'ticket_events.from_status',
    'ticket_events.kind',
    'ticket_events.to_status',
    'ticket_files.sha256',
    'ticket_files.state',
    'ticket_metrics.scope',
    'ticket_panels.style',
    'ticket_summaries.source',
    'web_sessions.csrf_token',
    'web_sessions.id_hash',
    'webhook_receipts.deleted_account_hash',
    'webhook_receipts.message_id',
  ];
  expect([...people, ...texts].filter((place) => !marked.has(place)).sort()).toEqual(fixed);
});

describe('an export', () => {
  test('has all of one’s own, and nothing of others', async () => {
    expect(await exportProblems(allRules)).toEqual([]);
  });

  test('of somebody unknown is empty', async () => {
    expect(await collectPersonalData(db(), '123')).toEqual([]);
  });
});

describe('an erasure', () => {
  test('in one guild leaves nothing there, and all elsewhere', async () => {
    expect(await erasureProblems(HERE)).toEqual([]);
  });

  test('everywhere leaves nothing anywhere, the task queue included', async () => {
    expect(await erasureProblems(null)).toEqual([]);
    expect(await guildsOf(db(), MIA)).toEqual([HERE, THERE]);
    await db()
      .transaction()
      .execute((trx) => erasePerson(trx, MIA, null));
    expect(placesOf(await allRows(db(), 'bullmq'), MIA)).toEqual([]);
    expect(await guildsOf(db(), MIA)).toEqual([]);
    expect(await collectPersonalData(db(), MIA)).toEqual([]);
  });

  test('says how many rows went and how many stayed without the member', async () => {
    const erased = await db()
      .transaction()
      .execute((trx) => erasePerson(trx, MIA, HERE));
    expect(erased).toEqual({
      deleted: {
        ai_budgets: 1,
        ai_consents: 1,
        ai_questions: 1,
        api_keys: 1,
        audit_logs: 1,
        erasures: 1,
        faq_offers: 1,
        idempotency_keys: 1,
        invite_adjustments: 1,
        invite_hidden: 1,
        onboarding: 1,
        onboarding_duties: 1,
        onboarding_sessions: 2,
        privacy_agreements: 1,
        reminders: 2,
        rule_acceptances: 1,
        ticket_blacklist: 1,
        ticket_files: 2,
        ticket_members: 1,
        ticket_summaries: 1,
      },
      kept: {
        announcements: 1,
        bot_settings: 1,
        faq_entries: 1,
        invite_adjustments: 2,
        invite_joins: 3,
        invite_leaves: 2,
        onboarding_versions: 1,
        privacy_documents: 1,
        privacy_drafts: 1,
        reminder_occurrences: 1,
        reminders: 2,
        settings_history: 1,
        support_tickets: 1,
        ticket_blacklist: 2,
        ticket_events: 3,
        ticket_members: 2,
        ticket_messages: 1,
        ticket_metrics: 1,
        ticket_ratings: 1,
        ticket_summaries: 1,
        ticket_topics: 1,
      },
    });
  });

  test('of a guild empties every table of it but for what members asked for, and no other', async () => {
    const count = async (guild: string): Promise<number> =>
      placesOf(await allRows(db()), guild).filter((place) => place.endsWith('.guild_id')).length;
    const [here, there] = [await count(HERE), await count(THERE)];
    expect(here).toBe(allRules.filter(([, { guild }]) => guild !== null).length);
    await db()
      .transaction()
      .execute((trx) => eraseGuild(trx, HERE));
    const left = placesOf(await allRows(db()), HERE).filter((place) => place.endsWith('.guild_id'));
    expect(left).toEqual(['erasures.guild_id']);
    expect(await count(THERE)).toBe(there);
  });
});

test('whichever rule of a column is taken away, it shows', async () => {
  const classified = known.filter(
    ({ table, column }) => isTheirs(`${table}.${column}`) && !EMPTY.has(`${table}.${column}`),
  );
  expect(classified.length).toBeGreaterThan(100);
  const unnoticed: string[] = [];
  for (const { table, column } of classified) {
    const rules = without(table, column);
    const [exporting, erasing] = [await exportProblems(rules), await erasureProblems(null, rules)];
    if (exporting.length === 0) unnoticed.push(`${table}.${column} in the export`);
    if (changesOnErasure(table, column) && erasing.length === 0)
      unnoticed.push(`${table}.${column} in the erasure`);
  }
  expect(unnoticed).toEqual([]);
}, 300_000);

test('each column that names somebody has an index that begins with it', async () => {
  const { rows } = await sql<{ place: string }>`
    select distinct table_class.relname || '.' || attname as place
    from pg_index
    join pg_class table_class on table_class.oid = indrelid
    join pg_attribute on attrelid = indrelid and attnum = indkey[0]`.execute(db());
  const indexed = new Set(rows.map(({ place }) => place));
  const people = allRules.flatMap(([table, rules]) =>
    personColumns(rules).map(({ name }) => `${table}.${name}`),
  );
  expect(people.filter((place) => !indexed.has(place))).toEqual([]);
});
