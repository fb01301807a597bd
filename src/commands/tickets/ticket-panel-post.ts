import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { sendPanel } from '#lib/tickets/panels/actions';
import { PANEL_TEXT_MAX, PANEL_TITLE_MAX, panelStyles } from '#lib/tickets/panels/view';

const STYLES = {
  buttons: 'commands:ticketPanelPost.buttons',
  select: 'commands:ticketPanelPost.select',
} as const;

/** Posts a message from which members open tickets. */
@ApplyOptions<Command.Options>({ name: 'ticket_panel_post', preconditions: ['admin-only'] })
export class TicketPanelPost extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketPanelPost.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addChannelOption((option) =>
          describe(option.setName('channel'), 'commands:ticketPanelPost.channel').addChannelTypes(
            ChannelType.GuildText,
            ChannelType.GuildAnnouncement,
          ),
        )
        .addStringOption((option) =>
          describe(option.setName('style'), 'commands:ticketPanelPost.style').addChoices(
            panelStyles.map((value) => ({
              name: translator(defaultLocale)(STYLES[value]),
              name_localizations: localized(STYLES[value]),
              value,
            })),
          ),
        )
        .addStringOption((option) =>
          describe(option.setName('title'), 'commands:ticketPanelPost.title').setMaxLength(PANEL_TITLE_MAX),
        )
        .addStringOption((option) =>
          describe(option.setName('text'), 'commands:ticketPanelPost.text').setMaxLength(PANEL_TEXT_MAX),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    await sendPanel(this.container.tickets, interaction, {
      channelId: options.getChannel('channel')?.id ?? interaction.channelId,
      style: options.getString('style') ?? '',
      title: options.getString('title') ?? '',
      text: options.getString('text') ?? '',
    });
  }
}
