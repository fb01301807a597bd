import { actorOf } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { memberMention } from '#lib/i18n/member-mention';
import { localeOf, translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { answer, claim, update, type ComponentInteraction } from '#lib/ui/answer';
import { requireReminderNumber } from './delivered-place.ts';
import { markDone } from './done.ts';
import { doneLogEntry, doneMessage } from './views.ts';

interface DoneDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

const ROW_ID = /^\d{1,18}$/;

/** Ends the event of a delivered message, and shows in the message who did. */
export async function pressDone(
  { db, settings, clock, logChannel }: DoneDeps,
  interaction: ComponentInteraction,
  id: { readonly guild: string; readonly reminder: string; readonly occurrence: string },
): Promise<void> {
  const isDirect = interaction.guildId === null;
  const reminderId = requireReminderNumber(interaction, id);
  if (!ROW_ID.test(id.occurrence)) throw new UserError('common:outdated', { command: '/reminder_list' });
  await claim(interaction);
  const { doneBy, isRepeated, reminder } = await markDone(
    db,
    { guildId: id.guild, reminderId, occurrenceId: id.occurrence },
    actorOf(interaction),
    isDirect ? 'direct' : 'channel',
    clock.now(),
  );
  // Everyone in the channel reads it.
  const locale = isDirect ? localeOf(interaction.locale) : await settings.get(id.guild, 'system.language');
  const shown = interaction.message.embeds.map(({ data }) => data);
  await update(interaction, doneMessage(translator(locale), shown, doneBy));
  if (isRepeated && doneBy !== interaction.user.id) {
    const t = translator(localeOf(interaction.locale));
    await answer(interaction, { content: t('reminders:done.already', { by: memberMention(t, doneBy) }) });
  } else if (!isRepeated && reminder !== null && !isDirect)
    await logChannel.post(id.guild, 'info', doneLogEntry(reminder, doneBy));
}
