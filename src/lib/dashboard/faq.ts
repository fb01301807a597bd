import { html } from '#lib/http/html';
import { unansweredQuestions } from '#lib/faq/note';
import { listEntries } from '#lib/faq/queries';
import { effectiveValue } from '#lib/settings/settings';
import { barTable } from './charts.ts';
import type { DashboardDeps } from './deps.ts';
import { discordText, timeHtml } from './discord-text.ts';
import { guildPath, pager } from './layout.ts';
import { pageNumber, readingOf, type GuildCall, type PageReply } from './page-route.ts';

const PAGE_SIZE = 20;
/** How far back searches in vain count. */
export const GAP_DAYS = 30;
const GAPS_SHOWN = 15;
const DAY_MS = 24 * 60 * 60_000;

/** What people searched for in vain, and the entries of the FAQ. */
export async function faqPage({ db, clock }: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, overrides } = call;
  const page = pageNumber(call);
  const now = clock.now();
  const [gaps, { entries, total }] = await Promise.all([
    unansweredQuestions(
      db,
      guild.id,
      { since: new Date(now.getTime() - GAP_DAYS * DAY_MS), until: now },
      effectiveValue(overrides, 'system.language'),
    ),
    listEntries(db, guild.id, { offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
  ]);
  const reading = readingOf(call);
  const path = guildPath(guild.id, 'faq');
  const to = (number: number): string => (number === 0 ? path : `${path}?page=${number + 1}`);
  const body = html`<div class="card">
      <h2>${t('dashboard:faq.gaps')}</h2>
      ${
        gaps.length === 0
          ? html`<p>${t('dashboard:faq.noGaps', { count: GAP_DAYS })}</p>`
          : html`<p>${discordText(t('dashboard:faq.gapsHint'), reading)}</p>
              ${barTable(
                t('dashboard:faq.gapsCaption', { count: GAP_DAYS }),
                [t('dashboard:faq.searched'), t('dashboard:faq.times')],
                gaps.slice(0, GAPS_SHOWN).map(({ query, times }) => ({ label: query, value: times })),
              )}`
      }
    </div>
    <h2>${t('dashboard:faq.entries', { count: total })}</h2>
    ${
      entries.length === 0
        ? html`<p>${discordText(t('dashboard:faq.empty'), reading)}</p>`
        : html`<ul class="rows">
            ${entries.map(
              (entry) =>
                html`<li>
                  <details class="what">
                    <summary>${entry.title}</summary>
                    <p class="answer">${entry.summary}</p>
                  </details>
                  <p class="quiet">
                    ${t(`faq:language.${entry.language}`)} · ${t('dashboard:faq.changed')}
                    ${timeHtml(entry.updatedAt, reading)}
                  </p>
                </li>`,
            )}
          </ul>`
    }
    ${pager(t, { previous: page === 0 ? null : to(page - 1), next: (page + 1) * PAGE_SIZE >= total ? null : to(page + 1) })}`;
  return { kind: 'page', title: t('dashboard:page.faq'), body };
}
