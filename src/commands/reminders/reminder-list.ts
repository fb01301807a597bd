import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { actorOf } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf } from '#lib/i18n/translate';
import { describe } from '#lib/i18n/localize-command';
import { showList } from '#lib/reminders/list-actions';
import { answer } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({ name: 'reminder_list' })
export class ReminderList extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      describe(builder.setName(this.name), 'commands:reminderList.description').setContexts(
        InteractionContextType.Guild,
      ),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    if (interaction.guildId === null) throw new UserError('common:guildOnly');
    const viewer = { actor: actorOf(interaction), channelId: interaction.channelId };
    const locale = localeOf(interaction.locale);
    const first = { filter: 'all', page: 0 } as const;
    await answer(interaction, await showList(this.container, locale, interaction.guildId, viewer, first));
  }
}
