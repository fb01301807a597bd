import { DiscordAPIError, InteractionWebhook, RESTJSONErrorCodes } from 'discord.js';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { translator } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import type { AssistantDeps } from './deps.ts';
import { leaveReady, removeQuestion, type AnswerPlace, type Pending } from './pending.ts';
import { readyView, standingView, type AnswerView } from './views.ts';

/** The message cannot be changed any more: too late, or somebody put it away. */
const GONE = new Set<number | string>([
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownInteraction,
]);
const NO_DIRECT_MESSAGES = new Set<number | string>([
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  RESTJSONErrorCodes.UnknownUser,
]);
const CLOSED_CHANNEL = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
]);

const isOneOf = (error: unknown, codes: ReadonlySet<number | string>): boolean =>
  error instanceof DiscordAPIError && codes.has(error.code);

/**
 * Changes the message of an interaction, whichever process had it.
 * @returns false when it can no longer be changed.
 * @throws what else Discord answers.
 */
export async function showAt(
  { client, clock }: AssistantDeps,
  place: AnswerPlace,
  view: AnswerView,
): Promise<boolean> {
  if (clock.now() >= place.expiresAt || !client.isReady()) return false;
  try {
    const webhook = new InteractionWebhook(client, client.application.id, place.token);
    // Done again, a file would stand there twice.
    await webhook.editMessage(place.messageId, { ...view, attachments: [] });
    return true;
  } catch (error) {
    if (isOneOf(error, GONE)) return false;
    throw error;
  }
}

/**
 * Brings a member what came of their question, once: in place of what they were shown, else by direct message, else behind a button in the
 * channel where they asked. Done again after a crash it changes the same message, or Discord takes the same nonce for one.
 * @throws what Discord answers; then it is to be done again.
 */
export async function deliver(deps: AssistantDeps, question: Pending): Promise<void> {
  const { db, client, clock, log } = deps;
  if (question.ending === null) throw new TypeError('a question without an end has nothing to be shown');
  const t = translator(question.locale);
  const view = standingView(t, question, question.ending, clock.now());
  if (await showAt(deps, question.place, view)) return removeQuestion(db, question);
  const guildName = client.guilds.cache.get(question.guildId)?.name ?? '';
  try {
    const content = [t('assistant:late.here', { server: safeEmbedText(guildName, 100) }), view.content];
    const message = { ...view, content: content.join('\n'), nonce: `ai:${question.id}:d` };
    await sendOnce(db, await client.users.createDM(question.userId), message, attemptOf(question));
    return await removeQuestion(db, question);
  } catch (error) {
    if (!isOneOf(error, NO_DIRECT_MESSAGES)) throw error;
  }
  try {
    const channel = question.channelId === null ? null : await client.channels.fetch(question.channelId);
    if (channel?.isSendable() === true)
      await sendOnce(
        db,
        channel,
        { ...readyView(t, question), nonce: `ai:${question.id}:c` },
        attemptOf(question),
      );
  } catch (error) {
    if (!isOneOf(error, CLOSED_CHANNEL)) throw error;
    log.warn({ guildId: question.guildId }, 'assistant: an answer waits, and nowhere can that be said');
  }
  await leaveReady(db, question);
}

/** Each claim may have been one that died over sending. */
function attemptOf({ claims, askedAt }: Pending): Attempt {
  return { attempts: claims, since: askedAt };
}
