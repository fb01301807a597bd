import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, translator } from '#lib/i18n/translate';
import { showBoard } from '#lib/invites/actions';
import { periods } from '#lib/invites/views';

/** Who brought the most members. */
@ApplyOptions<Command.Options>({
  name: 'inviteleaderboard',
  preconditions: [{ name: 'member-limit', context: { max: 5, perMs: 60_000 } }],
})
export class Inviteleaderboard extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    const say = translator(defaultLocale);
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:inviteleaderboard.description')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          describe(option.setName('period'), 'commands:inviteleaderboard.period').setChoices(
            periods.map((period) => ({
              value: period,
              name: say(`invites:period.${period}`),
              name_localizations: localized(`invites:period.${period}`),
            })),
          ),
        )
        .addBooleanOption((option) =>
          describe(option.setName('public'), 'commands:inviteleaderboard.public'),
        ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options } = interaction;
    const chosen = options.getString('period');
    await showBoard(this.container.invites, interaction, {
      period: periods.find((period) => period === chosen) ?? 'all',
      isPublic: options.getBoolean('public') ?? true,
    });
  }
}
