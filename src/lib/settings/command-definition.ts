import {
  InteractionContextType,
  PermissionFlagsBits,
  type SlashCommandBuilder,
  type SlashCommandStringOption,
  type SlashCommandSubcommandsOnlyBuilder,
} from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { scopes } from './definitions.ts';
import { TYPED_VALUE_MAX } from './values.ts';

const setting = (option: SlashCommandStringOption): SlashCommandStringOption =>
  option.setName('setting').setAutocomplete(true).setMaxLength(100);

/** What Discord is told about `/config`. A new setting costs it no bytes: settings and values come by autocomplete. */
export function configCommand(builder: SlashCommandBuilder): SlashCommandSubcommandsOnlyBuilder {
  return describe(builder.setName('config'), 'commands:config.description')
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((sub) =>
      describe(sub.setName('show'), 'commands:config.show.description').addStringOption((option) =>
        describe(option.setName('scope'), 'commands:config.show.scope').addChoices(
          scopes.map((scope) => ({ name: scope, value: scope })),
        ),
      ),
    )
    .addSubcommand((sub) =>
      describe(sub.setName('set'), 'commands:config.set.description')
        .addStringOption((option) =>
          describe(setting(option), 'commands:config.set.setting').setRequired(true),
        )
        .addStringOption((option) =>
          describe(option.setName('value'), 'commands:config.set.value')
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(TYPED_VALUE_MAX),
        ),
    )
    .addSubcommand((sub) =>
      describe(sub.setName('reset'), 'commands:config.reset.description').addStringOption((option) =>
        describe(setting(option), 'commands:config.reset.setting').setRequired(true),
      ),
    )
    .addSubcommand((sub) =>
      describe(sub.setName('history'), 'commands:config.history.description').addStringOption((option) =>
        describe(setting(option), 'commands:config.history.setting'),
      ),
    )
    .addSubcommand((sub) =>
      describe(sub.setName('undo'), 'commands:config.undo.description').addIntegerOption((option) =>
        describe(option.setName('entry'), 'commands:config.undo.entry').setAutocomplete(true).setMinValue(1),
      ),
    )
    .addSubcommand((sub) => describe(sub.setName('scopes'), 'commands:config.scopes.description'))
    .addSubcommand((sub) => describe(sub.setName('panel'), 'commands:config.panel.description'));
}
