import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import { answer, claim } from '#lib/ui/answer';
import { colleagueOf } from '../staff.ts';
import { readableTicket } from './find.ts';
import type { TranscriptDeps } from './head.ts';
import { renderTranscript, TRANSCRIPT_BYTES_MAX } from './render.ts';

/** More is never held in memory, whatever a boosted server allows. */
const LIMIT_MAX = 25 * 1024 * 1024;
/** Of the limit, for the rest of the request. */
const REQUEST_BYTES = 64 * 1024;

/** Gives somebody the transcript of a ticket, if it is theirs to read. */
export async function showTranscript(
  deps: TranscriptDeps,
  t: Translate,
  interaction: ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>,
  ticketId: number,
): Promise<void> {
  const { db, settings, log } = deps;
  const { guildId, member } = interaction;
  const overrides = await settings.overrides(guildId);
  const found = await readableTicket(db, overrides, guildId, ticketId, colleagueOf(member));
  if (found === undefined) throw new UserError('ticket-transcript:command.none', { number: ticketId });
  await claim(interaction);
  const { ticket, forMember } = found;
  const limit = Math.max(
    TRANSCRIPT_BYTES_MAX,
    Math.min(interaction.attachmentSizeLimit, LIMIT_MAX) - REQUEST_BYTES,
  );
  const { files, isZipped, missing } = await renderTranscript(deps, ticket, { forMember, limit });
  if (files.length === 0) throw new UserError('ticket-transcript:command.tooLarge', { number: ticketId });
  log.info({ guildId, ticket: ticketId, by: member.id }, 'tickets: a transcript was given');
  await answer(interaction, {
    content: [
      t('ticket-transcript:command.here', { number: ticketId }),
      ...(isZipped ? [t('ticket-transcript:command.zipped')] : []),
      ...missing,
    ].join('\n'),
    files: [...files],
  });
}
