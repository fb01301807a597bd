import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { migrationsEmbed } from '#lib/operations/migrations';
import { answer } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'migrate_status', preconditions: ['owner-only'] })
export class MigrateStatus extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'operations:migrate.status.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.Administrator),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const t = translator(localeOf(interaction.locale));
    await answer(interaction, { embeds: [await migrationsEmbed(this.container.operations, t, 'status')] });
  }
}
