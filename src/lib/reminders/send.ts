import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  SnowflakeUtil,
  type Client,
  type Guild,
  type GuildTextBasedChannel,
} from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import { translator } from '#lib/i18n/translate';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { BotPermission } from '#lib/settings/definitions';
import type { Clock } from '#lib/time/clock';
import type { ClaimedOccurrence } from './claims.ts';
import type { Reminder } from './queries.ts';
import type { ParkReason, SendResult } from './send-result.ts';
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
  const channel = targetOf(guild, reminder.channelId);
  if (channel === null) return { outcome: 'parked', reason: { kind: 'no-channel' } };

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
    return failureOf(deps.client, occurrence, error);
  }
}

function targetOf(guild: Guild, channelId: string): GuildTextBasedChannel | null {
  const channel = guild.channels.cache.get(channelId);
  return channel?.isTextBased() === true ? channel : null;
}

/** What keeps a reminder from its channel, as far as the bot knows; null when nothing does. */
export function obstacleTo(
  client: Client,
  { guildId, channelId }: Pick<Reminder, 'guildId' | 'channelId'>,
): ParkReason | null {
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined) return { kind: 'left-guild' };
  const channel = targetOf(guild, channelId);
  if (channel === null) return { kind: 'no-channel' };
  const missing = missingPermissions(channel, DELIVERY_PERMISSIONS);
  return missing.length === 0 ? null : { kind: 'permissions', missing };
}

/** How often Discord may refuse what the bot takes for possible: the event that says otherwise may be on its way. */
const DOUBTFUL_REFUSALS_MAX = 3;

function failureOf(client: Client, { reminder, attempts }: ClaimedOccurrence, error: unknown): SendResult {
  if (!(error instanceof DiscordAPIError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'later', reason, isUncertain: true };
  }
  const later = (isUncertain: boolean): SendResult => ({
    outcome: 'later',
    reason: `Discord answered ${error.status} (code ${error.code})`,
    isUncertain,
  });
  switch (error.code) {
    case RESTJSONErrorCodes.UnknownChannel:
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions: {
      const obstacle = obstacleTo(client, reminder);
      if (obstacle !== null) return { outcome: 'parked', reason: obstacle };
      if (attempts <= DOUBTFUL_REFUSALS_MAX) return later(false);
      return { outcome: 'parked', reason: { kind: 'refused', code: error.code } };
    }
    default:
      // 429 and 5xx pass, and at 401 it is the token; any other refusal of this very message would repeat itself for ever.
      return error.status === 401 || error.status === 429 || error.status >= 500
        ? later(error.status >= 500)
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
