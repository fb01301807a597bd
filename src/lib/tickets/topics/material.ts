import { sql } from 'kysely';
import type { Quote } from '#lib/assistant/client';
import type { Database } from '#lib/database/database';
import { wordsOf } from '#lib/words/vocabulary';
import type { FormAnswer } from '../form.ts';
import type { Ticket } from '../ticket.ts';

/** Something that a person said in a ticket. */
export interface Said {
  readonly authorId: string;
  readonly isStaff: boolean;
  readonly text: string;
}

/** What a ticket's summary is made from. */
export interface Material {
  readonly messages: number;
  readonly people: number;
  /** The opener's, null where they said nothing in the ticket. */
  readonly openerFirst: string | null;
  /** Null when it is the first as well. */
  readonly openerLast: string | null;
  /** What staff said last that says something; the very last is often a goodbye. */
  readonly answer: Said | null;
  /** What it is about in the opener's own words. */
  readonly wish: string;
}

/** How many of the opener's messages tell what they want. */
const OPENER_MESSAGES = 20;
const STAFF_MESSAGES = 10;
/** Fewer words of meaning are thanks or a goodbye. */
const ANSWER_WORDS_MIN = 3;

/** What was asked and answered when a ticket was opened, one a line; its description where there was no form. */
export function openingText({ form, description }: Pick<Ticket, 'form' | 'description'>): string {
  const lines = form.map((answer) => `${answer.label}: ${answerText(answer)}`);
  return lines.length > 0 ? lines.join('\n') : description;
}

function answerText(answer: FormAnswer): string {
  if (answer.kind === 'file') return answer.files.map(({ name }) => name).join(', ');
  return 'values' in answer ? answer.values.join(', ') : answer.value;
}

/** The opener's own words alone: what the form asked is the same for everybody. */
function ownWords({ form, description }: Ticket): string {
  const answers = form.filter(({ kind }) => kind !== 'file').map(answerText);
  return [description, ...answers].join('\n');
}

/** Reads what a summary needs of what was said in a ticket; however much that is, a few rows of it. */
export async function readMaterial(db: Database, ticket: Ticket): Promise<Material> {
  const said = db
    .selectFrom('ticket_messages')
    .where('guild_id', '=', ticket.guildId)
    .where('ticket_id', '=', ticket.id)
    .where('is_bot', '=', false)
    .where('deleted_at', 'is', null);
  const counts = await said
    .select([
      sql<number>`count(*)::integer`.as('messages'),
      sql<number>`count(distinct author_id)::integer`.as('people'),
    ])
    .executeTakeFirstOrThrow();
  const spoken = said.select(['author_id', 'content']).where('content', '<>', '');
  const opener = spoken.where('author_id', '=', ticket.userId);
  const first = await opener.orderBy('message_id').limit(OPENER_MESSAGES).execute();
  const [last] = await opener.orderBy('message_id', 'desc').limit(1).execute();
  const staff = await spoken
    .where('is_staff', '=', true)
    .where('author_id', '<>', ticket.userId)
    .orderBy('message_id', 'desc')
    .limit(STAFF_MESSAGES)
    .execute();
  const answer = staff.find(({ content }) => saysSomething(content)) ?? staff[0];
  return {
    ...counts,
    openerFirst: first[0]?.content ?? null,
    openerLast: last === undefined || last.content === first[0]?.content ? null : last.content,
    answer: answer === undefined ? null : { authorId: answer.author_id, isStaff: true, text: answer.content },
    wish: [ownWords(ticket), ...first.map(({ content }) => content)].join('\n'),
  };
}

function saysSomething(text: string): boolean {
  const { known, other } = wordsOf(text);
  return known.length + other.length >= ANSWER_WORDS_MIN;
}

/** What an AI is told of a ticket: what was asked when it was opened, and the last that people said. Bots are left out. */
export async function quotesOf(db: Database, ticket: Ticket, messages: number): Promise<Quote[]> {
  const said = await lastSaid(db, ticket, messages);
  return [
    { from: 'form', text: openingText(ticket) },
    ...said.map(({ authorId, isStaff, text }) => ({
      from: authorId === ticket.userId ? 'member' : isStaff ? 'staff' : 'another member',
      text,
    })),
  ];
}

/** The last that people said in a ticket, oldest first. */
async function lastSaid(
  db: Database,
  { guildId, id }: Pick<Ticket, 'guildId' | 'id'>,
  limit: number,
): Promise<Said[]> {
  const rows = await db
    .selectFrom('ticket_messages')
    .select(['author_id', 'is_staff', 'content'])
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .where('is_bot', '=', false)
    .where('deleted_at', 'is', null)
    .where('content', '<>', '')
    .orderBy('message_id', 'desc')
    .limit(limit)
    .execute();
  return rows
    .toReversed()
    .map((row) => ({ authorId: row.author_id, isStaff: row.is_staff, text: row.content }));
}
