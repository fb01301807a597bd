import { html, type Html } from '#lib/http/html';
import type { Translate } from '#lib/i18n/translate';
import {
  LIST_FILTERS,
  listFilterOf,
  readListPage,
  type ListFilterName,
  type ListViewer,
} from '#lib/reminders/list';
import type { ListedReminder, Reminder } from '#lib/reminders/queries';
import { scheduleText } from '#lib/reminders/views';
import type { DashboardDeps } from './deps.ts';
import { discordText, timeHtml } from './discord-text.ts';
import { csrfField, filterLinks, guildPath, pager } from './layout.ts';
import { channelName, peopleNames, type PeopleNames } from './names.ts';
import { pageNumber, readingOf, type GuildCall, type PageReply } from './page-route.ts';

/** Of what `/reminder_list` can be narrowed to: all but the channel where somebody is, for here nobody is in one. */
const FILTERS = LIST_FILTERS.filter((filter) => filter !== 'channel');
const NO_CHANNEL = '0';

/** The reminders of a guild that are not over, those due next first. What goes to one member alone is there for them and its maker. */
export async function remindersPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, actor, query } = call;
  const named = listFilterOf(query['filter'] ?? '');
  const filter = named === 'channel' ? 'all' : named;
  const viewer: ListViewer = { actor, channelId: NO_CHANNEL };
  const list = await readListPage(deps.db, guild.id, viewer, { filter, page: pageNumber(call) });
  const { reminders, counts, page, pages } = list;
  const names = await peopleNames(
    guild,
    reminders.map(({ createdBy }) => createdBy),
  );
  const body = html`${filterLinks(
    t('dashboard:filter'),
    FILTERS.map((one) => ({
      href: address(guild.id, one, 0),
      text: `${t(`reminders:list.filter.${one}`)} (${counts[one]})`,
      isCurrent: one === filter,
    })),
  )}
  ${
    reminders.length === 0
      ? html`<p>
          ${counts.all === 0 ? discordText(t('reminders:list.empty'), readingOf(call)) : t('dashboard:reminders.noneHere')}
        </p>`
      : html`<ul class="rows">
          ${reminders.map((reminder) => row(call, reminder, names))}
        </ul>`
  }
  ${pager(t, {
    previous: page === 0 ? null : address(guild.id, filter, page - 1),
    next: page + 1 >= pages ? null : address(guild.id, filter, page + 1),
  })}`;
  return { kind: 'page', title: t('dashboard:page.reminders'), body };
}

function address(guildId: string, filter: ListFilterName, page: number): string {
  const query = new URLSearchParams({ filter, ...(page > 0 && { page: String(page + 1) }) });
  return `${guildPath(guildId, 'reminders')}?${query.toString()}`;
}

/** The address of one reminder. */
export function reminderPath(guildId: string, id: number): string {
  return `${guildPath(guildId, 'reminders')}/${id}`;
}

function row(call: GuildCall, reminder: ListedReminder, names: PeopleNames): Html {
  const { t, guild } = call;
  const path = reminderPath(guild.id, reminder.id);
  return html`<li>
    <div class="what">
      <p><a class="title" href="${path}">${reminder.name}</a> <span class="quiet">#${reminder.id}</span></p>
      <p>${summary(call, reminder)}</p>
      <p class="quiet">
        ${nextText(call, reminder)} · ${t('dashboard:reminders.by', { name: names(reminder.createdBy) })}
      </p>
    </div>
    <div class="actions">
      ${pauseForm(call, reminder)}<a
        class="button"
        href="${path}/delete"
        aria-label="${t('dashboard:reminders.deleteOne', { name: reminder.name })}"
        >${t('dashboard:delete')}</a
      >
    </div>
  </li>`;
}

/** When and where a reminder is, in one line. */
export function summary(call: GuildCall, reminder: Reminder): Html {
  const { t, locale } = call;
  const when = discordText(scheduleText(t, locale, reminder), readingOf(call));
  return html`${when} · ${placeText(t, call, reminder)}`;
}

function placeText(t: Translate, { guild }: GuildCall, { recipientId, channelId }: Reminder): string {
  return recipientId === null ? channelName(guild, channelId) : t('dashboard:reminders.alone');
}

function nextText(call: GuildCall, { pausedAt, nextDueAt }: ListedReminder): Html {
  const { t } = call;
  if (pausedAt !== null) return html`<span class="badge on">${t('dashboard:reminders.paused')}</span>`;
  if (nextDueAt === null) return html`${t('dashboard:reminders.noNext')}`;
  return html`${t('dashboard:reminders.next')} ${timeHtml(nextDueAt, readingOf(call))}`;
}

/** A button that pauses a reminder, or lets it go on. */
export function pauseForm(
  { t, guild, session }: GuildCall,
  { id, name, pausedAt }: Pick<Reminder, 'id' | 'name' | 'pausedAt'>,
): Html {
  const isPaused = pausedAt !== null;
  const label = t(isPaused ? 'dashboard:reminders.resumeOne' : 'dashboard:reminders.pauseOne', { name });
  return html`<form method="post" action="${reminderPath(guild.id, id)}">
    ${csrfField(session)}<button name="action" value="${isPaused ? 'resume' : 'pause'}" aria-label="${label}">
      ${t(isPaused ? 'dashboard:reminders.resume' : 'dashboard:reminders.pause')}
    </button>
  </form>`;
}
