import { isDrawn } from '#lib/text/one-line';
import { readSummary, writeSummary } from '#lib/tickets/topics/summaries';
import { termsOf } from '#lib/words/terms';
import { fitted, instantOrNull, serialOf } from './values.ts';
import type { TableImport } from './table-import.ts';

const SUMMARY_MAX = 4_000;

/** What an AI made of closed tickets. They name no server, only a ticket. */
export const ticketSummariesImport: TableImport = {
  table: 'ticket_summaries',
  needs: ['id', 'ticket_id', 'summary'],
  columns: ['id', 'ticket_id', 'summary', 'created_at'],
  // The newest of a ticket first: there is one here for each.
  orderedBy: ['ticket_id', 'id'],
  async run({ trx, old, tally, now }, rows) {
    const latest = new Map<string, { readonly id: string; readonly text: string; readonly at: Date }>();
    for await (const row of rows) {
      const [id, ticketId] = [serialOf(row['id']), serialOf(row['ticket_id'])];
      const { text } = fitted(row['summary'] ?? '', SUMMARY_MAX);
      if (id === null || ticketId === null || !isDrawn(text)) {
        tally.left('it has no ticket or no words', id);
        continue;
      }
      const before = latest.get(ticketId);
      if (before !== undefined) tally.left('a newer one of the same ticket came', before.id);
      latest.set(ticketId, { id, text, at: instantOrNull(row['created_at']) ?? now });
    }
    for (const [oldTicketId, summary] of latest) {
      const tickets = await trx
        .selectFrom('imported_rows')
        .innerJoin('support_tickets', (join) =>
          join
            .onRef('support_tickets.guild_id', '=', 'imported_rows.guild_id')
            .onRef('support_tickets.id', '=', 'imported_rows.new_id' as never),
        )
        .select(['support_tickets.id', 'support_tickets.guild_id', 'support_tickets.user_id'])
        .where('source_table', '=', 'support_tickets')
        .where('old_id', '=', oldTicketId)
        .execute();
      const [ticket] = tickets;
      if (ticket === undefined || tickets.length > 1) {
        tally.left(
          ticket === undefined ? 'its ticket is not here' : 'tickets of several servers have its number',
          summary.id,
        );
        continue;
      }
      if ((await readSummary(trx, ticket.guild_id, ticket.id)) !== undefined) {
        tally.already();
        continue;
      }
      await writeSummary(trx, {
        guildId: ticket.guild_id,
        ticketId: ticket.id,
        userId: ticket.user_id,
        text: summary.text,
        source: 'ai',
        answeredBy: null,
        answer: null,
        terms: await termsOf(trx, summary.text),
        createdAt: summary.at,
      });
      tally.came(summary.id);
    }
    if (old.hasColumn('ticket_summaries', 'similarity_key') && tally.counts.came > 0)
      tally.note('Their similarity keys stayed: what is alike is found by the words here.');
  },
};
