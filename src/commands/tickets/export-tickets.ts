import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { exportTickets } from '#lib/tickets/export';
import { statsScopes } from '#lib/tickets/stats/figures';

@ApplyOptions<Command.Options>({ name: 'export_tickets', preconditions: ['admin-only'] })
export class ExportTickets extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:exportTickets.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addStringOption((option) =>
          describe(option.setName('scope'), 'commands:exportTickets.scope').addChoices(
            statsScopes.map((scope) => ({
              name: translator(defaultLocale)(`ticket-overview:stats.button.${scope}`),
              name_localizations: localized(`ticket-overview:stats.button.${scope}`),
              value: scope,
            })),
          ),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const chosen = interaction.options.getString('scope');
    const scope = statsScopes.find((one) => one === chosen) ?? 'all';
    await exportTickets(this.container.tickets, interaction, scope);
  }
}
