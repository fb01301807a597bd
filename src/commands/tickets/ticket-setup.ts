import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { showHome } from '#lib/tickets/editor/screens';
import { answer } from '#lib/ui/answer';

/** Where admins say what members can open a ticket about. */
@ApplyOptions<Command.Options>({ name: 'ticket_setup', preconditions: ['admin-only'] })
export class TicketSetup extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketSetup.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const t = translator(localeOf(interaction.locale));
    const viewer = { deps: this.container.tickets, guild: interaction.guild, t };
    await answer(interaction, {
      components: await showHome(viewer, null),
      flags: MessageFlags.IsComponentsV2,
    });
  }
}
