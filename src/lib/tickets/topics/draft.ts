import type { Database } from '#lib/database/database';
import { plainText, truncate } from '#lib/text/sanitize';
import type { Topic } from './topics.ts';

export const TITLE_MAX = 100;
/** As much as a field of a modal holds. */
export const ANSWER_MAX = 4_000;

/** An entry of the FAQ as it could be, and the tickets that it was made from, oldest first. */
export interface Draft {
  readonly title: string;
  /** Empty where staff answered nothing in the tickets. */
  readonly answer: string;
  readonly tickets: readonly { readonly id: number; readonly about: string }[];
}

/**
 * Makes a draft of the FAQ from tickets about the same: the shortest question for a title, and what staff answered last in each, the
 * newest first. Tickets whose data is gone are left out; letter for letter as people wrote it.
 */
export async function draftOf(db: Database, { guildId, ticketIds }: Topic): Promise<Draft> {
  const rows = await db
    .selectFrom('support_tickets')
    .innerJoin('ticket_summaries', (join) =>
      join
        .onRef('ticket_summaries.ticket_id', '=', 'support_tickets.id')
        .onRef('ticket_summaries.guild_id', '=', 'support_tickets.guild_id'),
    )
    .select(['support_tickets.id', 'description', 'ticket_summaries.answer', 'ticket_summaries.summary'])
    .where('support_tickets.guild_id', '=', guildId)
    .where('support_tickets.id', 'in', [...ticketIds])
    .orderBy('support_tickets.id')
    .execute();
  const tickets = rows.map(({ id, description, summary }) => ({
    id,
    about: plainText(firstLine(description) || firstLine(summary)),
  }));
  const titles = tickets.map(({ about }) => about).filter((about) => about !== '');
  const [title = ''] = titles.toSorted((one, other) => one.length - other.length);
  const answers = rows
    .toReversed()
    .map(({ answer }) => plainText(answer ?? '').trim())
    .filter((answer) => answer !== '');
  return {
    title: truncate(title, TITLE_MAX),
    answer: truncate([...new Set(answers)].join('\n\n'), ANSWER_MAX),
    tickets,
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? '';
}
