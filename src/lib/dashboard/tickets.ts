import { UserError } from '#lib/errors/user-error';
import { html, type Html } from '#lib/http/html';
import { truncate } from '#lib/text/sanitize';
import { categoryNames } from '#lib/tickets/category-names';
import {
  LIST_STATUSES,
  NO_FILTER,
  readCategoryChoice,
  readCursor,
  writeCursor,
  type ListCursor,
  type ListFilter,
} from '#lib/tickets/list/filter';
import { LIST_COUNTED_MAX, readTicketPage, type ListedTicket } from '#lib/tickets/list/page';
import { listStatusKey } from '#lib/tickets/list/status-key';
import { scopeOf } from '#lib/tickets/scope';
import type { DashboardDeps } from './deps.ts';
import { timeHtml } from './discord-text.ts';
import { filterLinks, guildPath, pager } from './layout.ts';
import { peopleNames, type PeopleNames } from './names.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';

/** Characters of what a ticket is about in its line. */
const ABOUT_MAX = 140;

/** The tickets of a guild, those that have been quiet longest first. */
export async function ticketsPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, member, query } = call;
  const filter = filterOf(query);
  const scope = await scopeOf(deps.tickets, guild, member);
  const [page, categories] = await Promise.all([
    readTicketPage(deps.db, guild.id, scope, filter, cursorOf(query)),
    categoryNames(deps.db, guild.id),
  ]);
  const { tickets, count, previous, next } = page;
  const names = await peopleNames(
    guild,
    tickets.flatMap(({ userId, claimedBy }) => (claimedBy === null ? [userId] : [userId, claimedBy])),
  );
  const to = (cursor: ListCursor | null): string | null =>
    cursor === null ? null : address(guild.id, filter, cursor);
  const counted =
    count > LIST_COUNTED_MAX
      ? t('ticket-overview:list.moreThan', { most: LIST_COUNTED_MAX })
      : t('ticket-overview:list.count', { count });
  const body = html`${filterLinks(
      t('ticket-overview:list.chooseStatus'),
      LIST_STATUSES.map((status) => ({
        href: address(guild.id, { ...filter, status }, null),
        text: t(listStatusKey(status)),
        isCurrent: status === filter.status,
      })),
    )}
    ${
      categories.size > 0 &&
      filterLinks(t('ticket-overview:list.chooseCategory'), [
        ...(['all', 'general'] as const).map((category) => ({
          href: address(guild.id, { ...filter, category }, null),
          text: t(category === 'all' ? 'ticket-overview:list.allCategories' : 'tickets:general'),
          isCurrent: filter.category === category,
        })),
        ...[...categories].map(([id, text]) => ({
          href: address(guild.id, { ...filter, category: id }, null),
          text,
          isCurrent: filter.category === id,
        })),
      ])
    }
    <p class="quiet">${counted}</p>
    ${
      tickets.length === 0
        ? html`<p>${t('dashboard:tickets.noneHere')}</p>`
        : html`<ul class="rows">
            ${tickets.map((ticket) => row(call, ticket, names, categories))}
          </ul>`
    }
    ${pager(t, { previous: to(previous), next: to(next) })}`;
  return { kind: 'page', title: t('dashboard:page.tickets'), body };
}

/** What is not a filter counts as none: an address may be old, or typed. */
function filterOf(query: GuildCall['query']): ListFilter {
  const status = LIST_STATUSES.find((one) => one === query['status']) ?? NO_FILTER.status;
  return { ...NO_FILTER, status, category: orElse(() => readCategoryChoice(query['category'] ?? ''), 'all') };
}

function cursorOf(query: GuildCall['query']): ListCursor | null {
  return orElse(() => readCursor(query['at'] ?? ''), null);
}

function orElse<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return otherwise;
    throw error;
  }
}

function address(guildId: string, { status, category }: ListFilter, cursor: ListCursor | null): string {
  const query = new URLSearchParams({
    status,
    ...(category !== 'all' && { category: category === 'general' ? '0' : String(category) }),
    ...(cursor !== null && { at: writeCursor(cursor) }),
  });
  return `${guildPath(guildId, 'tickets')}?${query.toString()}`;
}

function row(
  call: GuildCall,
  ticket: ListedTicket,
  names: PeopleNames,
  categories: ReadonlyMap<number, string>,
): Html {
  const { t, guild } = call;
  const { id, status, userId, claimedBy, categoryId, lastActivityAt } = ticket;
  const category = categoryId === null ? t('tickets:general') : categories.get(categoryId);
  const about = truncate(ticket.description.replaceAll(/\s+/g, ' ').trim(), ABOUT_MAX);
  const claimed =
    claimedBy === null
      ? t('ticket-overview:list.unclaimed')
      : t('ticket-overview:list.claimedBy', { member: names(claimedBy) });
  return html`<li>
    <div class="what">
      <p>
        <a class="title" href="${guildPath(guild.id, 'tickets')}/${id}">#${id} · ${names(userId)}</a>
        ${statusBadge(call, status)}
      </p>
      ${about !== '' && html`<p>${about}</p>`}
      <p class="quiet">
        ${category} · ${claimed} · ${t('dashboard:tickets.lastActivity')}
        ${timeHtml(lastActivityAt, readingOf(call))}
      </p>
    </div>
  </li>`;
}

/** How a ticket stands. */
export function statusBadge({ t }: GuildCall, status: ListedTicket['status']): Html {
  const kind = status === 'escalated' ? 'bad' : status === 'open' ? 'on' : status === 'claimed' ? 'good' : '';
  return html`<span class="badge ${kind}">${t(`tickets:status.${status}`)}</span>`;
}
