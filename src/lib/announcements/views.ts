import {
  ButtonStyle,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
} from 'discord.js';
import type { Locale, SentenceKey, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { changeLines } from '#lib/reminders/edit-view';
import { messageLink } from '#lib/reminders/message-link';
import type { Reminder } from '#lib/reminders/queries';
import { nextOccurrences } from '#lib/reminders/schedule';
import { fullTime, logFields, scheduleText } from '#lib/reminders/views';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { announcementIds } from './custom-ids.ts';
import type { Posted } from './message.ts';
import type { Silent } from './follower.ts';
import type { Silence } from './read.ts';
import type { Announced, Announcement } from './reminder.ts';

const QUOTE_MAX = 200;

/** Where a post is. */
export type Spot = Pick<Posted, 'guildId' | 'channelId' | 'messageId'>;

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

function postField(t: Translate, spot: Spot) {
  return { name: t('announcements:field.post'), value: messageLink(spot.guildId, spot) };
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
      { name: t('reminders:field.when'), value: scheduleText(t, locale, reminder), inline: true },
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
): APIActionRowComponent<APIComponentInMessageActionRow> {
  const parts = { guild: guildId, message: messageId };
  return row(
    button(t('announcements:button.edit'), announcementIds.build('edit', parts)),
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
  return (t) => ({
    title: t('announcements:log.changed'),
    description: changeLines(t, locale, { before, after }).join('\n'),
    fields: [...logFields(t, after), postField(t, spot)],
  });
}

/** For the log channel: a reminder that went with its post. */
export function overEntry(reminder: Reminder, why: 'edited' | 'deleted'): LogEntry {
  return (t) => ({
    title: t('announcements:log.over'),
    description: t(why === 'edited' ? 'announcements:over.edited' : 'announcements:over.deleted'),
    fields: logFields(t, reminder),
  });
}

const assistantSaid = {
  nothing: 'announcements:assistant.nothing',
  unfounded: 'announcements:assistant.unfounded',
  failed: 'announcements:assistant.failed',
} as const satisfies Record<string, SentenceKey>;

/** For the log channel: why a post became no reminder. */
export function silentEntry({ reading, assistant }: Silent, spot: Spot): LogEntry {
  return (t) => ({
    title: t('announcements:log.silent'),
    description: [
      silenceText(t, reading.reason),
      ...(assistant === undefined ? [] : [t(assistantSaid[assistant])]),
    ].join('\n'),
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
): { embeds: APIEmbed[]; components: APIActionRowComponent<APIComponentInMessageActionRow>[] } {
  const parts = { guild: spot.guildId, message: spot.messageId };
  return {
    embeds: [
      embed('info', {
        title: t('announcements:question.title'),
        description: t('announcements:question.text', {
          name: safeEmbedText(announcement.name, QUOTE_MAX),
          when: scheduleText(t, locale, announcement),
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
        button(t('announcements:button.no'), announcementIds.build('no', parts)),
      ),
    ],
  };
}
