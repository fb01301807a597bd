import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import { localeOf, translator } from '#lib/i18n/translate';
import { CHOICES_MAX } from '#lib/ui/limits';
import { categoriesOf } from './categories.ts';
import type { TicketDeps } from './deps.ts';

/** Stands for the general kind, which has no row. */
export const GENERAL = 0;

/**
 * Categories of the guild that fit what a person is typing; the general kind where there are none.
 * @param options.onlyOpen leaves out those that are switched off.
 */
export async function completeCategory(
  { db }: TicketDeps,
  interaction: AutocompleteInteraction,
  { onlyOpen = false } = {},
): Promise<ApplicationCommandOptionChoiceData<number>[]> {
  const { guildId } = interaction;
  if (guildId === null) return [];
  const t = translator(localeOf(interaction.locale));
  const categories = await categoriesOf(db, guildId);
  const choices = [
    ...categories.filter(({ enabled }) => enabled || !onlyOpen).map(({ id, name }) => ({ name, value: id })),
    ...(categories.length === 0 ? [{ name: t('tickets:general'), value: GENERAL }] : []),
  ];
  const typed = interaction.options.getFocused().toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, CHOICES_MAX);
}
