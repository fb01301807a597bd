import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { showReport } from '#lib/doctor/report';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';

@ApplyOptions<Command.Options>({ name: 'doctor', preconditions: ['admin-only'] })
export class Doctor extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'doctor:description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    await showReport(this.container.doctor, interaction);
  }
}
