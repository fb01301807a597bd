import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { translator, type SentenceKey } from '#lib/i18n/translate';
import { html } from '#lib/http/html';
import { requestContext } from '#lib/http/context';
import type { HttpProblem } from '#lib/http/problem';
import { discordText } from './discord-text.ts';
import { LANGUAGE_COOKIE, pageLocale } from './language.ts';
import { layout, PAGE_POLICY } from './layout.ts';
import { PageProblem } from './page-problem.ts';

const BY_STATUS: Readonly<Record<number, SentenceKey>> = {
  401: 'dashboard:problem.signIn',
  403: 'dashboard:problem.forbidden',
  404: 'dashboard:problem.notFound',
  429: 'dashboard:problem.tooMany',
  502: 'dashboard:problem.discord',
  503: 'dashboard:problem.later',
};

/**
 * A refusal as a page, for somebody who looks at it in a browser.
 * @returns null for whoever is better served with `application/problem+json`: the API, and all that did not ask for a page.
 */
export function problemPage(
  request: IncomingMessage,
  problem: HttpProblem,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } | null {
  const path = request.url ?? '/';
  if (path.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html')) return null;
  const { cookies, session = null, id } = requestContext(request);
  const locale = pageLocale(cookies?.[LANGUAGE_COOKIE], request.headers['accept-language']);
  const t = translator(locale);
  const { status } = problem;
  const sentence =
    problem instanceof PageProblem
      ? t(problem.sentence, problem.values)
      : t(BY_STATUS[status] ?? (status < 500 ? 'dashboard:problem.refused' : 'dashboard:problem.broken'));
  const back = session === null || status === 401 ? '/login' : '/';
  const body = html`<p class="lead">${discordText(sentence, { guild: null, locale, zone: 'UTC' })}</p>
    <p>
      <a class="button" href="${back}">${t(back === '/' ? 'dashboard:problem.back' : 'dashboard:signIn')}</a>
    </p>
    <p class="quiet">${status} ${STATUS_CODES[status]} · ${t('dashboard:problem.reference', { id })}</p>`;
  const around = { t, locale, session, address: '/', guild: null, said: null };
  return {
    body: layout(around, t('dashboard:problem.title'), body).toString(),
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_POLICY },
  };
}
