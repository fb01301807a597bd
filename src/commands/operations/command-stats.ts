import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { DAYS, TOP, usageOf } from '#lib/analytics/usage';
import { commandUsageEmbed } from '#lib/analytics/usage-view';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, localeOf, translator } from '#lib/i18n/translate';
import { answer } from '#lib/ui/answer';

const SCOPES = {
  here: 'commands:commandStats.here',
  everywhere: 'commands:commandStats.everywhere',
} as const;

@ApplyOptions<Command.Options>({ name: 'command_stats', preconditions: ['admin-only'] })
export class CommandStats extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:commandStats.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addIntegerOption((option) =>
          describe(option.setName('days'), 'commands:commandStats.days')
            .setMinValue(DAYS.min)
            .setMaxValue(DAYS.max),
        )
        .addIntegerOption((option) =>
          describe(option.setName('limit'), 'commands:commandStats.limit')
            .setMinValue(TOP.min)
            .setMaxValue(TOP.max),
        )
        .addStringOption((option) =>
          describe(option.setName('scope'), 'commands:commandStats.scope').setChoices(
            Object.entries(SCOPES).map(([value, key]) => ({
              value,
              name: translator(defaultLocale)(key),
              name_localizations: localized(key),
            })),
          ),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { rights, analytics } = this.container;
    const { options, guildId, user } = interaction;
    const isEverywhere = options.getString('scope') === 'everywhere';
    if (isEverywhere && !(await rights.isBotOwner(user.id))) throw new UserError('analytics:usage.ownerOnly');
    const days = options.getInteger('days') ?? DAYS.default;
    const limit = options.getInteger('limit') ?? TOP.default;
    const usage = await usageOf(analytics, {
      guildId: isEverywhere ? null : guildId,
      things: 'all',
      days,
      limit,
    });
    const locale = localeOf(interaction.locale);
    const shown = commandUsageEmbed(translator(locale), locale, usage, { days, isEverywhere });
    await answer(interaction, { embeds: [shown] });
  }
}
