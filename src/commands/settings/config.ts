import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { MessageFlags, type AutocompleteInteraction, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { completeConfig } from '#lib/settings/autocomplete';
import { configCommand } from '#lib/settings/command-definition';
import { isSettingKey, scopeOf, scopes, type SettingKey } from '#lib/settings/definitions';
import { scopePanel } from '#lib/settings/panel';
import type { Change } from '#lib/settings/settings';
import { parseSettingValue, quoted } from '#lib/settings/values';
import {
  changedLogEntry,
  changeText,
  HISTORY_PAGE,
  historyView,
  scopesView,
  settingsView,
} from '#lib/settings/views';
import { answer } from '#lib/ui/answer';

type Interaction = ChatInputCommandInteraction<'cached'>;

@ApplyOptions<Command.Options>({ name: 'config', preconditions: ['admin-only'] })
export class Config extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand(configCommand);
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeConfig(interaction, this.container.settings));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { settings, clock } = this.container;
    const { guild, guildId, options } = interaction;
    const t = translator(localeOf(interaction.locale));
    const changedBy = interaction.user.id;
    const now = clock.now();
    switch (options.getSubcommand()) {
      case 'show': {
        const scope = options.getString('scope');
        const shown = (await settings.list(guildId)).filter(
          ({ key }) => scope === null || scopeOf(key) === scope,
        );
        return answer(interaction, { embeds: [settingsView(t, shown, now)] });
      }
      case 'set': {
        const key = requireKey(interaction);
        const value = parseSettingValue(guild, key, options.getString('value', true));
        return this.#tell(interaction, await settings.change({ guildId, key, value, changedBy }));
      }
      case 'reset':
        return this.#tell(
          interaction,
          await settings.change({ guildId, key: requireKey(interaction), value: null, changedBy }),
        );
      case 'undo': {
        const entry = options.getInteger('entry')?.toString() ?? (await settings.newestUndoable(guildId));
        if (entry === null) throw new UserError('config:nothingToUndo');
        return this.#tell(interaction, await settings.undo({ guildId, entryId: entry, undoneBy: changedBy }));
      }
      case 'history': {
        const key = options.getString('setting') === null ? null : requireKey(interaction);
        const entries = await settings.history(guildId, {
          ...(key !== null && { key }),
          limit: HISTORY_PAGE + 1,
        });
        return answer(interaction, historyView(t, entries, key, now));
      }
      case 'scopes':
        return answer(interaction, { embeds: [scopesView(t, now)] });
      case 'panel':
        return answer(interaction, {
          flags: MessageFlags.IsComponentsV2,
          components: scopePanel(t, await settings.list(guildId), scopes[0] ?? '', null),
        });
    }
  }

  async #tell(interaction: Interaction, change: Change): Promise<void> {
    await answer(interaction, { content: changeText(translator(localeOf(interaction.locale)), change) });
    if (change.entry !== null)
      await this.container.logChannel.post(interaction.guildId, 'info', changedLogEntry(change.entry));
  }
}

function requireKey(interaction: Interaction): SettingKey {
  const input = interaction.options.getString('setting', true).trim();
  if (!isSettingKey(input)) throw new UserError('config:unknownSetting', { input: quoted(input) });
  return input;
}
