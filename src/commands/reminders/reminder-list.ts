import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { describe } from '#lib/i18n/localize-command';
import { listFailed } from '#lib/reminders/failed';
import { countListed, listReminders } from '#lib/reminders/queries';
import { listView } from '#lib/reminders/views';
import { answer } from '#lib/ui/answer';

/** At least as many as fit in one message. */
const LIST_LIMIT = 100;

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
    const { db, clock } = this.container;
    if (interaction.guildId === null) throw new UserError('common:guildOnly');
    const actor = actorOf(interaction);
    const visibleTo = { userId: interaction.user.id, channelId: interaction.channelId };
    const readerId = interaction.user.id;
    const filter = isAdmin(actor) ? { readerId } : { readerId, visibleTo };
    const [reminders, total, { total: failed }] = await Promise.all([
      listReminders(db, interaction.guildId, { ...filter, limit: LIST_LIMIT }),
      countListed(db, interaction.guildId, filter),
      listFailed(db, interaction.guildId, actor, 1),
    ]);
    const locale = localeOf(interaction.locale);
    const view = listView(translator(locale), locale, { reminders, total, failed }, clock.now());
    await answer(interaction, { embeds: [view] });
  }
}
