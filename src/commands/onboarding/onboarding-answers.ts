import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import {
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
  type ContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, localeOf, translator } from '#lib/i18n/translate';
import { showAnswers } from '#lib/onboarding/staff/answers';

/** What a member answered, as a command and in the menu of the member. */
@ApplyOptions<Command.Options>({
  name: 'onboarding_answers',
  aliases: ['Onboarding answers'],
  preconditions: ['staff-only'],
})
export class OnboardingAnswers extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:onboardingAnswers.description')
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) =>
          describe(option.setName('member'), 'commands:onboardingAnswers.member').setRequired(true),
        ),
    );
    registry.registerContextMenuCommand((builder) =>
      builder
        .setName(translator(defaultLocale)('commands:onboardingAnswers.name'))
        .setNameLocalizations(localized('commands:onboardingAnswers.name'))
        .setType(ApplicationCommandType.User)
        .setContexts(InteractionContextType.Guild)
        // Staff without that permission have the command; everybody else would meet this in the menu of every member.
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const t = translator(localeOf(interaction.locale));
    await showAnswers(this.container.onboarding, t, interaction, interaction.options.getUser('member', true));
  }

  public override async contextMenuRun(interaction: ContextMenuCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild() || !interaction.isUserContextMenuCommand())
      throw new UserError('common:guildOnly');
    const t = translator(localeOf(interaction.locale));
    await showAnswers(this.container.onboarding, t, interaction, interaction.targetUser);
  }
}
