import { ButtonStyle } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { plainText, safeEmbedText, truncate } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { BUTTON_LABEL_MAX } from '#lib/ui/limits';
import { faqIds } from './custom-ids.ts';
import type { FoundEntry } from './search.ts';
import { excerpt, type FaqMessage } from './views.ts';

const ANSWER_SHOWN = 600;

/** What is offered to a member who is about to open a ticket. Once they have pressed something its content says so, and the answers stay. */
export function offerMessage(
  t: Translate,
  entries: readonly FoundEntry[],
  offer: string,
  at: Date,
): FaqMessage & { readonly content: string } {
  const longer = entries.filter(({ summary }) => summary.length > ANSWER_SHOWN);
  return {
    content: `**${t('faq:offer.title')}** ${t('faq:offer.intro')}`,
    embeds: [
      embed('info', {
        title: t('faq:search.title'),
        fields: entries.map(({ title, summary }) => ({
          name: safeEmbedText(title),
          value: excerpt(summary, ANSWER_SHOWN),
        })),
        at,
      }),
    ],
    components: [
      ...(longer.length === 0
        ? []
        : [
            row(
              ...longer.map(({ id, title }) =>
                button(
                  truncate(t('faq:offer.read', { title: plainText(title) }), BUTTON_LABEL_MAX),
                  faqIds.build('show', { entry: String(id) }),
                ),
              ),
            ),
          ]),
      row(
        button(t('faq:offer.solved'), faqIds.build('solved', { offer }), ButtonStyle.Success),
        button(t('faq:offer.open'), faqIds.build('open', { offer })),
      ),
    ],
  };
}
