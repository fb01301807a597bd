import type {
  ApplicationCommandOptionChoiceData,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { plainText, truncate } from '#lib/text/sanitize';
import { answer, claim } from '#lib/ui/answer';
import { CHOICE_NAME_MAX, CHOICES_MAX } from '#lib/ui/limits';
import { colleagueOf } from '../staff.ts';
import { findReadable, readableTicket } from './find.ts';
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

/** What fits where somebody types which ticket. */
export async function completeTicket(
  { db, settings }: Pick<TranscriptDeps, 'db' | 'settings'>,
  interaction: AutocompleteInteraction,
): Promise<ApplicationCommandOptionChoiceData[]> {
  if (!interaction.inCachedGuild()) return [];
  const { guildId, member } = interaction;
  const typed = interaction.options.getFocused();
  const overrides = await settings.overrides(guildId);
  const found = await findReadable(db, overrides, guildId, colleagueOf(member), typed, CHOICES_MAX);
  const t = translator(localeOf(interaction.locale));
  return found.map(({ ticket, category }) => ({
    name: truncate(
      plainText(
        t('ticket-transcript:command.choice', {
          number: ticket.id,
          who: ticket.username ?? t('common:formerMember'),
          category: category ?? t('ticket-transcript:general'),
          status: t(`ticket-transcript:status.${ticket.status}`),
        }),
      ),
      CHOICE_NAME_MAX,
    ),
    value: ticket.id,
  }));
}
