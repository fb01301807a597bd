import { sql } from 'kysely';
import { html, type Html } from '#lib/http/html';
import { durationText } from '#lib/i18n/durations';
import { openStatuses } from '#lib/tickets/status';
import { readCourse } from '#lib/tickets/stats/course';
import { columnChart } from './charts.ts';
import { usageOfDays } from './commands.ts';
import type { DashboardDeps } from './deps.ts';
import { dayFormat } from './discord-text.ts';
import { GAP_DAYS } from './faq.ts';
import { guildPath } from './layout.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';

/** As the page of commands shows at first. */
const USED_DAYS = 7;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Counts {
  readonly reminders: string;
  readonly paused: string;
  readonly open_tickets: string;
  readonly unclaimed: string;
  readonly onboarded: string;
  readonly entries: string;
  readonly gaps: string;
}

/** How the bot is, and how much there is of everything. */
export async function overviewPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { db, clock, analytics } = deps;
  const { t, guild, zone } = call;
  const now = clock.now();
  const [counts, course, health, usage] = await Promise.all([
    readCounts(db, guild.id, now),
    readCourse(db, guild.id, '30d', { now, zone }),
    healthOf(deps, call),
    usageOfDays(analytics, call, USED_DAYS),
  ]);
  const figure = (page: Parameters<typeof guildPath>[1], label: string, value: string): Html =>
    html`<div>
      <dt><a href="${guildPath(guild.id, page)}">${label}</a></dt>
      <dd>${value}</dd>
    </div>`;
  const opened = course.reduce((sum, one) => sum + one.opened, 0);
  const closed = course.reduce((sum, one) => sum + one.closed, 0);
  const day = dayFormat(readingOf(call));
  const body = html`<dl class="figures">
      ${figure('reminders', t('dashboard:overview.reminders'), counts.reminders)}
      ${figure('reminders', t('dashboard:overview.paused'), counts.paused)}
      ${figure('tickets', t('dashboard:overview.openTickets'), counts.open_tickets)}
      ${figure('tickets', t('dashboard:overview.unclaimed'), counts.unclaimed)}
      ${figure('onboarding', t('dashboard:overview.onboarded'), counts.onboarded)}
      ${figure('faq', t('dashboard:overview.entries'), counts.entries)}
      ${figure('faq', t('dashboard:overview.gaps'), counts.gaps)}
      ${figure('commands', t('dashboard:overview.used', { days: USED_DAYS }), String(usage.uses))}
    </dl>
    <div class="card">
      <h2>${t('dashboard:overview.health')}</h2>
      ${health}
    </div>
    <div class="card">
      ${columnChart(
        t('dashboard:overview.tickets'),
        t('dashboard:overview.ticketsSummary', { opened, closed }),
        [t('dashboard:overview.opened'), t('dashboard:overview.closed')],
        course.map((one) => ({ label: day.format(one.begins), values: [one.opened, one.closed] })),
        t('dashboard:asTable'),
        t('dashboard:overview.day'),
      )}
    </div>`;
  return { kind: 'page', title: t('dashboard:page.overview'), body };
}

async function readCounts(db: DashboardDeps['db'], guildId: string, now: Date): Promise<Counts> {
  const since = new Date(now.getTime() - GAP_DAYS * DAY_MS);
  const { rows } = await sql<Counts>`select
    (select count(*) from reminders where guild_id = ${guildId} and finished_at is null) as reminders,
    (select count(*) from reminders where guild_id = ${guildId} and finished_at is null and paused_at is not null) as paused,
    (select count(*) from support_tickets where guild_id = ${guildId} and status in (${sql.join(openStatuses)})) as open_tickets,
    (select count(*) from support_tickets where guild_id = ${guildId} and status in (${sql.join(openStatuses)}) and claimed_by is null) as unclaimed,
    (select count(*) from onboarding_sessions where guild_id = ${guildId} and version is not null and finished_at >= ${since}) as onboarded,
    (select count(*) from faq_entries where guild_id = ${guildId} and deleted_at is null) as entries,
    (select count(*) from faq_search_logs where guild_id = ${guildId} and found = 0 and created_at >= ${since}) as gaps`.execute(
    db,
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error('a count gives a row');
  return counts;
}

async function healthOf({ client, db }: DashboardDeps, { t }: GuildCall): Promise<Html> {
  const began = performance.now();
  await sql`select 1`.execute(db);
  const databaseMs = Math.max(1, Math.round(performance.now() - began));
  const { ping } = client.ws;
  const minutes = Math.floor((client.uptime ?? 0) / MINUTE_MS);
  const isReady = client.isReady();
  return html`<dl class="facts">
    <dt>${t('dashboard:overview.discord')}</dt>
    <dd>
      <span class="badge ${isReady ? 'good' : 'bad'}"
        >${t(isReady ? 'dashboard:overview.connected' : 'dashboard:overview.notConnected')}</span
      >${ping >= 0 && t('dashboard:overview.ms', { ms: Math.round(ping) })}
    </dd>
    <dt>${t('dashboard:overview.database')}</dt>
    <dd>
      <span class="badge good">${t('dashboard:overview.answers')}</span
      >${t('dashboard:overview.ms', { ms: databaseMs })}
    </dd>
    <dt>${t('dashboard:overview.uptime')}</dt>
    <dd>${durationText(t, minutes)}</dd>
  </dl>`;
}
