import { personalData } from '#db/personal-data';
import { UserError } from '#lib/errors/user-error';
import { entryText } from '#lib/faq/entry-text';
import { addEntry, ANSWER_MAX, TITLE_MAX } from '#lib/faq/queries';
import type { Locale } from '#lib/i18n/translate';
import { readOverrides } from '#lib/settings/queries';
import { effectiveValue } from '#lib/settings/settings';
import { importedAs, noteImported } from './imported-rows.ts';
import { placeOf, type TableImport } from './table-import.ts';
import { fitted, instantOrNull, personOf, textsOf } from './values.ts';

const DAY_MS = 24 * 60 * 60_000;
/** The table's own. */
const QUERY_MAX = 100;

/** Answers, which all servers of the old bot shared. */
export const faqImport: TableImport = {
  table: 'faq_entries',
  needs: ['id', 'summary'],
  columns: ['id', 'guild_id', 'title', 'summary', 'keywords', 'created_by', 'created_at'],
  orderedBy: ['id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    const languages = new Map<string, Locale>();
    for await (const row of rows) {
      const place = placeOf(context, row);
      if (place === null) continue;
      if ((await importedAs(trx, place)) !== null) {
        tally.already();
        continue;
      }
      const { guildId } = place;
      const language =
        languages.get(guildId) ?? effectiveValue(await readOverrides(trx, guildId), 'system.language');
      languages.set(guildId, language);
      const summary = row['summary'] ?? '';
      const hasTitle = (row['title'] ?? '').trim() !== '';
      // One that was made of a ticket has none.
      const title = hasTitle ? (row['title'] ?? '') : firstLine(summary);
      try {
        const text = entryText({ title, answer: summary, keywords: textsOf(row['keywords']), language });
        const by = { userId: personOf(row['created_by']), at: instantOrNull(row['created_at']) ?? now };
        await noteImported(trx, place, await addEntry(trx, guildId, text, by), now);
        const isCut = (hasTitle && fitted(title, TITLE_MAX).isCut) || fitted(summary, ANSWER_MAX).isCut;
        tally.came(place.id, [
          ...(hasTitle ? [] : ['had no title; it begins as its answer does']),
          ...(isCut ? ['was too long and is cut'] : []),
        ]);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        tally.left('it has no words', place.id);
      }
    }
  },
};

/** What was searched for. Who did is not kept here. */
export const faqSearchesImport: TableImport = {
  table: 'faq_search_logs',
  needs: ['id', 'query', ['match_count', 'results_count'], ['created_at', 'searched_at']],
  columns: ['id', 'guild_id', 'query', 'match_count', 'results_count', 'created_at', 'searched_at'],
  orderedBy: ['id'],
  async run(context, rows) {
    const { trx, tally, now } = context;
    const { days } = personalData.faq_search_logs.kept;
    for await (const row of rows) {
      const place = placeOf(context, row);
      if (place === null) continue;
      const at = instantOrNull(row['created_at']) ?? instantOrNull(row['searched_at']);
      const { text: query } = fitted((row['query'] ?? '').replaceAll(/\s+/g, ' '), QUERY_MAX);
      if (at === null || at.getTime() < now.getTime() - days * DAY_MS) {
        tally.left(`it is older than the ${days} days that this bot keeps, or has no date`, place.id);
        continue;
      }
      if (query === '') {
        tally.left('it has no words', place.id);
        continue;
      }
      if ((await importedAs(trx, place)) !== null) {
        tally.already();
        continue;
      }
      const count = Number(row['match_count'] ?? row['results_count'] ?? 0);
      const { id } = await trx
        .insertInto('faq_search_logs')
        .values({ guild_id: place.guildId, query, found: count > 0 ? count : 0, created_at: at })
        .returning('id')
        .executeTakeFirstOrThrow();
      await noteImported(trx, place, id, now);
      tally.came(place.id);
    }
  },
};

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? '';
