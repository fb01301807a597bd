import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { completeCategory, GENERAL } from '#lib/tickets/category-option';
import { showTickets } from '#lib/tickets/list/actions';
import { LIST_STATUSES, NO_FILTER } from '#lib/tickets/list/filter';
import { listStatusKey } from '#lib/tickets/list/status-key';

const CLAIMED = ['me', 'nobody'] as const;

@ApplyOptions<Command.Options>({ name: 'ticket_list' })
export class TicketList extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    const say = translator(defaultLocale);
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:ticketList.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('status'), 'commands:ticketList.status').addChoices(
            LIST_STATUSES.map((status) => ({
              name: say(listStatusKey(status)),
              name_localizations: localized(listStatusKey(status)),
              value: status,
            })),
          ),
        )
        .addIntegerOption((option) =>
          describe(option.setName('category'), 'commands:ticketList.category').setAutocomplete(true),
        )
        .addStringOption((option) =>
          describe(option.setName('claimed'), 'commands:ticketList.claimed').addChoices(
            CLAIMED.map((who) => ({
              name: say(`ticket-overview:claimed.${who}`),
              name_localizations: localized(`ticket-overview:claimed.${who}`),
              value: who,
            })),
          ),
        )
        .addUserOption((option) => describe(option.setName('claimed_by'), 'commands:ticketList.claimedBy'))
        .addUserOption((option) => describe(option.setName('opener'), 'commands:ticketList.opener')),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeCategory(this.container.tickets, interaction));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options, user } = interaction;
    const status = options.getString('status');
    const category = options.getInteger('category');
    const claimed = options.getString('claimed');
    await showTickets(this.container.tickets, interaction, {
      status: LIST_STATUSES.find((one) => one === status) ?? NO_FILTER.status,
      category: category === null ? NO_FILTER.category : category === GENERAL ? 'general' : category,
      claimedBy:
        options.getUser('claimed_by')?.id ??
        (claimed === 'me' ? user.id : claimed === 'nobody' ? 'nobody' : NO_FILTER.claimedBy),
      openerId: options.getUser('opener')?.id ?? null,
    });
  }
}
