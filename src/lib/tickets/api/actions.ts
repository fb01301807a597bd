import type { z } from 'zod';
import { badCursor, pageLimit, pageReply } from '#lib/http/page';
import { HttpProblem } from '#lib/http/problem';
import type { Reply } from '#lib/http/route';
import { UserError } from '#lib/errors/user-error';
import type { TicketDeps } from '../deps.ts';
import { eventsOf } from '../events.ts';
import type { FormAnswer } from '../form.ts';
import { readCursor, writeCursor, type ListCursor } from '../list/filter.ts';
import { readBeyond, type ListedTicket } from '../list/page.ts';
import { membersOf, readTicket, type Ticket } from '../ticket.ts';
import { renderTranscript } from '../transcript/render.ts';
import type { listedTicket, listQuery, ticketShape } from './shapes.ts';

/** Whoever may manage the guild sees every ticket. */
const EVERYTHING = { userId: '0', all: true, categoryIds: [], roleIds: [] } as const;
/** More is never held in memory. */
const TRANSCRIPT_BYTES_MAX = 25 * 1024 * 1024;
/** It opens nothing, runs nothing and loads nothing, whatever somebody wrote in it. */
const SANDBOX =
  "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page of a guild's tickets, those that have been quiet longest first. */
export async function listTickets(
  { db }: TicketDeps,
  guildId: string,
  query: z.output<typeof listQuery>,
): Promise<Reply> {
  const found = await readBeyond(
    db,
    guildId,
    EVERYTHING,
    {
      status: query.status ?? 'allOpen',
      category: 'all',
      claimedBy: query.claimed_by ?? 'anybody',
      openerId: query.user_id ?? null,
    },
    cursorIn(query.cursor),
    pageLimit(query) + 1,
  );
  return pageReply(
    query,
    'tickets',
    found,
    ({ lastActivityAt, id }) => writeCursor({ side: 'after', lastActivityAt, id }),
    shownListed,
  );
}

function cursorIn(text: string | undefined): ListCursor | null {
  if (text === undefined) return null;
  try {
    const cursor = readCursor(text);
    if (cursor?.side === 'after') return cursor;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  throw badCursor();
}

const shownListed = (ticket: ListedTicket): z.input<typeof listedTicket> => ({
  id: ticket.id,
  user_id: ticket.userId,
  category_id: ticket.categoryId,
  status: ticket.status,
  channel_id: ticket.channelId,
  claimed_by: ticket.claimedBy,
  created_at: ticket.createdAt.toISOString(),
  last_activity_at: ticket.lastActivityAt.toISOString(),
  about: ticket.description,
});

async function findTicket({ db }: Pick<TicketDeps, 'db'>, guildId: string, id: number): Promise<Ticket> {
  const ticket = await readTicket(db, guildId, id);
  if (ticket === undefined) throw new HttpProblem(404, 'This server has no ticket of this number.');
  return ticket;
}

/** A ticket with what happened to it. @throws HttpProblem 404 */
export async function showTicket(deps: TicketDeps, guildId: string, id: number): Promise<Reply> {
  const ticket = await findTicket(deps, guildId, id);
  const [members, events] = await Promise.all([
    membersOf(deps.db, guildId, id),
    eventsOf(deps.db, guildId, id),
  ]);
  const body: z.input<typeof ticketShape> = {
    id: ticket.id,
    user_id: ticket.userId,
    category_id: ticket.categoryId,
    status: ticket.status,
    channel_id: ticket.channelId,
    claimed_by: ticket.claimedBy,
    created_at: ticket.createdAt.toISOString(),
    last_activity_at: ticket.lastActivityAt.toISOString(),
    username: ticket.username,
    description: ticket.description,
    form: ticket.form.map((answer) => ({ kind: answer.kind, label: answer.label, values: valuesOf(answer) })),
    claimed_at: ticket.claimedAt?.toISOString() ?? null,
    escalated_to: ticket.escalatedTo,
    first_response_at: ticket.firstResponseAt?.toISOString() ?? null,
    closed_at: ticket.closedAt?.toISOString() ?? null,
    closed_by: ticket.closedBy,
    close_reason: ticket.closeReason,
    archived_at: ticket.archivedAt?.toISOString() ?? null,
    members,
    events: events.map((event) => ({
      kind: event.kind,
      actor_id: event.actorId,
      from: event.from,
      to: event.to,
      member_id: event.memberId,
      category_id: event.categoryId,
      reason: event.reason,
      at: event.at.toISOString(),
    })),
  };
  return { status: 200, body };
}

function valuesOf(answer: FormAnswer): string[] {
  if (answer.kind === 'file') return answer.files.map(({ name }) => name);
  return 'value' in answer ? [answer.value] : [...answer.values];
}

/**
 * The transcript of a ticket as staff read it.
 * @param accept the header of this name. @throws HttpProblem 404, and 422 when it is too large to be made.
 */
export async function showTranscript(
  deps: TicketDeps,
  guildId: string,
  id: number,
  format: 'html' | 'json' | undefined,
  accept: string | undefined,
): Promise<Reply> {
  const ticket = await findTicket(deps, guildId, id);
  const wanted = format ?? (accept?.includes('text/html') === true ? 'html' : 'json');
  const { files, isZipped } = await renderTranscript(deps, ticket, {
    formats: [wanted],
    limit: TRANSCRIPT_BYTES_MAX,
  });
  const [file] = files;
  if (file === undefined || isZipped)
    throw new HttpProblem(
      422,
      'This transcript is too large for one answer. Use /ticket_transcript in Discord.',
    );
  const type = wanted === 'html' ? 'text/html' : 'application/json';
  return {
    status: 200,
    file: { type, content: file.attachment },
    headers: wanted === 'html' ? { 'Content-Security-Policy': SANDBOX } : {},
  };
}
