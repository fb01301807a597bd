import { ButtonStyle, type APIButtonComponentWithCustomId } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { button } from '#lib/ui/components';
import { wizardIds } from './custom-ids.ts';

/** The button that opens `/setup` for whoever may manage the server. It works only in a server, and in any message there. */
export function setupButton(t: Translate): APIButtonComponentWithCustomId {
  return button(t('setup:open'), wizardIds.build('open', {}), ButtonStyle.Primary);
}
