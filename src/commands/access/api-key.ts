import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  PermissionFlagsBits,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { completeKey, createAction, listAction, revokeAction } from '#lib/access/key-actions';
import { KEY_DAYS_MAX, KEY_NAME_MAX } from '#lib/access/keys';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

/** Keys with which programs use the API. */
@ApplyOptions<Command.Options>({ name: 'api_key', preconditions: ['admin-only'] })
export class ApiKey extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'access:command.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addSubcommand((sub) =>
          describe(sub.setName('create'), 'access:command.create')
            .addStringOption((option) =>
              describe(option.setName('name'), 'access:command.name')
                .setRequired(true)
                .setMaxLength(KEY_NAME_MAX),
            )
            .addStringOption((option) =>
              describe(option.setName('scopes'), 'access:command.scopes')
                .setRequired(true)
                .setAutocomplete(true),
            )
            .addIntegerOption((option) =>
              describe(option.setName('expires'), 'access:command.expires')
                .setMinValue(1)
                .setMaxValue(KEY_DAYS_MAX),
            ),
        )
        .addSubcommand((sub) => describe(sub.setName('list'), 'access:command.list'))
        .addSubcommand((sub) =>
          describe(sub.setName('revoke'), 'access:command.revoke').addIntegerOption((option) =>
            describe(option.setName('key'), 'access:command.key')
              .setRequired(true)
              .setAutocomplete(true)
              .setMinValue(1)
              .setMaxValue(2_147_483_647),
          ),
        ),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeKey(this.container, interaction));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { db, clock, logChannel, config } = this.container;
    const deps = { db, clock, logChannel, isListening: config.http !== null };
    const { options } = interaction;
    switch (options.getSubcommand()) {
      case 'create':
        return createAction(deps, interaction, {
          name: options.getString('name', true),
          scopes: options.getString('scopes', true),
          days: options.getInteger('expires'),
        });
      case 'revoke':
        return revokeAction(deps, interaction, options.getInteger('key', true));
      default:
        return listAction(deps, interaction);
    }
  }
}
