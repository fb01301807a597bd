import type { Translate } from '#lib/i18n/translate';
import { buttonUnless } from './editing.ts';

/**
 * The buttons that turn the pages of something.
 * @param page the one that is shown, from 0, of so many pages.
 * @param idOf the custom id that shows a page.
 */
export function pageButtons(t: Translate, page: number, pages: number, idOf: (page: number) => string) {
  return [
    buttonUnless(page <= 0, t('common:paging.previous'), idOf(Math.max(page - 1, 0))),
    buttonUnless(page >= pages - 1, t('common:paging.next'), idOf(page + 1)),
  ];
}
