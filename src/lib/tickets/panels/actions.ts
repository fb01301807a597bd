import type { ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { isDrawn, oneLine } from '#lib/text/one-line';
import { plainText, truncate } from '#lib/text/sanitize';
import { answer, claim } from '#lib/ui/answer';
import { categoriesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { lacksOf } from '../editor/lacks.ts';
import { isPanelChannel, postPanel } from './panels.ts';
import { PANEL_TEXT_MAX, PANEL_TITLE_MAX, panelStyles, type PanelWords } from './view.ts';

interface TypedWords {
  readonly style: string;
  /** Empty for the bot's own words; `text` likewise. */
  readonly title: string;
  readonly text: string;
}

/** How a line break is typed in a command. */
const LINE_BREAK = String.raw`\n`;

/** What stands on a panel, with the bot's own words where nothing was written. @param inGuild the language of the server. */
export function panelWords(inGuild: Translate, { style, title, text }: TypedWords): PanelWords {
  const written = plainText(text.replaceAll(LINE_BREAK, '\n')).trim();
  return {
    style: panelStyles.find((one) => one === style) ?? 'buttons',
    title: truncate(oneLine(title) ?? inGuild('ticket-setup:panel.title'), PANEL_TITLE_MAX),
    text: truncate(isDrawn(written) ? written : inGuild('ticket-setup:panel.text'), PANEL_TEXT_MAX),
  };
}

/**
 * Posts a panel, for `/ticket_panel_post`, and says whether something is still missing.
 * @throws UserError when it cannot be posted there.
 */
export async function sendPanel(
  deps: TicketDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  { channelId, ...typed }: TypedWords & { readonly channelId: string },
): Promise<void> {
  const { guild } = interaction;
  const t = translator(localeOf(interaction.locale));
  const overrides = await deps.settings.overrides(guild.id);
  const inGuild = translator(effectiveValue(overrides, 'system.language'));
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined || !isPanelChannel(channel)) throw new UserError('ticket-setup:panel.noChannel');
  await claim(interaction);
  const link = await postPanel(deps, channel, panelWords(inGuild, typed));
  const lacks = lacksOf(guild, await categoriesOf(deps.db, guild.id), overrides);
  const posted = t('ticket-setup:panel.posted', { channel: `<#${channel.id}>`, link });
  await answer(interaction, {
    content: lacks.length === 0 ? posted : `${posted}\n⚠️ ${t('ticket-setup:panel.notReady')}`,
  });
}
