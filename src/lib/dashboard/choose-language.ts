import { cookie } from '#lib/access/sessions';
import { asLocale, LANGUAGE_COOKIE } from './language.ts';
import type { PageCall, PageReply } from './page-route.ts';

const YEAR_MS = 365 * 24 * 60 * 60_000;

/** Keeps the language that somebody chose, and leads back to the page where they did. */
export function chooseLanguage({ form, baseUrl }: PageCall): PageReply {
  const locale = asLocale(form.get('language'));
  const cookies = locale === null ? [] : [cookie(LANGUAGE_COOKIE, locale, baseUrl, YEAR_MS)];
  return { kind: 'see', path: ownPath(form.get('return') ?? ''), cookies };
}

/** A path of the dashboard. Anything that a browser could take for another place becomes the home page. */
function ownPath(text: string): string {
  return /^\/(?![/\\])[\w\-./?=&%#+]*$/.test(text) ? text : '/';
}
