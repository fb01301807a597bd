import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { explainNewest } from '#lib/announcements/explain';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { localeOf, translator } from '#lib/i18n/translate';
import { answer } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'debug_parse_embed', preconditions: ['admin-only'] })
export class DebugParseEmbed extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:debugParseEmbed.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addStringOption((option) =>
          describe(option.setName('message').setMaxLength(200), 'commands:debugParseEmbed.message'),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { settings, clock } = this.container;
    const locale = localeOf(interaction.locale);
    const view = await explainNewest({ settings, clock }, translator(locale), locale, interaction);
    await answer(interaction, { embeds: [view] });
  }
}
