import { UserError } from '#lib/errors/user-error';
import { html, type Html } from '#lib/http/html';
import { categoryNames } from '#lib/tickets/category-names';
import { colleagueOf } from '#lib/tickets/staff';
import type { Ticket } from '#lib/tickets/ticket';
import { readableTicket } from '#lib/tickets/transcript/find';
import { renderTranscript } from '#lib/tickets/transcript/render';
import type { DashboardDeps } from './deps.ts';
import { timeHtml } from './discord-text.ts';
import { guildPath } from './layout.ts';
import { peopleNames } from './names.ts';
import { pathNumber, readingOf, type GuildCall, type PageReply } from './page-route.ts';
import { PageProblem } from './page-problem.ts';
import { statusBadge } from './tickets.ts';

/** A transcript reads all that was said in a ticket. */
const TRANSCRIPT_LIMIT = { max: 10, perMs: 60_000 } as const;

/** It has its styles and pictures in itself, and nothing in it may run, load or lead out of its frame. */
const TRANSCRIPT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups";

/** One ticket with what was said in it. */
export async function ticketPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild } = call;
  const ticket = await readTicketOf(deps, call);
  const { id, categoryId, userId, claimedBy, closedAt, closeReason } = ticket;
  const [names, categories] = await Promise.all([
    peopleNames(guild, claimedBy === null ? [userId] : [userId, claimedBy]),
    categoryNames(deps.db, guild.id),
  ]);
  const reading = readingOf(call);
  const transcript = `${guildPath(guild.id, 'tickets')}/${id}/transcript`;
  const fact = (name: string, value: Html | string | null | undefined): Html | null =>
    value === null || value === undefined || value === ''
      ? null
      : html`<dt>${name}</dt>
          <dd>${value}</dd>`;
  const body = html`<p><a href="${guildPath(guild.id, 'tickets')}">${t('dashboard:tickets.back')}</a></p>
    <div class="card">
      <dl class="facts">
        ${fact(t('ticket-transcript:head.status'), statusBadge(call, ticket.status))}
        ${fact(t('ticket-transcript:head.opener'), names(userId))}
        ${fact(t('ticket-transcript:head.category'), categoryId === null ? t('tickets:general') : categories.get(categoryId))}
        ${fact(t('ticket-transcript:head.opened'), timeHtml(ticket.createdAt, reading))}
        ${fact(t('ticket-transcript:head.claimed'), claimedBy === null ? null : names(claimedBy))}
        ${fact(t('ticket-transcript:head.closed'), closedAt === null ? null : timeHtml(closedAt, reading))}
        ${fact(t('ticket-transcript:head.reason'), closeReason)}
      </dl>
    </div>
    <h2>${t('dashboard:tickets.transcript')}</h2>
    <p><a href="${transcript}">${t('dashboard:tickets.alone')}</a></p>
    <iframe
      sandbox="allow-popups"
      src="${transcript}"
      title="${t('dashboard:tickets.transcript')}"
    ></iframe>`;
  return { kind: 'page', title: t('dashboard:tickets.one', { id }), body };
}

/** What was said in a ticket, as the file that `/ticket_transcript` gives. */
export async function ticketTranscript(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { tickets } = deps;
  const { guild, session } = call;
  const ticket = await readTicketOf(deps, call);
  const waitMs = tickets.limiter.take('ticket-page', guild.id, session.userId, TRANSCRIPT_LIMIT);
  if (waitMs > 0)
    throw new UserError('common:limited', { max: TRANSCRIPT_LIMIT.max, count: Math.ceil(waitMs / 1_000) });
  const { files } = await renderTranscript(tickets, ticket, { formats: ['html'] });
  const [file] = files;
  if (file === undefined || !file.name.endsWith('.html'))
    throw new PageProblem(413, 'dashboard:tickets.tooLarge', { id: ticket.id });
  return {
    kind: 'file',
    content: file.attachment,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': TRANSCRIPT_POLICY,
      'X-Frame-Options': 'SAMEORIGIN',
    },
  };
}

async function readTicketOf({ db }: DashboardDeps, call: GuildCall): Promise<Ticket> {
  const { guild, member, overrides } = call;
  const id = pathNumber(call, 'ticket_id');
  const found = await readableTicket(db, overrides, guild.id, id, colleagueOf(member));
  // A ticket of their own as a member is not for staff's eyes here; whoever manages the guild is staff.
  if (found === undefined || found.forMember !== null) throw new UserError('tickets:unknown');
  return found.ticket;
}
