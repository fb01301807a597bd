import {
  TimestampStyles,
  time,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIEmbedField,
} from 'discord.js';
import { memberMention } from '#lib/i18n/member-mention';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { Locale, SentenceKey, Translate } from '#lib/i18n/translate';
import { safeEmbedText, truncate } from '#lib/text/sanitize';
import { formatDaysForDisplay } from '#lib/time/parse';
import { parseRule } from '#lib/time/recurrence';
import { formatRuleForDisplay } from '#lib/time/rule-words';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import type { CreatedReminder } from './create.ts';
import type { ClaimedOccurrence } from './claims.ts';
import { reminderIds } from './custom-ids.ts';
import { messageLink } from './message-link.ts';
import type { ListedReminder, Reminder } from './queries.ts';
import type { Occurrence } from './schedule.ts';

/** A message that came more than this long after its time says so. */
const LATE_AFTER_MS = 2 * 60_000;

/** An instant as every reader's client shows it, in full. */
export const fullTime = (instant: Date): string => time(instant, TimestampStyles.FullDateShortTime);
/** An instant by how far off it is. */
export const relativeTime = (instant: Date): string => time(instant, TimestampStyles.RelativeTime);
/** The name for markdown. */
export const reminderName = (reminder: Reminder): string => safeEmbedText(reminder.name, 256);

/** Where a reminder goes, for whoever may read that: a channel, or its maker alone. */
export function placeOf(t: Translate, { channelId, recipientId }: Reminder): string {
  return recipientId === null ? `<#${channelId}>` : t('reminders:toYou');
}

/** When a recurring reminder comes back, in words: `Monday and Friday`, `every other Friday`. */
export function recurrenceText({ days, rrule }: Pick<Reminder, 'days' | 'rrule'>, locale: Locale): string {
  const rule = rrule === null ? null : parseRule(rrule);
  return rule === null ? formatDaysForDisplay(days, locale) : formatRuleForDisplay(rule, locale);
}

/** When it is, for markdown: an instant, or on which days at what time. */
export function scheduleText(
  t: Translate,
  locale: Locale,
  { eventTime, days, rrule, callTime }: Pick<Reminder, 'eventTime' | 'days' | 'rrule' | 'callTime'>,
): string {
  if (eventTime !== null) return fullTime(eventTime);
  return t('reminders:list.recurring', { days: recurrenceText({ days, rrule }, locale), time: callTime });
}

function deliveredTitle(kind: ClaimedOccurrence['kind'], isLate: boolean): SentenceKey {
  if (kind === 'advance') return 'reminders:delivered.ahead';
  return isLate ? 'reminders:delivered.begun' : 'reminders:delivered.now';
}

/**
 * The message that everyone in the channel sees, or a member alone, who is told the server.
 * Its text stays as its author formatted it: an embed pings nobody.
 */
export function deliveredMessage(
  t: Translate,
  occurrence: ClaimedOccurrence,
  now: Date,
  guildName: string | null = null,
): { embeds: APIEmbed[]; components: APIActionRowComponent<APIComponentInMessageActionRow>[] } {
  const { reminder, kind, eventAt, dueAt } = occurrence;
  const isLate = now.getTime() - dueAt.getTime() > LATE_AFTER_MS;
  return {
    embeds: [
      embed(kind === 'event' ? 'success' : 'info', {
        title: t(deliveredTitle(kind, isLate), { name: reminderName(reminder) }),
        description: reminder.message,
        fields: [
          { name: t('reminders:field.when'), value: `${fullTime(eventAt)} (${relativeTime(eventAt)})` },
          { name: t('reminders:field.where'), value: safeEmbedText(reminder.location ?? '', 1024) },
          { name: t('reminders:field.about'), value: originLink(t, reminder) },
          { name: t('reminders:field.server'), value: safeEmbedText(guildName ?? '', 100) },
          {
            name: t('reminders:field.late'),
            value: isLate ? t('reminders:delivered.late', { due: fullTime(dueAt) }) : '',
          },
        ],
        footer: t('reminders:delivered.footer', { id: reminder.id }),
        // The moment it was meant for; with the number and its event it tells this message from all others.
        at: dueAt,
      }),
    ],
    components: [deliveredButtons(t, occurrence)],
  };
}

