import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { answer, claim, openModal } from '#lib/ui/answer';
import { ABOUT_INPUTS, aboutModal, nameOf } from './about-view.ts';
import { createReminder } from './create.ts';
import { requireDirectMessages } from './direct-messages.ts';
import { requireTarget } from './target.ts';
import { createdLogEntry, createdView } from './views.ts';
import { inWords } from './when.ts';

interface AboutDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

/** Asks whoever used the menu of a message when they want to hear of it again. Discord offers it only to who can read it. */
export async function openAbout(
  t: Translate,
  interaction: MessageContextMenuCommandInteraction<'cached'>,
): Promise<void> {
  const { targetMessage } = interaction;
  await openModal(interaction, aboutModal(t, targetMessage.id, nameOf(t, targetMessage)));
}

/** Makes a reminder of a message: for the person alone, or for the channel that it is in. */
export async function submitAbout(
  { db, settings, clock, logChannel }: AboutDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  { message }: { readonly message: string },
): Promise<void> {
  const { guild, guildId, member, user, fields, channelId } = interaction;
  if (channelId === null) throw new UserError('common:guildOnly');
  const isForAll = fields.getStringSelectValues(ABOUT_INPUTS.where).includes('channel');
  await claim(interaction);
  const overrides = await settings.overrides(guildId);
  if (!effectiveValue(overrides, 'reminders.enabled')) throw new UserError('reminders:disabled');
  if (isForAll) requireTarget(guild, member, channelId);
  else await requireDirectMessages(user);
  const created = await createReminder(
    db,
    {
      ...inWords(fields.getTextInputValue(ABOUT_INPUTS.when)),
      name: fields.getTextInputValue(ABOUT_INPUTS.name),
      message: null,
      location: null,
    },
    {
      guildId,
      channelId,
      createdBy: user.id,
      recipientId: isForAll ? null : user.id,
      origin: { channelId, messageId: message },
      isAdmin: isAdmin(actorOf(interaction)),
      mentionEveryone: false,
      now: clock.now(),
    },
  );
  const locale = localeOf(interaction.locale);
  await answer(interaction, { embeds: [createdView(translator(locale), locale, created, clock.now())] });
  if (isForAll) await logChannel.post(guildId, 'success', createdLogEntry(created));
}
