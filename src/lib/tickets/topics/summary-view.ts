import type { APIEmbed } from 'discord.js';
import { memberMention } from '#lib/i18n/member-mention';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { embed } from '#lib/ui/embeds';
import type { Summary } from './summaries.ts';

const ANSWER_MAX = 1_000;

/** A summary as a ticket's channel shows it. */
export function summaryEmbed(t: Translate, summary: Summary): APIEmbed {
  const { answer, answeredBy } = summary;
  return embed('info', {
    title: t('ticket-topics:summary.title', { number: summary.ticketId }),
    // A link in what an AI wrote may be its own invention; those of people stand in the ticket.
    description: safeEmbedText(summary.text),
    fields:
      answer === null || answeredBy === null
        ? []
        : [
            {
              name: t('ticket-topics:summary.answer'),
              value: `${memberMention(t, answeredBy)}\n${safeEmbedText(answer, ANSWER_MAX - 50)}`,
            },
          ],
    ...(summary.source === 'ai' && { footer: t('ticket-topics:madeByAi') }),
    at: summary.createdAt,
  });
}
