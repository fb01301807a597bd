import { ApplyOptions } from '@sapphire/decorators';
import { Command } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { addReminderCommand } from '#lib/reminders/command-definition';
import { createReminder } from '#lib/reminders/create';
import { requireEveryoneAllowed, requireTarget } from '#lib/reminders/target';
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

    const chosen = options.getChannel('channel')?.id;
    const byDefault = effectiveValue(overrides, 'reminders.default_channel_id');
    if (chosen === undefined && byDefault !== null && !guild.channels.cache.has(byDefault))
      throw new UserError('reminders:target.defaultGone');
    const channelId = chosen ?? byDefault ?? interaction.channelId;
    const channel = requireTarget(guild, member, channelId);
    const mentionEveryone = options.getBoolean('everyone') ?? false;
    if (mentionEveryone)
      requireEveryoneAllowed(channel, member, {
        host: config.enableEveryoneMentions,
        guild: effectiveValue(overrides, 'reminders.allow_everyone_mentions'),
      });

    await claim(interaction);
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
        createdBy: member.id,
        isAdmin: isAdmin(actorOf(interaction)),
        mentionEveryone,
        now: clock.now(),
      },
    );
    const locale = localeOf(interaction.locale);
    const view = createdView(translator(locale), locale, created, clock.now());
    await Promise.all([
      answer(interaction, { embeds: [view] }),
      logChannel.post(guildId, 'success', createdLogEntry(created)),
    ]);
  }
}
