import {
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
  type APIEmbed,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { Locale, SentenceKey, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText, truncate } from '#lib/text/sanitize';
import { embed } from '#lib/ui/embeds';
import { LABEL_TEXT_MAX } from '#lib/ui/limits';
import { labelled, textInput } from '#lib/ui/modal-inputs';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX } from './create.ts';
import { reminderIds } from './custom-ids.ts';
import { versionOf, type EditedReminder } from './edit.ts';
import type { Reminder } from './queries.ts';
import { TARGET_CHANNEL_TYPES } from './target.ts';
import { logFields, occurrenceLine, scheduleText } from './views.ts';
import { WHEN_MAX } from './when.ts';

/** The ids of the inputs in the modal. */
export const EDIT_INPUTS = {
  name: 'name',
  when: 'when',
  message: 'message',
  location: 'location',
  channel: 'channel',
} as const;

/**
 * The modal in which a reminder is changed, filled in with what it says.
 * @param when as {@link whenText} gives it.
 * @param channelId the channel that is chosen beforehand; null where it goes to nobody's channel any more.
 */
export function editModal(
  t: Translate,
  reminder: Reminder,
  when: string,
  channelId: string | null,
): APIModalInteractionResponseCallbackData {
  const { id, name, message, location, recipientId } = reminder;
  const named = (key: SentenceKey, input: APILabelComponent['component'], hint?: string): APILabelComponent =>
    labelled(truncate(t(key), LABEL_TEXT_MAX), input, hint);
  return {
    custom_id: reminderIds.build('edit', { reminder: String(id), seen: versionOf(reminder) }),
    title: t('reminders:edit.title', { id }),
    components: [
      named('reminders:edit.name', textInput(EDIT_INPUTS.name, name, NAME_MAX, { required: true })),
      named(
        'reminders:field.when',
        textInput(EDIT_INPUTS.when, when, WHEN_MAX, { required: true }),
        t('reminders:when.hint'),
      ),
      named(
        'reminders:edit.message',
        textInput(EDIT_INPUTS.message, message, MESSAGE_MAX, { style: TextInputStyle.Paragraph }),
      ),
      named('reminders:field.where', textInput(EDIT_INPUTS.location, location ?? '', LOCATION_MAX)),
      ...(recipientId === null ? [named('reminders:field.channel', channelSelect(channelId))] : []),
    ],
  };
}

function channelSelect(channelId: string | null) {
  return {
    type: ComponentType.ChannelSelect as const,
    custom_id: EDIT_INPUTS.channel,
    channel_types: [...TARGET_CHANNEL_TYPES],
    required: true,
    ...(channelId !== null && {
      default_values: [{ id: channelId, type: SelectMenuDefaultValueType.Channel as const }],
    }),
  };
}

/** Long texts are shown by how they begin. */
const SHOWN_TEXT_MAX = 150;

/** What an edit changed, a line each: what it was and what it is. */
export function changeLines(
  t: Translate,
  locale: Locale,
  { before, after }: Pick<EditedReminder, 'before' | 'after'>,
): string[] {
  const none = t('reminders:edit.none');
  const text = (value: string | null): string =>
    value === null || value === '' ? none : safeEmbedText(value.replaceAll(/\s+/g, ' '), SHOWN_TEXT_MAX);
  const when = (of: Reminder): string =>
    scheduleText(t, locale, of) + (of.eventTime === null ? bounds(t, of) : '');
  const parts: [SentenceKey, (of: Reminder) => string, (of: Reminder) => unknown][] = [
    ['reminders:edit.name', ({ name }) => text(name), ({ name }) => name],
    [
      'reminders:field.when',
      when,
      ({ callTime, eventTime, days, rrule, recursFrom, recursUntil }) =>
        eventTime === null ? [callTime, days, rrule, recursFrom, recursUntil] : eventTime,
    ],
    ['reminders:edit.message', ({ message }) => text(message), ({ message }) => message],
    ['reminders:field.where', ({ location }) => text(location), ({ location }) => location],
    ['reminders:field.channel', ({ channelId }) => `<#${channelId}>`, ({ channelId }) => channelId],
  ];
  return parts.flatMap(([key, show, read]) =>
    JSON.stringify(read(before)) === JSON.stringify(read(after))
      ? []
      : [`**${t(key)}**: ${show(before)} → ${show(after)}`],
  );
}

function bounds(t: Translate, { rrule, recursFrom, recursUntil }: Reminder): string {
  const from =
    recursFrom !== null && rrule === null ? ` ${t('reminders:when.from', { date: recursFrom })}` : '';
  return recursUntil === null ? from : `${from} ${t('reminders:when.until', { date: recursUntil })}`;
}

/** What the person who changed a reminder reads: what it was and is, and the next times it will be sent. */
export function editedView(t: Translate, locale: Locale, edited: EditedReminder, now: Date): APIEmbed {
  const { after, next, adjusted, startsAt } = edited;
  const lines = changeLines(t, locale, edited);
  if (lines.length === 0) lines.push(t('reminders:edit.nothing'));
  if (after.pausedAt !== null) lines.push('', t('reminders:edit.paused'));
  else if (next.length > 0)
    lines.push('', t('reminders:next.heading'), ...next.map((occurrence) => occurrenceLine(t, occurrence)));
  if (adjusted !== 'none') lines.push('', t(`reminders:adjusted.${adjusted}`, { time: startsAt }));
  return embed('success', {
    title: t('reminders:edit.done'),
    description: lines.join('\n'),
    footer: t('reminders:delivered.footer', { id: after.id }),
    at: now,
  });
}

/** For the log channel: who changed what. */
export function editedLogEntry(edited: EditedReminder, locale: Locale, by: string): LogEntry {
  return (t) => ({
    title: t('reminders:log.edited'),
    description: changeLines(t, locale, edited).join('\n'),
    fields: [
      ...logFields(t, edited.after),
      { name: t('reminders:field.by'), value: `<@${by}>`, inline: true },
    ],
  });
}

/** A fence that no text can close. */
const ZERO_WIDTH_SPACE = '\u200B';

/** What was typed for the message of a reminder that could not be changed so: the window that it was typed in is gone. */
export function typedMessage(t: Translate, message: string, now: Date): APIEmbed[] {
  if (message.trim() === '') return [];
  const kept = message.replaceAll('```', `\`${ZERO_WIDTH_SPACE}\`${ZERO_WIDTH_SPACE}\``);
  return [
    embed('warning', { title: t('reminders:edit.typed'), description: `\`\`\`\n${kept}\n\`\`\``, at: now }),
  ];
}