function originLink(t: Translate, { guildId, originChannelId, originMessageId }: Reminder): string {
  if (originChannelId === null || originMessageId === null) return '';
  const link = messageLink(guildId, { channelId: originChannelId, messageId: originMessageId });
  return `[${t('reminders:delivered.link')}](${link})`;
}

function deliveredButtons(t: Translate, { id, reminder }: ClaimedOccurrence) {
  const place = { guild: reminder.guildId, reminder: String(reminder.id) };
  return row(
    button(t('reminders:snooze.button'), reminderIds.build('snooze', place)),
    button(t('reminders:done.button'), reminderIds.build('done', { ...place, occurrence: id })),
  );
}

/** A delivered message after somebody said that nothing is left to do. */
export function doneMessage(
  t: Translate,
  embeds: readonly APIEmbed[],
  doneBy: string,
): { embeds: APIEmbed[]; components: [] } {
  const by: APIEmbedField = { name: t('reminders:done.by'), value: memberMention(t, doneBy) };
  return {
    embeds: embeds.map((shown, index) =>
      index === 0 ? { ...shown, fields: [...(shown.fields ?? []), by] } : shown,
    ),
    components: [],
  };
}

/** A message that is still to come, as a line of a list. */
export function occurrenceLine(t: Translate, occurrence: Occurrence): string {
  const key = occurrence.kind === 'event' ? 'reminders:next.event' : 'reminders:next.ahead';
  return `- ${t(key, { due: fullTime(occurrence.dueAt), relative: relativeTime(occurrence.dueAt), event: fullTime(occurrence.eventAt) })}`;
}

/** What the person who added a reminder reads: what was understood, and the next times it will be sent. */
export function createdView(t: Translate, locale: Locale, created: CreatedReminder, now: Date): APIEmbed {
  const { reminder, next, adjusted, startsAt } = created;
  const lines = [
    t(reminder.eventTime === null ? 'reminders:created.recurring' : 'reminders:created.once', {
      name: reminderName(reminder),
      channel: placeOf(t, reminder),
      days: recurrenceText(reminder, locale),
      time: reminder.callTime,
    }),
    '',
    t('reminders:next.heading'),
    ...next.map((occurrence) => occurrenceLine(t, occurrence)),
  ];
  if (adjusted !== 'none') lines.push('', t(`reminders:adjusted.${adjusted}`, { time: startsAt }));
  return embed('success', {
    title: t('reminders:created.title'),
    description: lines.join('\n'),
    footer: t('reminders:delivered.footer', { id: reminder.id }),
    at: now,
  });
}

/** A name in a list is cut there, so that a page of them fits into one message. */
const LISTED_NAME_MAX = 160;

/** A reminder in a list. */
export function listLine(t: Translate, locale: Locale, reminder: ListedReminder): string {
  const when = scheduleText(t, locale, reminder);
  const next =
    reminder.pausedAt !== null
      ? ` · ${t('reminders:list.paused')}`
      : reminder.nextDueAt === null
        ? ''
        : ` · ${t('reminders:list.next', { due: relativeTime(reminder.nextDueAt) })}`;
  return `**#${reminder.id}** ${safeEmbedText(reminder.name, LISTED_NAME_MAX)} · ${when} · ${placeOf(t, reminder)}${next}`;
}

/** One reminder in an autocomplete list; plain text, for Discord formats nothing there. */
export function choiceName(t: Translate, locale: Locale, reminder: Reminder, zone: string): string {
  const when =
    reminder.eventTime === null
      ? t('reminders:list.recurring', {
          days: recurrenceText(reminder, locale),
          time: reminder.callTime,
        })
      : reminder.eventTime.toLocaleString(locale, {
          timeZone: zone,
          dateStyle: 'medium',
          timeStyle: 'short',
        });
  return truncate(`#${reminder.id} ${reminder.name} · ${when}`, 100);
}

/** The sentence about a deleted reminder. */
export function deletedText(t: Translate, reminder: Reminder): string {
  return t('reminders:deleted', { name: reminderName(reminder), id: reminder.id });
}

