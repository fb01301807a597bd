import type {
  ApplicationCommandOptionChoiceData,
  AutocompleteInteraction,
  SlashCommandIntegerOption,
} from 'discord.js';
import { actorOf } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import type { Settings } from '#lib/settings/settings';
import { CHOICES_MAX } from '#lib/ui/limits';
import { findManageable } from './search.ts';
import { choiceName } from './views.ts';

/** The largest number that the table can give a reminder. */
const ID_MAX = 2_147_483_647;

/** The option by which a person names one of their reminders. */
export function reminderOption(
  option: SlashCommandIntegerOption,
  description: SentenceKey,
): SlashCommandIntegerOption {
  return describe(option.setName('reminder'), description)
    .setRequired(true)
    .setAutocomplete(true)
    .setMinValue(1)
    .setMaxValue(ID_MAX);
}

/** What fits where a person is typing in that option. */
export async function completeReminder(
  { db, settings }: { readonly db: Database; readonly settings: Settings },
  interaction: AutocompleteInteraction,
  which: 'all' | 'running' | 'paused' = 'all',
): Promise<ApplicationCommandOptionChoiceData[]> {
  const { guildId } = interaction;
  if (guildId === null) return [];
  const typed = interaction.options.getFocused();
  const reminders = await findManageable(db, guildId, actorOf(interaction), typed, CHOICES_MAX, which);
  const zone = await settings.get(guildId, 'system.timezone');
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  return reminders.map((reminder) => ({ name: choiceName(t, locale, reminder, zone), value: reminder.id }));
}
