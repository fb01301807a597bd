import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { MIGRATION_VERBS, migrationsEmbed } from '#lib/operations/migrations';
import { answer, claim } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'migrate', preconditions: ['owner-only'] })
export class Migrate extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) => {
      describe(builder.setName(this.name), 'operations:migrate.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.Administrator);
      for (const verb of MIGRATION_VERBS)
        builder.addSubcommand((subcommand) =>
          describe(subcommand.setName(verb), `operations:migrate.${verb}.description`),
        );
      return builder;
    });
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const asked = interaction.options.getSubcommand();
    const verb = MIGRATION_VERBS.find((one) => one === asked) ?? 'status';
    await claim(interaction);
    const t = translator(localeOf(interaction.locale));
    await answer(interaction, { embeds: [await migrationsEmbed(this.container.operations, t, verb)] });
  }
}
