import { guildUsage, type GuildUsage } from '#lib/analytics/guild-usage';
import type { CommandUses } from '#lib/analytics/usage';
import { html, type Html } from '#lib/http/html';
import type { SentenceKey } from '#lib/i18n/translate';
import { columnChart } from './charts.ts';
import type { DashboardDeps } from './deps.ts';
import { dayFormat } from './discord-text.ts';
import { filterLinks, guildPath } from './layout.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';

const SPANS_DAYS = [7, 30, 90] as const;
const COMMANDS_SHOWN = 20;
const SECOND_MS = 1_000;

/** What a name is of, where it is not what people type. */
const KINDS: Readonly<Record<string, SentenceKey>> = {
  'context-menu': 'dashboard:commands.contextMenu',
  button: 'dashboard:commands.button',
  select: 'dashboard:commands.select',
  modal: 'dashboard:commands.modal',
};

/** What was used most, how often in vain and how fast it was, without saying by whom. */
export async function commandsPage({ analytics }: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, query } = call;
  const days = SPANS_DAYS.find((span) => String(span) === query['days']) ?? SPANS_DAYS[0];
  const usage = await usageOfDays(analytics, call, days);
  const path = guildPath(guild.id, 'commands');
  const body = html`${filterLinks(
    t('dashboard:commands.span'),
    SPANS_DAYS.map((span) => ({
      href: span === SPANS_DAYS[0] ? path : `${path}?days=${span}`,
      text: t('dashboard:commands.days', { days: span }),
      isCurrent: span === days,
    })),
  )}
  ${usage.uses === 0 ? html`<p>${t('dashboard:commands.none', { days })}</p>` : shownUsage(call, usage)}`;
  return { kind: 'page', title: t('dashboard:page.commands'), body };
}

/** What the page shows of some days; who shows a part of it elsewhere shows the same. */
export function usageOfDays(
  analytics: DashboardDeps['analytics'],
  { guild, zone }: GuildCall,
  days: (typeof SPANS_DAYS)[number],
): Promise<GuildUsage> {
  return guildUsage(analytics, { guildId: guild.id, days, zone, limit: COMMANDS_SHOWN });
}

function shownUsage(
  call: GuildCall,
  { uses, failures, different, people, commands, course }: GuildUsage,
): Html {
  const { t, locale } = call;
  const numbers = new Intl.NumberFormat(locale);
  const day = dayFormat(readingOf(call));
  const busiest = course.reduce((one, other) => (other.uses > one.uses ? other : one));
  const figure = (label: string, value: number): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd>${numbers.format(value)}</dd>
    </div>`;
  return html`<dl class="figures">
      ${figure(t('dashboard:commands.uses'), uses)} ${figure(t('dashboard:commands.failures'), failures)}
      ${figure(t('dashboard:commands.different'), different)}
      ${figure(t('dashboard:commands.people'), people)}
    </dl>
    <div class="card">
      ${columnChart(
        t('dashboard:commands.course'),
        t('dashboard:commands.courseSummary', {
          days: course.length,
          uses: numbers.format(uses),
          failures: numbers.format(failures),
          day: day.format(busiest.begins),
          most: numbers.format(busiest.uses),
        }),
        [t('dashboard:commands.used'), t('dashboard:commands.inVain')],
        course.map((one) => ({ label: day.format(one.begins), values: [one.uses, one.failures] })),
        t('dashboard:asTable'),
        t('dashboard:overview.day'),
      )}
    </div>
    <div class="card">
      <table class="uses">
        <caption>
          ${t('dashboard:commands.most')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('dashboard:commands.name')}</th>
            <th scope="col" class="number">${t('dashboard:commands.uses')}</th>
            <th scope="col" class="number">${t('dashboard:commands.failures')}</th>
            <th scope="col" class="number">${t('dashboard:commands.median')}</th>
            <th scope="col" class="number">${t('dashboard:commands.p95')}</th>
          </tr>
        </thead>
        <tbody>
          ${commands.map((command) => row(call, command, numbers))}
        </tbody>
      </table>
      <p class="quiet">${t('dashboard:commands.hint')}</p>
    </div>`;
}

function row(
  { t, locale }: GuildCall,
  { name, type, uses, failures, medianMs, p95Ms }: CommandUses,
  numbers: Intl.NumberFormat,
): Html {
  const kind = KINDS[type];
  const duration = (ms: number): string => durationOf(locale, ms);
  return html`<tr>
    <th scope="row">
      ${type === 'slash' ? `/${name}` : name}
      ${kind !== undefined && html`<span class="badge">${t(kind)}</span>`}
    </th>
    <td class="number">${numbers.format(uses)}</td>
    <td class="number">${numbers.format(failures)}</td>
    <td class="number">${duration(medianMs)}</td>
    <td class="number">${duration(p95Ms)}</td>
  </tr>`;
}

/** Milliseconds, from one second on seconds: `120 ms`, `1.4 sec`. */
function durationOf(locale: string, ms: number): string {
  const [value, unit] = ms < SECOND_MS ? [ms, 'millisecond'] : [ms / SECOND_MS, 'second'];
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(value);
}
