import {
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
} from 'discord.js';
import type { Locale, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import { reminderIds } from './custom-ids.ts';
import { LIST_FILTERS, type ListPage } from './list.ts';
import { listLine } from './views.ts';

export interface ListMessage {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
}

/** A page of a person's list, and how many messages failed; with what leads to other pages and to fewer reminders. */
export function listMessage(
  t: Translate,
  locale: Locale,
  list: ListPage,
  failed: number,
  now: Date,
): ListMessage {
  const { filter, reminders, counts, page, pages } = list;
  const lines = reminders.map((reminder) => listLine(t, locale, reminder));
  if (failed > 0) lines.unshift(t('reminders:list.failed', { count: failed }));
  if (reminders.length === 0)
    lines.push(t(counts.all === 0 ? 'reminders:list.empty' : 'reminders:list.emptyFilter'));
  return {
    embeds: [
      embed('info', {
        title: t('reminders:list.title'),
        description: lines.join('\n'),
        footer:
          pages > 1
            ? t('reminders:list.page', { page: page + 1, pages, count: counts[filter] })
            : t('reminders:list.count', { count: counts[filter] }),
        at: now,
      }),
    ],
    components: counts.all === 0 ? [] : [filterSelect(t, list), ...(pages > 1 ? [pageButtons(t, list)] : [])],
  };
}

function filterSelect(t: Translate, { filter, counts }: ListPage) {
  return row({
    type: ComponentType.StringSelect,
    custom_id: reminderIds.build('filter', {}),
    placeholder: t('reminders:list.chooseFilter'),
    options: LIST_FILTERS.map((name) => ({
      label: truncate(`${t(`reminders:list.filter.${name}`)} (${counts[name]})`, SELECT_OPTION_TEXT_MAX),
      value: name,
      default: name === filter,
    })),
  });
}

function pageButtons(t: Translate, { filter, page, pages }: ListPage) {
  const to = (number: number): string => reminderIds.build('list', { filter, page: String(number) });
  return row(
    { ...button(t('reminders:list.previous'), to(page - 1)), disabled: page === 0 },
    { ...button(t('reminders:list.nextPage'), to(page + 1)), disabled: page === pages - 1 },
  );
}
