import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { REASON_MAX } from '#lib/tickets/blacklist';
import { barMember, listBarred, unbarMember } from '#lib/tickets/blacklist-actions';

/** Who may open no tickets. */
@ApplyOptions<Command.Options>({ name: 'ticket_blacklist', preconditions: ['admin-only'] })
export class TicketBlacklist extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketBlacklist.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addSubcommand((sub) =>
          describe(sub.setName('add'), 'commands:ticketBlacklist.add.description')
            .addUserOption((option) =>
              describe(option.setName('member'), 'commands:ticketBlacklist.add.member').setRequired(true),
            )
            .addStringOption((option) =>
              describe(option.setName('reason'), 'commands:ticketBlacklist.add.reason').setMaxLength(
                REASON_MAX,
              ),
            )
            .addStringOption((option) =>
              describe(option.setName('until'), 'commands:ticketBlacklist.add.until').setMaxLength(100),
            ),
        )
        .addSubcommand((sub) =>
          describe(sub.setName('remove'), 'commands:ticketBlacklist.remove.description').addUserOption(
            (option) =>
              describe(option.setName('member'), 'commands:ticketBlacklist.remove.member').setRequired(true),
          ),
        )
        .addSubcommand((sub) => describe(sub.setName('list'), 'commands:ticketBlacklist.list.description')),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { tickets } = this.container;
    const { options } = interaction;
    switch (options.getSubcommand()) {
      case 'add':
        return barMember(tickets, interaction, {
          member: options.getUser('member', true),
          reason: options.getString('reason'),
          until: options.getString('until'),
        });
      case 'remove':
        return unbarMember(tickets, interaction, options.getUser('member', true));
      default:
        return listBarred(tickets, interaction);
    }
  }
}
