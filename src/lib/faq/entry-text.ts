import { UserError } from '#lib/errors/user-error';
import type { Locale } from '#lib/i18n/translate';
import { isDrawn, oneLine } from '#lib/text/one-line';
import { plainText, truncate } from '#lib/text/sanitize';
import { ANSWER_MAX, TITLE_MAX, type EntryText } from './queries.ts';

/** Of all keywords together in a modal, and so of each. */
export const KEYWORDS_MAX = 200;
export const KEYWORD_COUNT_MAX = 20;

/** What an admin wrote, as it is kept. @throws UserError when title or answer are empty. */
export function entryText(written: {
  readonly title: string;
  readonly answer: string;
  readonly keywords: readonly string[];
  readonly language: Locale;
}): EntryText {
  const title = oneLine(written.title);
  const summary = plainText(written.answer).trim();
  if (title === null || !isDrawn(summary)) throw new UserError('faq:empty');
  const keywords = written.keywords.map(oneLine).filter((word) => word !== null);
  return {
    title: truncate(title, TITLE_MAX),
    summary: truncate(summary, ANSWER_MAX),
    keywords: [...new Set(keywords)].slice(0, KEYWORD_COUNT_MAX),
    language: written.language,
  };
}
