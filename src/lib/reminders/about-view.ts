import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type Message,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { plainText, truncate } from '#lib/text/sanitize';
import { NAME_MAX } from './create.ts';
import { reminderIds } from './custom-ids.ts';
import { WHEN_MAX } from './when.ts';

/** The ids of the inputs in the modal. */
export const ABOUT_INPUTS = { name: 'name', when: 'when', where: 'where' } as const;
/** Where a reminder of a message may go. */
export const ABOUT_TARGETS = ['person', 'channel'] as const;
export type AboutTarget = (typeof ABOUT_TARGETS)[number];

/** As much of a message as names it. */
const FIRST_WORDS_MAX = 60;
const MARKDOWN = /[*_~`|]|^[#>-]+ /gm;

/** What a reminder of a message is called: its first words, or whose it is where it has none. */
export function nameOf(
  t: Translate,
  message: Pick<Message, 'cleanContent' | 'embeds'> & { readonly author: { readonly displayName: string } },
): string {
  const [shown] = message.embeds;
  for (const text of [message.cleanContent, shown?.title, shown?.description]) {
    const words = plainText(text ?? '')
      .replaceAll(MARKDOWN, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (words === '') continue;
    const fitting = words.slice(0, FIRST_WORDS_MAX);
    const isWhole = words.length <= FIRST_WORDS_MAX || words[FIRST_WORDS_MAX] === ' ';
    // Not in the middle of a word, unless there is only one.
    const end = isWhole ? -1 : fitting.lastIndexOf(' ');
    return end > 0 ? `${fitting.slice(0, end)}…` : truncate(words, FIRST_WORDS_MAX);
  }
  return truncate(t('reminders:about.untitled', { author: plainText(message.author.displayName) }), NAME_MAX);
}

/** The modal that asks when and where a message is to be brought up again. */
export function aboutModal(
  t: Translate,
  messageId: string,
  name: string,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: reminderIds.build('about', { message: messageId }),
    title: t('reminders:about.title'),
    components: [
      {
        type: ComponentType.Label,
        label: t('reminders:field.when'),
        description: t('reminders:when.hint'),
        component: {
          type: ComponentType.TextInput,
          custom_id: ABOUT_INPUTS.when,
          style: TextInputStyle.Short,
          max_length: WHEN_MAX,
        },
      },
      {
        type: ComponentType.Label,
        label: t('reminders:about.where'),
        component: {
          type: ComponentType.StringSelect,
          custom_id: ABOUT_INPUTS.where,
          options: ABOUT_TARGETS.map((target) => ({
            label: t(`reminders:about.target.${target}`),
            value: target,
            default: target === 'person',
          })),
        },
      },
      {
        type: ComponentType.Label,
        label: t('reminders:edit.name'),
        component: {
          type: ComponentType.TextInput,
          custom_id: ABOUT_INPUTS.name,
          style: TextInputStyle.Short,
          max_length: NAME_MAX,
          value: name,
        },
      },
    ],
  };
}
