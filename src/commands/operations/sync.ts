import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, PermissionFlagsBits, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe, localized } from '#lib/i18n/localize-command';
import { defaultLocale, localeOf, translator } from '#lib/i18n/translate';
import { syncCommands, syncSentence } from '#lib/operations/sync';
import { answer, claim } from '#lib/ui/answer';

const SCOPES = { everywhere: 'operations:sync.everywhere', here: 'operations:sync.here' } as const;

@ApplyOptions<Command.Options>({ name: 'sync', preconditions: ['owner-only'] })
export class Sync extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'operations:sync.description')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.Administrator)
        .addStringOption((option) =>
          describe(option.setName('scope'), 'operations:sync.scope').setChoices(
            Object.entries(SCOPES).map(([value, key]) => ({
              value,
              name: translator(defaultLocale)(key),
              name_localizations: localized(key),
            })),
          ),
        )
        .addBooleanOption((option) => describe(option.setName('force'), 'operations:sync.force')),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options, guildId } = interaction;
    const scope = options.getString('scope') === 'here' ? 'here' : 'everywhere';
    await claim(interaction);
    const outcome = await syncCommands(this.container.operations, {
      scope,
      guildId,
      isForced: options.getBoolean('force') === true,
    });
    const t = translator(localeOf(interaction.locale));
    const content = syncSentence(t, outcome, `/sync scope:${t(SCOPES[scope])} force:True`);
    await answer(interaction, { content });
  }
}
