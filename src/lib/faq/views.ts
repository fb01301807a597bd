import {
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { plainText, safeEmbedText, truncate, truncateMarkdown } from '#lib/text/sanitize';
import { row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { EMBED_DESCRIPTION_MAX, SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import { pageButtons } from '#lib/ui/paging';
import { faqIds } from './custom-ids.ts';
import type { FaqEntry } from './queries.ts';

export interface FaqMessage {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
}

type Shown = Pick<FaqEntry, 'id' | 'title' | 'summary'>;

export const PAGE_ENTRIES = 10;
const EXCERPT_MAX = 300;
const LINE_MAX = 140;

/** The beginning of an answer. It is an admin's own markdown. */
export function excerpt(summary: string, most = EXCERPT_MAX): string {
  return truncateMarkdown(plainText(summary), most);
}

/** A whole entry. */
export function entryEmbed(t: Translate, { title, summary, keywords }: FaqEntry, at: Date): APIEmbed {
  return embed('success', {
    title: safeEmbedText(title),
    description: excerpt(summary, EMBED_DESCRIPTION_MAX),
    ...(keywords.length > 0 && {
      footer: t('faq:view.keywords', { words: keywords.map(plainText).join(', ') }),
    }),
    at,
  });
}

/** What a search found, the best first. */
export function searchMessage(t: Translate, query: string, found: readonly Shown[], at: Date): FaqMessage {
  const isFound = found.length > 0;
  return {
    embeds: [
      embed(isFound ? 'info' : 'warning', {
        title: t('faq:search.title'),
        description: t(isFound ? 'faq:search.found' : 'faq:search.nothing', {
          query: safeEmbedText(query),
          count: found.length,
        }),
        fields: found.map(({ title, summary }) => ({ name: safeEmbedText(title), value: excerpt(summary) })),
        at,
      }),
    ],
    components: isFound ? [readSelect(t, found)] : [],
  };
}

/** A page of all entries. @param page from 0. */
export function listMessage(
  t: Translate,
  list: { readonly entries: readonly Shown[]; readonly total: number; readonly page: number },
  at: Date,
): FaqMessage {
  const { entries, total, page } = list;
  const pages = Math.max(1, Math.ceil(total / PAGE_ENTRIES));
  const lines = entries.map(
    ({ title, summary }) =>
      `**${safeEmbedText(title)}**\n${safeEmbedText(plainText(summary).replaceAll(/\s+/g, ' '), LINE_MAX)}`,
  );
  const to = (number: number): string => faqIds.build('list', { page: String(number) });
  return {
    embeds: [
      embed('info', {
        title: t('faq:list.title'),
        description: total === 0 ? t('faq:list.empty') : lines.join('\n'),
        footer: t('faq:list.page', { page: page + 1, pages, count: total }),
        at,
      }),
    ],
    components: [
      ...(entries.length > 0 ? [readSelect(t, entries)] : []),
      ...(pages > 1 ? [row(...pageButtons(t, page, pages, to))] : []),
    ],
  };
}

function readSelect(
  t: Translate,
  entries: readonly Shown[],
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return row({
    type: ComponentType.StringSelect,
    custom_id: faqIds.build('read', {}),
    placeholder: t('faq:read'),
    options: entries.map(({ id, title }) => ({
      label: truncate(plainText(title), SELECT_OPTION_TEXT_MAX),
      value: String(id),
    })),
  });
}