/** The sentence about a paused reminder. */
export function pausedText(t: Translate, reminder: Reminder): string {
  return t('reminders:pause.done', { name: reminderName(reminder), id: reminder.id });
}

/** The sentence about a resumed reminder. */
export function resumedText(t: Translate, reminder: Reminder, nextDueAt: Date): string {
  return t('reminders:pause.resumed', {
    name: reminderName(reminder),
    id: reminder.id,
    due: fullTime(nextDueAt),
  });
}

/** What the log channel is told of a reminder in any case. */
export const logFields = (t: Translate, reminder: Reminder) => [
  { name: t('reminders:field.reminder'), value: `#${reminder.id} ${reminderName(reminder)}`, inline: true },
  { name: t('reminders:field.channel'), value: `<#${reminder.channelId}>`, inline: true },
];

/** For the log channel: who added what. */
export function createdLogEntry(created: CreatedReminder): LogEntry {
  const { reminder, next } = created;
  const first = next[0];
  return (t) => ({
    title: t('reminders:log.created'),
    fields: [
      ...logFields(t, reminder),
      { name: t('reminders:field.by'), value: `<@${reminder.createdBy}>`, inline: true },
      {
        name: t('reminders:field.next'),
        value: first === undefined ? '' : fullTime(first.dueAt),
        inline: true,
      },
    ],
  });
}

/** For the log channel: what went out, and for when. */
export function sentLogEntry({ reminder, eventAt, dueAt }: ClaimedOccurrence): LogEntry {
  return (t) => ({
    title: t('reminders:log.sent'),
    fields: [
      ...logFields(t, reminder),
      { name: t('reminders:field.due'), value: fullTime(dueAt), inline: true },
      { name: t('reminders:field.when'), value: fullTime(eventAt), inline: true },
    ],
  });
}

/** For the log channel: who deleted what. */
export function deletedLogEntry(reminder: Reminder, by: string): LogEntry {
  return (t) => ({ title: t('reminders:log.deleted'), fields: fieldsWithActor(t, reminder, by) });
}

/** For the log channel: who said that nothing is left to do. */
export function doneLogEntry(reminder: Reminder, by: string): LogEntry {
  return (t) => ({ title: t('reminders:log.done'), fields: fieldsWithActor(t, reminder, by) });
}

/** For the log channel: who paused what. */
export function pausedLogEntry(reminder: Reminder, by: string): LogEntry {
  return (t) => ({ title: t('reminders:log.paused'), fields: fieldsWithActor(t, reminder, by) });
}

/** For the log channel: who resumed what. */
export function resumedLogEntry(reminder: Reminder, by: string): LogEntry {
  return (t) => ({ title: t('reminders:log.resumed'), fields: fieldsWithActor(t, reminder, by) });
}

const fieldsWithActor = (t: Translate, reminder: Reminder, by: string) => [
  ...logFields(t, reminder),
  { name: t('reminders:field.by'), value: `<@${by}>`, inline: true },
];

/** Whether an embed in a channel is the message of this occurrence, in whatever language it was sent. */
export function isMessageOf(
  occurrence: ClaimedOccurrence,
  message: Pick<APIEmbed, 'footer' | 'timestamp' | 'fields'>,
): boolean {
  const { reminder, dueAt, eventAt } = occurrence;
  return (
    message.timestamp !== undefined &&
    Date.parse(message.timestamp) === dueAt.getTime() &&
    message.footer?.text.endsWith(`#${reminder.id}`) === true &&
    // Today's event and the announcement of tomorrow's may be due at once.
    message.fields?.[0]?.value.startsWith(fullTime(eventAt)) === true
  );
}

/** For the log channel: what came too late to be sent. */
export function missedLogEntry({ reminder, dueAt }: Pick<ClaimedOccurrence, 'reminder' | 'dueAt'>): LogEntry {
  return (t) => ({
    title: t('reminders:log.missed'),
    description: t('reminders:missed'),
    fields: [
      ...logFields(t, reminder),
      { name: t('reminders:field.due'), value: fullTime(dueAt), inline: true },
    ],
  });
}
