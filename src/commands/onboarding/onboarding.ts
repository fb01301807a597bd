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
import { showHome } from '#lib/onboarding/editor/screens';
import { answer } from '#lib/ui/answer';

/** The editor of what members go through. */
@ApplyOptions<Command.Options>({ name: 'onboarding', preconditions: ['admin-only'] })
export class Onboarding extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:onboarding.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { onboarding } = this.container;
    const t = translator(localeOf(interaction.locale));
    const viewer = { deps: onboarding, guild: interaction.guild, t };
    const components = await showHome(viewer, null);
    await answer(interaction, { components, flags: MessageFlags.IsComponentsV2 });
  }
}
