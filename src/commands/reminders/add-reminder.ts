import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { addReminderCommand } from '#lib/reminders/command-definition';
import { createReminder } from '#lib/reminders/create';
import { requireLinkedMessage } from '#lib/reminders/message-link';
import { chooseAddressee } from '#lib/reminders/target';
import { createdLogEntry, createdView } from '#lib/reminders/views';
import { effectiveValue } from '#lib/settings/settings';
import { answer, claim } from '#lib/ui/answer';

@ApplyOptions<Command.Options>({
  name: 'add_reminder',
  preconditions: [{ name: 'member-limit', context: { max: 5, perMs: 60_000 } }],
})
export class AddReminder extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand(addReminderCommand);
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { db, settings, clock, config, logChannel } = this.container;
    if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
    const { guild, guildId, member, options } = interaction;
    const overrides = await settings.overrides(guildId);
    if (!effectiveValue(overrides, 'reminders.enabled')) throw new UserError('reminders:disabled');

    await claim(interaction);
    const link = options.getString('link');
    const origin = link === null ? null : await requireLinkedMessage(guild, member, link);
    const { channelId, recipientId, mentionEveryone } = await chooseAddressee(
      {
        guild,
        member,
        here: interaction.channelId,
        byDefault: effectiveValue(overrides, 'reminders.default_channel_id'),
        everyone: {
          host: config.enableEveryoneMentions,
          guild: effectiveValue(overrides, 'reminders.allow_everyone_mentions'),
        },
      },
      {
        channelId: options.getChannel('channel')?.id ?? null,
        isPrivate: options.getBoolean('private') ?? false,
        mentionEveryone: options.getBoolean('everyone') ?? false,
      },
    );
    const created = await createReminder(
      db,
      {
        name: options.getString('name', true),
        time: options.getString('time', true),
        date: options.getString('date'),
        days: options.getString('days'),
        message: options.getString('message'),
        location: options.getString('location'),
      },
      {
        guildId,
        channelId,
        recipientId,
        createdBy: member.id,
        origin,
        isAdmin: isAdmin(actorOf(interaction)),
        mentionEveryone,
        now: clock.now(),
      },
    );
    const locale = localeOf(interaction.locale);
    const view = createdView(translator(locale), locale, created, clock.now());
    await Promise.all([
      answer(interaction, { embeds: [view] }),
      recipientId === null && logChannel.post(guildId, 'success', createdLogEntry(created)),
    ]);
  }
}
