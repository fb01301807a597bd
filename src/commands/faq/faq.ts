import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  InteractionContextType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type SlashCommandIntegerOption,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { deleteAction, openAdd, openEdit, restoreAction } from '#lib/faq/admin-actions';
import { ID_MAX } from '#lib/faq/find';
import { completeFaq, listAction, QUERY_MAX, searchAction, viewAction } from '#lib/faq/read-actions';
import { describe } from '#lib/i18n/localize-command';

const BY_ENTRY = ['view', 'edit', 'delete', 'restore'] as const;

/** Reading is for everybody, writing for admins: Discord knows permissions of whole commands only, so `lib` decides. */
@ApplyOptions<Command.Options>({ name: 'faq', adminSubcommands: ['add', 'edit', 'delete', 'restore'] })
export class Faq extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    const query = (sub: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder =>
      describe(sub.setName('search'), 'faq:command.search').addStringOption((option) =>
        describe(option.setName('query'), 'faq:command.query')
          .setRequired(true)
          .setAutocomplete(true)
          .setMaxLength(QUERY_MAX),
      );
    const entry = (option: SlashCommandIntegerOption): SlashCommandIntegerOption =>
      describe(option.setName('entry'), 'faq:command.entry')
        .setRequired(true)
        .setAutocomplete(true)
        .setMinValue(1)
        .setMaxValue(ID_MAX);
    registry.registerChatInputCommand((builder) => {
      describe(builder.setName(this.name), 'faq:command.description')
        .setContexts(InteractionContextType.Guild)
        .addSubcommand(query)
        .addSubcommand((sub) => describe(sub.setName('list'), 'faq:command.list'))
        .addSubcommand((sub) => describe(sub.setName('add'), 'faq:command.add'));
      for (const name of BY_ENTRY)
        builder.addSubcommand((sub) =>
          describe(sub.setName(name), `faq:command.${name}`).addIntegerOption(entry),
        );
      return builder;
    });
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await interaction.respond(await completeFaq(this.container.faq, interaction));
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { faq } = this.container;
    const { options } = interaction;
    const id = (): number => options.getInteger('entry', true);
    switch (options.getSubcommand()) {
      case 'search':
        return searchAction(faq, interaction, options.getString('query', true));
      case 'list':
        return listAction(faq, interaction, 0);
      case 'view':
        return viewAction(faq, interaction, id());
      case 'add':
        return openAdd(faq, interaction);
      case 'edit':
        return openEdit(faq, interaction, id());
      case 'delete':
        return deleteAction(faq, interaction, id());
      default:
        return restoreAction(faq, interaction, id());
    }
  }
}
