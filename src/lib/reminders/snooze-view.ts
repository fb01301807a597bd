import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import { embed } from '#lib/ui/embeds';
import { reminderIds } from './custom-ids.ts';
import { NAME_MAX } from './create.ts';
import type { Reminder } from './queries.ts';
import { SNOOZE_PRESETS, snoozeInstant } from './snooze-times.ts';
import { fullTime, relativeTime } from './views.ts';
import { WHEN_MAX } from './when.ts';

export type SnoozeScope = 'person' | 'channel';

/** What is told again. */
export interface SnoozedTexts {
  readonly name: string;
  readonly message: string;
  readonly location: string | null;
}

/** The parts of the ids of everything that belongs to one snoozing. */
export interface SnoozePlace {
  readonly guild: string;
  readonly reminder: string;
  /** The delivered message. */
  readonly message: string;
}

export interface SnoozeMessage {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
}

/**
 * Asks a person when they want to be told again, or, who manages the reminder, everyone in the channel. Its embed holds what
 * will be told, should the reminder be deleted before they choose.
 */
export function snoozeMessage(
  t: Translate,
  texts: SnoozedTexts,
  place: SnoozePlace,
  scope: { readonly chosen: SnoozeScope; readonly mayChoose: boolean },
  when: { readonly zone: string; readonly now: Date },
): SnoozeMessage {
  const offered = SNOOZE_PRESETS.filter((preset) => snoozeInstant(preset, when.zone, when.now) !== null);
  const other = scope.chosen === 'person' ? 'channel' : 'person';
  return {
    content: t(`reminders:snooze.ask.${scope.chosen}`),
    embeds: [
      embed('info', {
        title: safeEmbedText(texts.name, 256),
        description: texts.message,
        fields: [{ name: t('reminders:field.where'), value: safeEmbedText(texts.location ?? '', 1024) }],
        at: when.now,
      }),
    ],
    components: [
      row(
        ...offered.map((preset) =>
          button(
            t(`reminders:snooze.preset.${preset}`),
            reminderIds.build('snoozeAt', { preset, scope: scope.chosen, ...place }),
            ButtonStyle.Primary,
          ),
        ),
        button(
          t('reminders:snooze.other'),
          reminderIds.build('snoozeOther', { scope: scope.chosen, ...place }),
        ),
      ),
      ...(scope.mayChoose
        ? [
            row(
              button(
                t(`reminders:snooze.for.${other}`),
                reminderIds.build('snoozeFor', { scope: other, ...place }),
              ),
            ),
          ]
        : []),
    ],
  };
}

/** The texts from a message of the bot, where the reminder itself is gone. */
export function textsOf(shown: Pick<APIEmbed, 'title' | 'description'> | undefined): SnoozedTexts | null {
  // As it was written, without what keeps markdown from being read in it.
  const name = shown?.title
    ?.replaceAll(/\\([^A-Za-z0-9\s])/g, '$1')
    .slice(0, NAME_MAX)
    .trim();
  if (name === undefined || name === '') return null;
  return { name, message: shown?.description ?? '', location: null };
}

/** The id of the input in the modals that ask when. */
export const WHEN_INPUT = 'when';

/** The modal for a time that is not offered. */
export function otherTimeModal(
  t: Translate,
  place: SnoozePlace,
  scope: SnoozeScope,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: reminderIds.build('snoozeEnter', { scope, ...place }),
    title: t('reminders:snooze.title'),
    components: [
      {
        type: ComponentType.Label,
        label: t('reminders:field.when'),
        description: t('reminders:when.hint'),
        component: {
          type: ComponentType.TextInput,
          custom_id: WHEN_INPUT,
          style: TextInputStyle.Short,
          max_length: WHEN_MAX,
        },
      },
    ],
  };
}

/** What takes the question's place. */
export function snoozedMessage(t: Translate, reminder: Reminder, at: Date): SnoozeMessage {
  const key = reminder.recipientId === null ? 'reminders:snooze.doneChannel' : 'reminders:snooze.donePerson';
  const values = {
    name: safeEmbedText(reminder.name, 256),
    due: fullTime(at),
    relative: relativeTime(at),
    channel: `<#${reminder.channelId}>`,
  };
  return { content: t(key, values), embeds: [], components: [] };
}
