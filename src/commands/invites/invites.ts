import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { describe } from '#lib/i18n/localize-command';
import { showInvites } from '#lib/invites/actions';

/** What the invites of a member come to. */
@ApplyOptions<Command.Options>({ name: 'invites' })
export class Invites extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:invites.description')
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) => describe(option.setName('member'), 'commands:invites.member')),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { options, user } = interaction;
    await showInvites(this.container.invites, interaction, options.getUser('member') ?? user);
  }
}
