import { MessageFlags, type ChatInputCommandInteraction, type InteractionReplyOptions } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import { claim } from '#lib/ui/answer';
import { isSettingKey, scopeOf, scopes, type SettingKey } from './definitions.ts';
import { scopePanel } from './panel.ts';
import type { Change, Settings } from './settings.ts';
import { parseSettingValue, quoted } from './values.ts';
import { changeText, HISTORY_PAGE, historyView, scopesView, settingsView } from './views.ts';

type Interaction = ChatInputCommandInteraction<'cached'>;

/** What a subcommand of `/config` answers, and what it changed, if anything. */
export interface ConfigResult {
  readonly reply: InteractionReplyOptions;
  readonly change?: Change;
}

/**
 * Does what a subcommand of `/config` stands for.
 * @throws UserError for a setting, a value or an entry that does not exist or fit.
 */
export async function runConfig(
  settings: Settings,
  t: Translate,
  interaction: Interaction,
  now: Date,
): Promise<ConfigResult> {
  const { guild, guildId, options } = interaction;
  const changedBy = interaction.user.id;
  const told = (change: Change): ConfigResult => ({ reply: { content: changeText(t, change) }, change });
  switch (options.getSubcommand()) {
    case 'show': {
      const scope = options.getString('scope');
      const all = await settings.list(guildId);
      const shown = all.filter(({ key }) => scope === null || scopeOf(key) === scope);
      return { reply: { embeds: [settingsView(t, shown, now)] } };
    }
    case 'set': {
      const key = requireKey(interaction);
      const value = parseSettingValue(guild, key, options.getString('value', true), interaction.member);
      await claim(interaction);
      return told(await settings.change({ guildId, key, value, changedBy }));
    }
    case 'reset': {
      const key = requireKey(interaction);
      await claim(interaction);
      return told(await settings.change({ guildId, key, value: null, changedBy }));
    }
    case 'undo':
      return told(await undo(settings, interaction));
    case 'history': {
      const key = options.getString('setting') === null ? null : requireKey(interaction);
      const entries = await settings.history(guildId, {
        ...(key !== null && { key }),
        limit: HISTORY_PAGE + 1,
      });
      return { reply: historyView(t, entries, key, now) };
    }
    case 'scopes':
      return { reply: { embeds: [scopesView(t, now)] } };
    default:
      return {
        reply: {
          flags: MessageFlags.IsComponentsV2,
          components: scopePanel(t, await settings.list(guildId), scopes[0] ?? '', null),
        },
      };
  }
}

async function undo(settings: Settings, interaction: Interaction): Promise<Change> {
  const { guild, guildId, options } = interaction;
  await claim(interaction);
  const entryId = options.getInteger('entry')?.toString() ?? (await settings.newestUndoable(guildId));
  if (entryId === null) throw new UserError('config:nothingToUndo');
  const entry = await settings.historyEntry(guildId, entryId);
  // The channel or role of long ago may be gone, or out of the bot's reach.
  if (entry.oldValue !== null)
    parseSettingValue(guild, entry.key, String(entry.oldValue), interaction.member);
  return settings.undo({ guildId, entryId, undoneBy: interaction.user.id });
}

function requireKey(interaction: Interaction): SettingKey {
  const input = interaction.options.getString('setting', true).trim();
  if (!isSettingKey(input)) throw new UserError('config:unknownSetting', { input: quoted(input) });
  return input;
}
