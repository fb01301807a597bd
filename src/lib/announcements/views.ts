import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
} from 'discord.js';
import type { Locale, SentenceKey, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { Reminder } from '#lib/reminders/queries';
import { nextOccurrences } from '#lib/reminders/schedule';
import { fullTime, logFields, recurrenceText } from '#lib/reminders/views';
import { safeEmbedText } from '#lib/text/sanitize';
import { embed } from '#lib/ui/embeds';
import { announcementIds } from './custom-ids.ts';
import type { Posted } from './message.ts';
import type { Reading, Silence } from './read.ts';
import type { Announced, Announcement } from './reminder.ts';

const QUOTE_MAX = 200;

/** Where a post is. */
export type Spot = Pick<Posted, 'guildId' | 'channelId' | 'messageId'>;

/** A link to a post. */
export const linkTo = ({ guildId, channelId, messageId }: Spot): string =>
  `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;

const silences: Readonly<Record<Silence, SentenceKey>> = {
  empty: 'announcements:silence.empty',
  'no-moment': 'announcements:silence.noMoment',
  'no-time': 'announcements:silence.noTime',
  past: 'announcements:silence.past',
  disagree: 'announcements:silence.disagree',
  impossible: 'announcements:silence.impossible',
  cancelled: 'announcements:silence.cancelled',
  question: 'announcements:silence.question',
  hours: 'announcements:silence.hours',
  report: 'announcements:silence.report',
  unsure: 'announcements:silence.unsure',
};

/** Why a post announces nothing, as a sentence. */
export function silenceText(t: Translate, reason: Silence): string {
  return t(silences[reason]);
}

/** The words that were read, as they stand in the post. */
export function evidenceText(evidence: readonly string[]): string {
  return evidence
    .filter((words) => words !== '')
    .map((words) => `“${safeEmbedText(words, QUOTE_MAX)}”`)
    .join(' · ');
}

/** When it is: an instant, or on which days at what time. */
export function whenText(
  t: Translate,
  locale: Locale,
  { eventTime, days, rrule, callTime }: Pick<Reminder, 'eventTime' | 'days' | 'rrule' | 'callTime'>,
): string {
  if (eventTime !== null) return fullTime(eventTime);
  return t('reminders:list.recurring', { days: recurrenceText({ days, rrule }, locale), time: callTime });
}

function postField(t: Translate, spot: Spot) {
  return { name: t('announcements:field.post'), value: linkTo(spot), inline: false };
}

/** For the log channel: what a post became, from which words, and when it goes out. */
export function createdEntry(
  reminder: Reminder,
  reading: Announced | null,
  spot: Spot,
  zone: string,
  locale: Locale,
  now: Date,
): LogEntry {
  const [first] = nextOccurrences(reminder, zone, now, 1);
  return (t) => ({
    title: t('announcements:log.created'),
    fields: [
      ...logFields(t, reminder),
      { name: t('reminders:field.when'), value: whenText(t, locale, reminder), inline: true },
      {
        name: t('reminders:field.where'),
        value: safeEmbedText(reminder.location ?? '', QUOTE_MAX),
        inline: true,
      },
      {
        name: t('reminders:field.next'),
        value: first === undefined ? '' : fullTime(first.dueAt),
        inline: true,
      },
      { name: t('announcements:field.read'), value: reading === null ? '' : evidenceText(reading.evidence) },
      postField(t, spot),
    ],
  });
}

/** The buttons below {@link createdEntry}. */
export function createdButtons(
  t: Translate,
  { guildId, messageId }: Spot,
): APIActionRowComponent<APIButtonComponent> {
  const parts = { guild: guildId, message: messageId };
  return row(
    button(t('announcements:button.edit'), announcementIds.build('edit', parts), ButtonStyle.Secondary),
    button(t('announcements:button.undo'), announcementIds.build('undo', parts), ButtonStyle.Danger),
  );
}

/** For the log channel: a post that says what another one said. */
export function repeatedEntry(reminder: Reminder, spot: Spot): LogEntry {
  return (t) => ({
    title: t('announcements:log.repeated'),
    fields: [...logFields(t, reminder), postField(t, spot)],
  });
}

/** For the log channel: an edited post, and what of its reminder is different now. */
export function changedEntry(before: Reminder, after: Reminder, spot: Spot, locale: Locale): LogEntry {
  return (t) => {
    const difference = (name: SentenceKey, from: string, to: string) =>
      from === to ? [] : [{ name: t(name), value: `${from === '' ? '—' : from} → ${to === '' ? '—' : to}` }];
    return {
      title: t('announcements:log.changed'),
      fields: [
        ...logFields(t, after),
        ...difference(
          'announcements:field.name',
          safeEmbedText(before.name, QUOTE_MAX),
          safeEmbedText(after.name, QUOTE_MAX),
        ),
        ...difference('reminders:field.when', whenText(t, locale, before), whenText(t, locale, after)),
        ...difference(
          'reminders:field.where',
          safeEmbedText(before.location ?? '', QUOTE_MAX),
          safeEmbedText(after.location ?? '', QUOTE_MAX),
        ),
        ...(before.message === after.message
          ? []
          : [{ name: t('announcements:field.text'), value: t('announcements:textChanged') }]),
        postField(t, spot),
      ],
    };
  };
}

/** For the log channel: a reminder that went with its post. */
export function overEntry(reminder: Reminder, why: 'edited' | 'deleted'): LogEntry {
  return (t) => ({
    title: t('announcements:log.over'),
    description: t(why === 'edited' ? 'announcements:over.edited' : 'announcements:over.deleted'),
    fields: logFields(t, reminder),
  });
}

/** For the log channel: why a post became no reminder. */
export function silentEntry(reading: Extract<Reading, { kind: 'none' }>, spot: Spot): LogEntry {
  return (t) => ({
    title: t('announcements:log.silent'),
    description: silenceText(t, reading.reason),
    fields: [
      { name: t('announcements:field.read'), value: evidenceText(reading.evidence) },
      postField(t, spot),
    ],
  });
}

/** The question to whoever posted something that may be an announcement. */
export function questionMessage(
  t: Translate,
  locale: Locale,
  announcement: Announcement,
  reading: Pick<Announced, 'evidence'> | null,
  spot: Spot,
  now: Date,
): { embeds: APIEmbed[]; components: APIActionRowComponent<APIButtonComponent>[] } {
  const parts = { guild: spot.guildId, message: spot.messageId };
  return {
    embeds: [
      embed('info', {
        title: t('announcements:question.title'),
        description: t('announcements:question.text', {
          name: safeEmbedText(announcement.name, QUOTE_MAX),
          when: whenText(t, locale, announcement),
        }),
        fields: [
          { name: t('reminders:field.where'), value: safeEmbedText(announcement.location ?? '', QUOTE_MAX) },
          {
            name: t('announcements:field.read'),
            value: reading === null ? '' : evidenceText(reading.evidence),
          },
          postField(t, spot),
        ],
        at: now,
      }),
    ],
    components: [
      row(
        button(t('announcements:button.yes'), announcementIds.build('yes', parts), ButtonStyle.Success),
        button(t('announcements:button.no'), announcementIds.build('no', parts), ButtonStyle.Secondary),
      ),
    ],
  };
}

function button(
  label: string,
  customId: string,
  style: ButtonStyle.Success | ButtonStyle.Secondary | ButtonStyle.Danger,
) {
  return { type: ComponentType.Button as const, style, label, custom_id: customId };
}

function row(...components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components };
}
