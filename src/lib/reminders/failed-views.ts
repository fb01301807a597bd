import { ButtonStyle, ComponentType, type APIContainerComponent, type APIEmbed } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import type { ClaimedOccurrence } from './claims.ts';
import { reminderIds } from './custom-ids.ts';
import type { Reminder } from './queries.ts';
import { failureSentence, type FailedOccurrence } from './failed.ts';
import type { ParkReason } from './send-result.ts';
import { fullTime, logFields, placeOf, reminderName } from './views.ts';

/** The message that could not be sent. */
type NotSent = Pick<ClaimedOccurrence, 'reminder' | 'dueAt'>;

/** Why a message could not be sent, and what would mend it. */
function failureText(t: Translate, reminder: Reminder, reason: ParkReason): string {
  const { sentence, values } = failureSentence(reminder, reason);
  return t(sentence, values);
}

function failureWithHint(t: Translate, { reminder }: NotSent, reason: ParkReason): string {
  return `${failureText(t, reminder, reason)}\n${t('reminders:failed.hint')}`;
}

const failureFields = (t: Translate, { reminder, dueAt }: NotSent) => [
  ...logFields(t, reminder),
  { name: t('reminders:field.due'), value: fullTime(dueAt), inline: true },
];

/** For the log channel: what could not be sent, and what would mend it. */
export function failedLogEntry(occurrence: NotSent, reason: ParkReason): LogEntry {
  return (t) => ({
    title: t('reminders:log.failed'),
    description: failureWithHint(t, occurrence, reason),
    fields: failureFields(t, occurrence),
  });
}

/** For whoever made the reminder, in a direct message, where the guild has no log channel. */
export function failedNotice(
  t: Translate,
  occurrence: NotSent,
  reason: ParkReason,
  guildName: string,
  now: Date,
): { embeds: APIEmbed[] } {
  return {
    embeds: [
      embed('error', {
        title: t('reminders:log.failed'),
        description: failureWithHint(t, occurrence, reason),
        fields: [
          { name: t('reminders:field.server'), value: safeEmbedText(guildName, 100), inline: true },
          ...failureFields(t, occurrence),
        ],
        at: now,
      }),
    ],
  };
}

/** For the log channel: who retried or dropped what. */
export function failedHandledLogEntry(
  { reminder, dueAt }: FailedOccurrence,
  action: 'retry' | 'drop',
  by: string,
): LogEntry {
  return (t) => ({
    title: t(action === 'retry' ? 'reminders:log.retry' : 'reminders:log.drop'),
    fields: [
      ...failureFields(t, { reminder, dueAt }),
      { name: t('reminders:field.by'), value: `<@${by}>`, inline: true },
    ],
  });
}

/** Entries of the panel; with a text and two buttons each it stays far under Discord's 40 components and 4,000 characters. */
export const FAILED_SHOWN = 5;

/** What a person's failed messages are, each with what may be done. Components V2. */
export function failedPanel(
  t: Translate,
  { failed, total }: { readonly failed: readonly FailedOccurrence[]; readonly total: number },
  note: Note | null,
): APIContainerComponent[] {
  const more = total - failed.length;
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('reminders:failed.title')}`),
        ...noteText(note),
        ...(failed.length === 0 ? [textDisplay(t('reminders:failed.none'))] : []),
        ...failed.flatMap(({ id, reminder, dueAt, reason }) => [
          { type: ComponentType.Separator as const, divider: true },
          textDisplay(
            `**#${reminder.id} ${reminderName(reminder)}** · ${placeOf(t, reminder)} · ${fullTime(dueAt)}\n${failureText(t, reminder, reason)}`,
          ),
          row(
            button(
              t('reminders:failed.retry'),
              reminderIds.build('retry', { occurrence: id }),
              ButtonStyle.Primary,
            ),
            button(
              t('reminders:failed.drop'),
              reminderIds.build('drop', { occurrence: id }),
              ButtonStyle.Danger,
            ),
          ),
        ]),
        ...(more > 0 ? [textDisplay(t('reminders:failed.more', { count: more }))] : []),
      ],
    },
  ];
}
