import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Client,
  type SendableChannels,
} from 'discord.js';
import { NoLonger, onlyWhile } from '#lib/discord/only-while';
import { findOwnMessage } from '#lib/discord/send-once';
import { translator } from '#lib/i18n/translate';
import { effectiveValue, type Overrides, type Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { ClaimedOccurrence } from './claims.ts';
import { obstacleTo, reachDestination, refusalOfRecipient, targetOf } from './destination.ts';
import type { Reminder } from './queries.ts';
import type { SendResult } from './send-result.ts';
import { deliveredMessage, isMessageOf } from './views.ts';

interface SendDeps {
  readonly client: Client;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The host's yes to @everyone. */
  readonly enableEveryoneMentions: boolean;
}

/**
 * Sends one reminder message and sorts what Discord says by who could mend it. Throws only what is none of Discord's doing. Where
 * its place is at hand (see {@link reachDestination}), nothing is waited for before the request but settings in memory.
 * @param isMine whether it is still this process's to send; asked before each attempt of discord.js.
 */
export async function sendOccurrence(
  deps: SendDeps,
  occurrence: ClaimedOccurrence,
  isMine: () => boolean,
): Promise<SendResult> {
  const { client, settings, clock } = deps;
  const { reminder } = occurrence;
  const guild = client.guilds.cache.get(reminder.guildId);
  const isPrivate = reminder.recipientId !== null;
  if (!isPrivate && guild === undefined) return { outcome: 'parked', reason: { kind: 'left-guild' } };
  if (!isPrivate && guild?.available === false)
    return { outcome: 'later', reason: 'the server is unavailable', isUncertain: false };

  const overrides = await settings.overrides(reminder.guildId);
  const t = translator(effectiveValue(overrides, 'system.language'));
  let isUncertain = false;
  try {
    const channel = await destinationOf(client, reminder);
    if (channel === null) return { outcome: 'parked', reason: { kind: 'no-channel' } };
    const mayMention = mayMentionEveryone(deps, overrides, reminder, channel);
    const condition = { holds: isMine, onMaybeAccepted: () => (isUncertain = true) };
    const messageId = await onlyWhile(client, condition, async () => {
      const { id } = await channel.send({
        ...deliveredMessage(t, occurrence, clock.now(), isPrivate ? (guild?.name ?? null) : null),
        ...(mayMention && { content: '@everyone' }),
        allowedMentions: { parse: mayMention ? ['everyone'] : [] },
        nonce: occurrence.nonce,
        enforceNonce: true,
      });
      return id;
    });
    return { outcome: 'sent', messageId };
  } catch (error) {
    if (error instanceof NoLonger) return { outcome: 'lost' };
    return failureOf(client, occurrence, error, isUncertain);
  }
}

async function destinationOf(client: Client, reminder: Reminder): Promise<SendableChannels | null> {
  const direct = await reachDestination(client, reminder);
  if (direct !== null) return direct;
  const guild = client.guilds.cache.get(reminder.guildId);
  return guild === undefined ? null : targetOf(guild, reminder.channelId);
}

function mayMentionEveryone(
  { enableEveryoneMentions }: SendDeps,
  overrides: Overrides,
  { mentionEveryone }: Reminder,
  channel: SendableChannels,
): boolean {
  if (!mentionEveryone || !enableEveryoneMentions || channel.isDMBased()) return false;
  const { me } = channel.guild.members;
  return (
    effectiveValue(overrides, 'reminders.allow_everyone_mentions') &&
    me !== null &&
    channel.permissionsFor(me).has(PermissionFlagsBits.MentionEveryone)
  );
}

/** How often Discord may refuse what the bot takes for possible: the event that says otherwise may be on its way. */
const DOUBTFUL_REFUSALS_MAX = 3;

/** @param isUncertain whether Discord may have sent it all the same; then nothing else is said of it before it was looked for. */
function failureOf(
  client: Client,
  { reminder, attempts }: ClaimedOccurrence,
  error: unknown,
  isUncertain: boolean,
): SendResult {
  if (!(error instanceof DiscordAPIError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'later', reason, isUncertain };
  }
  const later: SendResult = {
    outcome: 'later',
    reason: `Discord answered ${error.status} (code ${error.code})`,
    isUncertain,
  };
  if (isUncertain) return later;
  const refusal = reminder.recipientId === null ? null : refusalOfRecipient(error);
  if (refusal !== null) return { outcome: 'parked', reason: refusal };
  switch (error.code) {
    case RESTJSONErrorCodes.UnknownChannel:
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions: {
      const obstacle = obstacleTo(client, reminder);
      if (obstacle !== null) return { outcome: 'parked', reason: obstacle };
      if (attempts <= DOUBTFUL_REFUSALS_MAX) return later;
      return { outcome: 'parked', reason: { kind: 'refused', code: error.code } };
    }
    default:
      // 429 and 5xx pass, and at 401 it is the token; any other refusal of this very message would repeat itself for ever.
      return error.status === 401 || error.status === 429 || error.status >= 500
        ? later
        : { outcome: 'parked', reason: { kind: 'refused', code: error.code } };
  }
}

/**
 * Looks through a channel, from the first attempt on, for the message of an occurrence that may have been sent.
 * @returns its id; null when it is not there, or the bot may not read what was written.
 */
export async function findSent(client: Client, occurrence: ClaimedOccurrence): Promise<string | null> {
  if (occurrence.maybeSentAt === null) return null;
  const channel = await destinationOf(client, occurrence.reminder).catch((error: unknown) => {
    if (refusalOfRecipient(error) !== null) return null;
    throw error;
  });
  if (channel === null) return null;
  const found = await findOwnMessage(channel, occurrence.maybeSentAt, ({ embeds }) =>
    embeds.some(({ data }) => isMessageOf(occurrence, data)),
  );
  return found?.id ?? null;
}
