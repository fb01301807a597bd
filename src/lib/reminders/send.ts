import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  SnowflakeUtil,
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
import { deliveredMessage, isMessageOf } from './views.ts';

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
  if (!guild.available) return { outcome: 'later', reason: 'the server is unavailable', isUncertain: false };
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
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'later', reason, isUncertain: true };
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
        ? { outcome: 'later', reason: `Discord answered ${error.status}`, isUncertain: error.status >= 500 }
        : { outcome: 'parked', reason: { kind: 'refused', code: error.code } };
  }
}

/** Clocks of two machines differ by less than this. */
const CLOCKS_APART_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 10;

/**
 * Looks through a channel, from the first attempt on, for the message of an occurrence that may have been sent.
 * @returns its id; null when it is not there, or the bot may not read what was written.
 */
export async function findSent(client: Client, occurrence: ClaimedOccurrence): Promise<string | null> {
  const channel = client.guilds.cache
    .get(occurrence.reminder.guildId)
    ?.channels.cache.get(occurrence.reminder.channelId);
  if (channel === undefined || !channel.isTextBased() || occurrence.maybeSentAt === null) return null;
  let after = SnowflakeUtil.generate({
    timestamp: occurrence.maybeSentAt.getTime() - CLOCKS_APART_MS,
  }).toString();
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const messages = await channel.messages
      .fetch({ after, limit: PAGE, cache: false })
      .catch((error: unknown) => {
        if (isForbidden(error)) return null;
        throw error;
      });
    if (messages === null || messages.size === 0) return null;
    const found = messages.find(
      ({ author, embeds }) =>
        author.id === client.user?.id && embeds.some(({ data }) => isMessageOf(occurrence, data)),
    );
    if (found !== undefined) return found.id;
    after = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
  }
  return null;
}

function isForbidden(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions)
  );
}
