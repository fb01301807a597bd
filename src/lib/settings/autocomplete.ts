import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { defaultLocale, localeOf, translator } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import { isSettingKey } from './definitions.ts';
import { searchSettings, settingChoices, valueChoices } from './search.ts';
import type { Settings } from './settings.ts';
import { historyChoice } from './views.ts';

/** What fits where a person is typing in `/config`. Nothing for who may not use it: preconditions do not guard autocomplete. */
export async function completeConfig(
  interaction: AutocompleteInteraction,
  settings: Settings,
): Promise<ApplicationCommandOptionChoiceData[]> {
  if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction))) return [];
  const t = translator(localeOf(interaction.locale));
  const { name, value: typed } = interaction.options.getFocused(true);
  switch (name) {
    case 'setting':
      return settingChoices(t, searchSettings(typed, [t, translator(defaultLocale)]));
    case 'value': {
      const key = interaction.options.getString('setting') ?? '';
      return isSettingKey(key) ? valueChoices(t, interaction.guild, key, typed) : [];
    }
    case 'entry': {
      const entries = await settings.history(interaction.guildId, { limit: CHOICES_MAX });
      return entries
        .filter(({ id }) => id.startsWith(typed))
        .map((entry) => ({
          name: truncate(historyChoice(t, interaction.guild, entry), CHOICE_NAME_MAX),
          value: Number(entry.id),
        }));
    }
    default:
      return [];
  }
}
