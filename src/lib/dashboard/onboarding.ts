import { html } from '#lib/http/html';
import { durationText } from '#lib/i18n/durations';
import { readFigures } from '#lib/onboarding/staff/figures';
import { effectiveValue } from '#lib/settings/settings';
import { barTable } from './charts.ts';
import type { DashboardDeps } from './deps.ts';
import { discordText, timeHtml } from './discord-text.ts';
import { readingOf, type GuildCall, type PageReply } from './page-route.ts';

/** How far members come with the newest version: who began, and where the others stop. */
export async function onboardingPage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, overrides } = call;
  const title = t('dashboard:page.onboarding');
  const figures = await readFigures(deps.db, guild.id, effectiveValue(overrides, 'onboarding.mode'));
  const reading = readingOf(call);
  if (figures === null)
    return {
      kind: 'page',
      title,
      body: html`<p class="lead">${discordText(t('dashboard:onboarding.unpublished'), reading)}</p>`,
    };
  const { newest, content, started, accepted, finished, passed, medianMinutes } = figures;
  const share = (value: number): string =>
    `${value} (${started === 0 ? 0 : Math.round((value / started) * 100)} %)`;
  const bar = (label: string, value: number) => ({ label, value, text: share(value) });
  const steps = [
    bar(t('onboarding:figures.started'), started),
    ...(content.rules.length > 0 ? [bar(t('onboarding:figures.accepted'), accepted)] : []),
    ...content.questions.map(({ id, text }) => bar(text, passed.get(id) ?? 0)),
    bar(t('onboarding:figures.finished'), finished),
  ];
  const body = html`<p class="quiet">
      ${t('dashboard:onboarding.version', { version: newest.version })}
      ${timeHtml(newest.publishedAt, reading)}
    </p>
    ${
      started === 0
        ? html`<p>${t('onboarding:figures.none')}</p>`
        : html`<div class="card">
            ${barTable(t('onboarding:figures.title'), [t('dashboard:onboarding.step'), t('dashboard:onboarding.members')], steps, started)}
          </div>`
    }
    ${medianMinutes !== null && html`<p>${t('onboarding:figures.median', { duration: durationText(t, Math.max(1, Math.round(medianMinutes))) })}</p>`}`;
  return { kind: 'page', title, body };
}
