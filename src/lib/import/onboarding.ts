import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { UserError } from '#lib/errors/user-error';
import { insertQuestion, insertRule } from '#lib/onboarding/editor/changes';
import { LIST_MAX, readList, type ListName } from '#lib/onboarding/editor/rows';
import { lockDrafts } from '#lib/onboarding/drafts';
import { publish, readNewestVersion } from '#lib/onboarding/versions';
import { importedAs, noteImported } from './imported-rows.ts';
import type { OldRow } from './old-database.ts';
import { oldQuestion, oldRule } from './onboarding-content.ts';
import { placeOf, type ImportContext, type TableImport } from './table-import.ts';
import { booleanOrNull } from './values.ts';

/** What members read and accept. */
export const rulesImport: TableImport = {
  table: 'guild_rules',
  needs: ['id', 'guild_id', 'title', 'description'],
  columns: ['id', 'guild_id', 'rule_order', 'title', 'description', 'enabled', 'thumbnail_url', 'image_url'],
  orderedBy: ['guild_id', 'rule_order', 'id'],
  run: (context, rows) =>
    bringList(context, rows, 'rules', async (row, guildId, at) => {
      const old = oldRule(row);
      if (old === null) return null;
      const id = await insertRule(context.trx, guildId, old.rule, at, context.now);
      if (booleanOrNull(row['enabled']) === false) await switchOff(context.trx, 'guild_rules', guildId, id);
      return { id, repairs: old.repairs };
    }),
};

/** What members are asked. */
export const questionsImport: TableImport = {
  table: 'guild_onboarding_questions',
  needs: ['id', 'guild_id', 'question', 'question_type'],
  columns: [
    'id',
    'guild_id',
    'step_order',
    'question',
    'question_type',
    'options',
    'followup',
    'required',
    'enabled',
  ],
  orderedBy: ['guild_id', 'step_order', 'id'],
  run: (context, rows) =>
    bringList(context, rows, 'questions', async (row, guildId, at) => {
      const old = oldQuestion(row);
      if (old === null) return null;
      const id = await insertQuestion(context.trx, guildId, old.question, at, context.now);
      if (!old.enabled) await switchOff(context.trx, 'guild_onboarding_questions', guildId, id);
      return { id, repairs: old.repairs };
    }),
};

type Insert = (
  row: OldRow,
  guildId: string,
  place: number,
) => Promise<{ readonly id: number; readonly repairs: readonly string[] } | null>;

async function bringList(
  context: ImportContext,
  rows: AsyncIterable<OldRow>,
  list: ListName,
  insert: Insert,
): Promise<void> {
  const { trx, tally, now } = context;
  /** Servers that have a list of their own making here. */
  const takenBy = new Map<string, boolean>();
  for await (const row of rows) {
    const place = placeOf(context, row);
    if (place === null) continue;
    const { guildId } = place;
    if ((await importedAs(trx, place)) !== null) {
      tally.already();
      continue;
    }
    await lockDrafts(trx, guildId);
    const here = await readList(trx, guildId, list);
    const isTaken = takenBy.get(guildId) ?? (await hasOwn(trx, guildId, place.table, here));
    takenBy.set(guildId, isTaken);
    if (isTaken) {
      tally.left(`the server has made ${list} here already`, place.id);
      continue;
    }
    if (here.length >= LIST_MAX[list]) {
      tally.left(`there is no room for more than ${LIST_MAX[list]}`, place.id);
      continue;
    }
    const written = await insert(row, guildId, here.length + 1);
    if (written === null) {
      tally.left('it has no words, or is of no kind that there is', place.id);
      continue;
    }
    await noteImported(trx, place, written.id, now);
    tally.came(place.id, written.repairs);
  }
}

/** Whether any of these were not brought by an import. */
async function hasOwn(
  trx: Transaction<DB>,
  guildId: string,
  table: string,
  rows: readonly { readonly id: number }[],
): Promise<boolean> {
  const brought = await trx
    .selectFrom('imported_rows')
    .select('new_id')
    .where('guild_id', '=', guildId)
    .where('source_table', '=', table)
    .execute();
  const ids = new Set(brought.map((row) => row.new_id));
  return rows.some(({ id }) => !ids.has(String(id)));
}

async function switchOff(
  trx: Transaction<DB>,
  table: 'guild_rules' | 'guild_onboarding_questions',
  guildId: string,
  id: number,
): Promise<void> {
  await trx
    .updateTable(table)
    .set({ enabled: false })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
}

/**
 * Publishes what came, where nothing was published yet: the old bot had no drafts, so members went through it as it was. Without a table of
 * its own there.
 */
export async function publishImported({
  trx,
  tally,
  now,
}: Pick<ImportContext, 'trx' | 'tally' | 'now'>): Promise<void> {
  const guilds = await trx
    .selectFrom('imported_rows')
    .select('guild_id')
    .distinct()
    .where('source_table', 'in', ['guild_rules', 'guild_onboarding_questions'])
    .orderBy('guild_id')
    .execute();
  for (const { guild_id: guildId } of guilds) {
    if ((await readNewestVersion(trx, guildId)) !== null) {
      tally.already();
      continue;
    }
    try {
      await publish(trx, guildId, '0', now);
      tally.came(guildId);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      tally.left('nothing in it is switched on, or a list has no options: see /onboarding', guildId);
    }
  }
}
