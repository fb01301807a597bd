import { sql } from 'kysely';
import type { Database } from '#lib/database/database';
import type { Settings } from '#lib/settings/settings';
import { add } from '../../lib/reminders/fixtures.ts';
import { putTicket } from '../../lib/tickets/fixtures-record.ts';
import { START } from '../../setup/bot.ts';
import type { Town } from '../town.ts';

/** Stands in every text that is planted: whoever may not, never reads it. */
export const SECRET = 'For members only';

/** One of everything in a town; what a path names is under its own name. */
export interface Planted {
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
  readonly guild_id: string;
  readonly created_by: string;
  readonly id: string;
  readonly reminder_id: string;
  /** Of the newest change of `reminders.offset_minutes`. */
  readonly history_id: string;
  /** In their order. */
  readonly questions: readonly number[];
  readonly question_id: string;
  readonly rule_id: string;
  readonly ticket_id: string;
  readonly entry_id: string;
}

/** Where that lies; what lies there goes when it is planted anew. */
const TABLES = [
  'reminders',
  'reminder_occurrences',
  'settings_history',
  'bot_settings',
  'guild_onboarding_questions',
  'guild_rules',
  'onboarding_versions',
  'support_tickets',
  'faq_entries',
] as const;

/** Plants one of everything that is a server's or a member's. */
export async function plantOne(
  db: Database,
  settings: Settings,
  { guild, mia, olivia }: Town,
): Promise<Planted> {
  for (const table of TABLES.toReversed())
    await db.deleteFrom(table).where('guild_id', '=', guild.id).execute();
  settings.invalidate(guild.id);
  const place = { guild_id: guild.id };
  const channelId = guild.channel('events').id;
  const { reminder } = await add(db, {
    guildId: guild.id,
    channelId,
    createdBy: mia.id,
    name: SECRET,
    message: SECRET,
    now: START,
  });
  const change = await settings.change({
    guildId: guild.id,
    key: 'reminders.offset_minutes',
    value: 20,
    changedBy: olivia.id,
  });
  const questions = await db
    .insertInto('guild_onboarding_questions')
    .values([1, 2].map((order) => ({ ...place, question: SECRET, question_type: 'text', step_order: order })))
    .returning('id')
    .execute();
  const rule = await db
    .insertInto('guild_rules')
    .values({ ...place, title: SECRET, description: SECRET, rule_order: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ticket = await putTicket(db, { guildId: guild.id, userId: mia.id, description: SECRET });
  const entry = await db
    .insertInto('faq_entries')
    .values({ ...place, title: SECRET, summary: SECRET, created_by: olivia.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    guildId: guild.id,
    channelId,
    memberId: mia.id,
    guild_id: guild.id,
    created_by: mia.id,
    id: String(reminder.id),
    reminder_id: String(reminder.id),
    history_id: change.entry?.id ?? '',
    questions: questions.map(({ id }) => id),
    question_id: String(questions[0]?.id),
    rule_id: String(rule.id),
    ticket_id: String(ticket.id),
    entry_id: String(entry.id),
  };
}

/** Another text for every change of what was planted. */
export async function fingerprint(db: Database, guildId: string): Promise<string> {
  const { rows } = await sql<{ all: string }>`
    select string_agg(found.row, ' ' order by found.row) as "all" from (${sql.join(
      TABLES.map(
        (table) =>
          sql`select one::text as row from ${sql.table(table)} one where guild_id = ${guildId}::bigint`,
      ),
      sql` union all `,
    )}) found`.execute(db);
  return rows[0]?.all ?? '';
}
