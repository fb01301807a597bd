import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Client,
  type GuildTextBasedChannel,
} from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import { translator } from '#lib/i18n/translate';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { BotPermission } from '#lib/settings/definitions';
import type { Clock } from '#lib/time/clock';
import type { ClaimedOccurrence } from './delivery-queries.ts';
import type { SendResult } from './send-result.ts';
import { deliveredMessage } from './views.ts';

/** What a message with an embed needs in a channel. */
export const DELIVERY_PERMISSIONS: readonly BotPermission[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];

interface SendDeps {
  readonly client: Client;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The host's yes to @everyone. */
  readonly enableEveryoneMentions: boolean;
}

/** Sends one reminder message and sorts what Discord says by who could mend it. Throws only what is none of Discord's doing. */
export async function sendOccurrence(deps: SendDeps, occurrence: ClaimedOccurrence): Promise<SendResult> {
  const { reminder } = occurrence;
  const guild = deps.client.guilds.cache.get(reminder.guildId);
  if (guild === undefined) return { outcome: 'parked', reason: { kind: 'left-guild' } };
  if (!guild.available) return { outcome: 'later', reason: 'the server is unavailable' };
  const channel = guild.channels.cache.get(reminder.channelId);
  if (channel === undefined || !channel.isTextBased())
    return { outcome: 'parked', reason: { kind: 'no-channel' } };

  const overrides = await deps.settings.overrides(reminder.guildId);
  const mayMention =
    reminder.mentionEveryone &&
    deps.enableEveryoneMentions &&
    effectiveValue(overrides, 'reminders.allow_everyone_mentions') &&
    guild.members.me !== null &&
    channel.permissionsFor(guild.members.me).has(PermissionFlagsBits.MentionEveryone);
  const t = translator(effectiveValue(overrides, 'system.language'));
  try {
    const message = await channel.send({
      ...deliveredMessage(t, occurrence, deps.clock.now()),
      ...(mayMention && { content: '@everyone' }),
      allowedMentions: { parse: mayMention ? ['everyone'] : [] },
      nonce: occurrence.nonce,
      enforceNonce: true,
    });
    return { outcome: 'sent', messageId: message.id };
  } catch (error) {
    return failureOf(error, channel);
  }
}

function failureOf(error: unknown, channel: GuildTextBasedChannel): SendResult {
  if (!(error instanceof DiscordAPIError)) {
    return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) };
  }
  switch (error.code) {
    case RESTJSONErrorCodes.UnknownChannel:
      return { outcome: 'parked', reason: { kind: 'no-channel' } };
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions: {
      const missing = missingPermissions(channel, DELIVERY_PERMISSIONS);
      const named = missing.length > 0 ? missing : DELIVERY_PERMISSIONS;
      return { outcome: 'parked', reason: { kind: 'permissions', missing: named } };
    }
    default:
      // 429 and 5xx pass, and at 401 it is the token; any other refusal of this very message would repeat itself for ever.
      return error.status === 401 || error.status === 429 || error.status >= 500
        ? { outcome: 'later', reason: `Discord answered ${error.status}` }
        : { outcome: 'parked', reason: { kind: 'refused', code: error.code } };
  }
}
