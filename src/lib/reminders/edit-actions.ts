import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { actorOf } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { locales, localeOf, translator, type Locale } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { answer, claim, openModal } from '#lib/ui/answer';
import { requireReminderNumber } from './delivered-place.ts';
import { editReminder, readEditable } from './edit.ts';
import {
  changeLines,
  EDIT_INPUTS,
  editedLogEntry,
  editedView,
  editModal,
  typedMessage,
} from './edit-view.ts';
import type { Reminder } from './queries.ts';
import { requireNewTarget } from './target.ts';
import { whenText } from './when-words.ts';
import { inWords } from './when.ts';

export interface EditDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
  /** The host's yes to @everyone. */
  readonly enableEveryoneMentions: boolean;
}

/** Opens the modal in which a reminder is changed. */
export async function openEdit(
  { db, settings, clock }: EditDeps,
  interaction: ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>,
  id: number,
): Promise<void> {
  const { guild, guildId } = interaction;
  const reminder = await readEditable(db, guildId, id, actorOf(interaction));
  const zone = await settings.get(guildId, 'system.timezone');
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const channelId = guild.channels.cache.has(reminder.channelId) ? reminder.channelId : null;
  const when = whenText(t, locale, reminder, zone, clock.now());
  await openModal(interaction, editModal(t, reminder, when, channelId));
}

/** Changes a reminder to what the modal says, and tells what changed; a refusal gives the message that was typed back. */
export async function submitEdit(
  deps: EditDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  id: { readonly reminder: string; readonly seen: string },
): Promise<void> {
  const { settings, clock, logChannel } = deps;
  const { guildId, fields, user } = interaction;
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  await claim(interaction);
  try {
    const edited = await change(deps, interaction, id);
    const embeds = [editedView(t, locale, edited, clock.now())];
    await answer(interaction, { embeds });
    if (edited.after.recipientId !== null || changeLines(t, locale, edited).length === 0) return;
    const language = await settings.get(guildId, 'system.language');
    await logChannel.post(guildId, 'info', editedLogEntry(edited, language, user.id));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const embeds = typedMessage(t, fields.getTextInputValue(EDIT_INPUTS.message), clock.now());
    await answer(interaction, { content: t(error.sentence, error.values), embeds });
  }
}

async function change(
  deps: EditDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  { reminder, seen }: { readonly reminder: string; readonly seen: string },
) {
  const { db, clock } = deps;
  const { guildId, fields } = interaction;
  const id = requireReminderNumber(interaction, { guild: guildId, reminder });
  const now = clock.now();
  const typed = fields.getTextInputValue(EDIT_INPUTS.when).trim();
  return editReminder(
    db,
    guildId,
    id,
    actorOf(interaction),
    {
      name: fields.getTextInputValue(EDIT_INPUTS.name),
      message: fields.getTextInputValue(EDIT_INPUTS.message),
      location: fields.getTextInputValue(EDIT_INPUTS.location),
      when: (before, zone) => (isAsItWas(typed, before, zone, now) ? null : inWords(typed)),
      channelId: await newChannel(deps, interaction, id),
      seen,
    },
    now,
  );
}

/** Whether a time in words is what the form was filled in with, in either language; then it need not be read again. */
export function isAsItWas(typed: string, reminder: Reminder, zone: string, now: Date): boolean {
  return locales.some(
    (locale: Locale) => whenText(translator(locale), locale, reminder, zone, now) === typed,
  );
}

/** The channel that was chosen, if it is another one than before; then it must be one that this person may send to. */
async function newChannel(
  { db, settings, enableEveryoneMentions }: EditDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  id: number,
): Promise<string | null> {
  const { guildId, member, fields } = interaction;
  const chosen = fields.fields.has(EDIT_INPUTS.channel)
    ? fields.getSelectedChannels(EDIT_INPUTS.channel)?.firstKey()
    : undefined;
  if (chosen === undefined) return null;
  const reminder = await readEditable(db, guildId, id, actorOf(interaction)).catch((error: unknown) => {
    // The edit itself says better why not.
    if (error instanceof UserError) return null;
    throw error;
  });
  if (reminder === null || reminder.channelId === chosen) return null;
  requireNewTarget(reminder, chosen, member, {
    host: enableEveryoneMentions,
    guild: await settings.get(guildId, 'reminders.allow_everyone_mentions'),
  });
  return chosen;
}
