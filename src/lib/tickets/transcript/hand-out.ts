import { DiscordAPIError, RESTJSONErrorCodes, type Message, type MessageCreateOptions } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { safeEmbedText } from '#lib/text/sanitize';
import { translator } from '#lib/i18n/translate';
import type { Ticket } from '../ticket.ts';
import type { TranscriptDeps } from './head.ts';
import { renderTranscript } from './render.ts';

export interface HandOutOptions {
  /** What makes Discord answer a repetition with the first message. */
  readonly nonce: string;
  /** Where an earlier attempt may have sent it already. */
  readonly attempt: Attempt;
  /** Asked below it, with what answers it. */
  readonly question?: string;
  readonly components?: MessageCreateOptions['components'];
}

const NAME_MAX = 100;

/**
 * Sends whoever opened a ticket its transcript. Where they take no direct messages nothing is lost: `/ticket_transcript` gives it.
 * @returns `sent`, or why it never will be: they take no messages, or their data was erased.
 * @throws what Discord may do when it is tried again.
 */
export async function handOutTranscript(
  deps: TranscriptDeps,
  ticket: Ticket,
  { nonce, attempt, question, components }: HandOutOptions,
): Promise<'sent' | 'refused' | 'nobody'> {
  const { client, db, settings } = deps;
  if (ticket.userId === FORMER_MEMBER) return 'nobody';
  const t = translator(await settings.get(ticket.guildId, 'system.language'));
  const { files, missing } = await renderTranscript(deps, ticket, {
    forMember: ticket.userId,
    formats: ['html'],
  });
  const values = {
    number: ticket.id,
    server: safeEmbedText(client.guilds.cache.get(ticket.guildId)?.name ?? ticket.guildId, NAME_MAX),
  };
  const whole = t('ticket-transcript:handOut', values);
  const tooLarge = t('ticket-transcript:handOutTooLarge', values);
  const text = files.length > 0 ? whole : tooLarge;
  try {
    const message = {
      content: [text, ...missing, ...(question === undefined ? [] : [question])].join('\n'),
      files: [...files],
      ...(components !== undefined && { components }),
      nonce,
      allowedMentions: { parse: [] },
    };
    // What is missing is said below, and may have been found since an attempt before.
    const isIt = ({ content }: Message): boolean => content.startsWith(whole) || content.startsWith(tooLarge);
    await sendOnce(db, await client.users.createDM(ticket.userId), message, attempt, isIt);
    return 'sent';
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser ||
      error.code === RESTJSONErrorCodes.UnknownUser)
  );
}
