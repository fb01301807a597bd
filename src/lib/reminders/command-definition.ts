import {
  InteractionContextType,
  type SlashCommandBuilder,
  type SlashCommandOptionsOnlyBuilder,
} from 'discord.js';
import { describe } from '#lib/i18n/localize-command';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX } from './create.ts';
import { LINK_MAX } from './message-link.ts';
import { TARGET_CHANNEL_TYPES } from './target.ts';
import { WHEN_MAX } from './when.ts';

/** What Discord is told about `/add_reminder`. */
export function addReminderCommand(builder: SlashCommandBuilder): SlashCommandOptionsOnlyBuilder {
  return describe(builder.setName('add_reminder'), 'commands:addReminder.description')
    .setContexts(InteractionContextType.Guild)
    .addStringOption((option) =>
      describe(option.setName('name').setRequired(true).setMaxLength(NAME_MAX), 'commands:addReminder.name'),
    )
    .addStringOption((option) =>
      describe(option.setName('time').setRequired(true).setMaxLength(WHEN_MAX), 'commands:addReminder.time'),
    )
    .addStringOption((option) =>
      describe(option.setName('date').setMaxLength(50), 'commands:addReminder.date'),
    )
    .addStringOption((option) =>
      describe(option.setName('days').setMaxLength(200), 'commands:addReminder.days'),
    )
    .addStringOption((option) =>
      describe(option.setName('message').setMaxLength(MESSAGE_MAX), 'commands:addReminder.message'),
    )
    .addStringOption((option) =>
      describe(option.setName('location').setMaxLength(LOCATION_MAX), 'commands:addReminder.location'),
    )
    .addChannelOption((option) =>
      describe(
        option.setName('channel').addChannelTypes(...TARGET_CHANNEL_TYPES),
        'commands:addReminder.channel',
      ),
    )
    .addStringOption((option) =>
      describe(option.setName('link').setMaxLength(LINK_MAX), 'commands:addReminder.link'),
    )
    .addBooleanOption((option) => describe(option.setName('everyone'), 'commands:addReminder.everyone'))
    .addBooleanOption((option) => describe(option.setName('private'), 'commands:addReminder.private'));
}
