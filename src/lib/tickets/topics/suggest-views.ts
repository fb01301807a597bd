import type { APIEmbed } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { embed } from '#lib/ui/embeds';
import type { Examples } from './suggest.ts';

const TEXT_MAX = 700;

/** A draft that an AI made, and what it was given besides the ticket. */
export function draftEmbed(t: Translate, draft: string, { tickets, faq }: Examples, at: Date): APIEmbed {
  const sources = [
    ...faq.map(({ title }) => t('ticket-topics:suggest.faq', { title: safeEmbedText(title) })),
    ...tickets.map(({ ticketId }) => t('ticket-topics:suggest.ticket', { number: ticketId })),
  ];
  return embed('info', {
    title: t('ticket-topics:suggest.draft'),
    description: safeEmbedText(draft),
    fields: [{ name: t('ticket-topics:suggest.sources'), value: sources.join('\n') }],
    footer: t('ticket-topics:madeByAi'),
    at,
  });
}

/** What was answered before to something like it. @param about.isAiDown an AI was asked, and gave no answer. */
export function examplesEmbed(
  t: Translate,
  { tickets, faq }: Examples,
  about: { readonly isAiDown: boolean; readonly at: Date },
): APIEmbed {
  const isEmpty = tickets.length === 0 && faq.length === 0;
  return embed('info', {
    title: t('ticket-topics:suggest.title'),
    description: [
      ...(about.isAiDown ? [t('ticket-topics:suggest.aiDown')] : []),
      t(isEmpty ? 'ticket-topics:suggest.nothing' : 'ticket-topics:suggest.before'),
    ].join('\n'),
    fields: [
      ...faq.map(({ title, summary }) => ({
        name: t('ticket-topics:suggest.faq', { title: safeEmbedText(title) }),
        value: safeEmbedText(summary, TEXT_MAX),
      })),
      ...tickets.map(({ ticketId, answer }) => ({
        name: t('ticket-topics:suggest.ticket', { number: ticketId }),
        value: safeEmbedText(answer ?? '', TEXT_MAX),
      })),
    ],
    at: about.at,
  });
}
