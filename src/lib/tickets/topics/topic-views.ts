import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { languageSelect } from '#lib/faq/modal';
import { memberMention } from '#lib/i18n/member-mention';
import type { Locale, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { topicIds } from './custom-ids.ts';
import { ANSWER_MAX, TITLE_MAX, type Draft } from './draft.ts';
import type { Topic } from './topics.ts';

export const TITLE_INPUT = 'title';
export const ANSWER_INPUT = 'answer';

const TICKETS_SHOWN = 10;
const ABOUT_MAX = 80;
const FIELD_MAX = 1_000;

/** Tells staff which tickets are about the same, and what the FAQ could say to it. */
export function proposalEntry({ tickets, title, answer }: Draft): LogEntry {
  return (t) => {
    const shown = tickets.slice(-TICKETS_SHOWN);
    const lines = shown.map(({ id, about }) => `**#${id}** ${safeEmbedText(about, ABOUT_MAX)}`);
    return {
      title: t('ticket-topics:proposal.title'),
      description: [t('ticket-topics:proposal.what', { count: tickets.length }), ...lines].join('\n'),
      fields: [
        {
          name: t('ticket-topics:proposal.draftTitle'),
          value: safeEmbedText(title) || t('ticket-topics:proposal.nothing'),
        },
        {
          name: t('ticket-topics:proposal.draftAnswer'),
          value: safeEmbedText(answer, FIELD_MAX) || t('ticket-topics:proposal.noAnswer'),
        },
      ],
    };
  };
}

/** What admins press on a proposal. */
export function proposalButtons(
  t: Translate,
  { id }: Pick<Topic, 'id'>,
): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const of = { topic: String(id) };
  return [
    row(
      button(t('ticket-topics:button.add'), topicIds.build('add', of), ButtonStyle.Success),
      button(t('ticket-topics:button.dismiss'), topicIds.build('dismiss', of)),
    ),
  ];
}

/** The line that stands on a proposal once it is decided. */
export function decidedText(t: Translate, { decidedBy, faqEntryId }: Topic): string {
  return t(faqEntryId === null ? 'ticket-topics:proposal.dismissed' : 'ticket-topics:proposal.added', {
    member: memberMention(t, decidedBy ?? '0'),
  });
}

/** What the log channel is told of a decision. @param title of the entry; null where it was dismissed. */
export function decisionEntry(topic: Topic, title: string | null): LogEntry {
  return (t) => ({
    title: t(title === null ? 'ticket-topics:log.dismissed' : 'ticket-topics:log.added'),
    description: decidedText(t, topic),
    fields: [
      ...(title === null ? [] : [{ name: t('ticket-topics:entry.title'), value: safeEmbedText(title) }]),
      {
        name: t('ticket-topics:log.tickets'),
        value: topic.ticketIds.map((id) => `#${id}`).join(', '),
      },
    ],
  });
}

/** The window in which an entry is written, filled in with a draft. @param language of the guild; the entry's may be another. */
export function entryModal(
  t: Translate,
  { id }: Pick<Topic, 'id'>,
  { title, answer }: Draft,
  language: Locale,
): APIModalInteractionResponseCallbackData {
  const input = (customId: string, style: TextInputStyle, maxLength: number, value: string) => ({
    type: ComponentType.TextInput as const,
    custom_id: customId,
    style,
    required: true,
    max_length: maxLength,
    ...(value !== '' && { value }),
  });
  return {
    title: t('ticket-topics:entry.heading'),
    custom_id: topicIds.build('entry', { topic: String(id) }),
    components: [
      {
        type: ComponentType.Label,
        label: t('ticket-topics:entry.title'),
        component: input(TITLE_INPUT, TextInputStyle.Short, TITLE_MAX, title),
      },
      {
        type: ComponentType.Label,
        label: t('ticket-topics:entry.answer'),
        description: t('ticket-topics:entry.answerHelp'),
        component: input(ANSWER_INPUT, TextInputStyle.Paragraph, ANSWER_MAX, answer),
      },
      languageSelect(t, language),
    ],
  };
}
