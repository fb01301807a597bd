import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import {
  askCloseReason,
  askDelete,
  claimTicket,
  closeTicket,
  deleteTicket,
  escalateTicket,
  keepTicket,
  REASON_INPUT,
  releaseTicket,
  reopenTicket,
  waitForUser,
} from './actions.ts';
import type { ticketIds } from './custom-ids.ts';
import type { TicketDeps } from './deps.ts';
import { showTranscript } from './transcript/actions.ts';
import { suggestReply } from './topics/suggest.ts';
import { askComment, COMMENT_INPUT, rateTicket, saveComment } from './rating.ts';

type Id = Exclude<ReturnType<typeof ticketIds.parse>, 'outdated'>;

/** Does what a button in a ticket, or below a rating, stands for. */
export async function useTicketButton(
  deps: TicketDeps,
  interaction: ButtonInteraction,
  id: Id,
): Promise<void> {
  if (id.action === 'rate') return rateTicket(deps, interaction, id);
  if (id.action === 'comment') return askComment(interaction, id);
  if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
  const ticket = 'ticket' in id ? Number(id.ticket) : null;
  if (ticket === null || !Number.isSafeInteger(ticket)) throw new UserError('tickets:outdated');
  switch (id.action) {
    case 'claim':
      return claimTicket(deps, interaction, ticket);
    case 'release':
      return releaseTicket(deps, interaction, ticket);
    case 'close':
      return askCloseReason(deps, interaction, ticket);
    case 'confirmClose':
      return closeTicket(deps, interaction, ticket, null);
    case 'wait':
      return waitForUser(deps, interaction, ticket);
    case 'escalate':
      return escalateTicket(deps, interaction, ticket);
    case 'suggest':
      return suggestReply(deps, interaction, ticket);
    case 'delete':
      return askDelete(deps, interaction, ticket);
    case 'deleteSure':
      return deleteTicket(deps, interaction, ticket);
    case 'transcript':
      return showTranscript(deps, translator(localeOf(interaction.locale)), interaction, ticket);
    case 'reopen':
      return reopenTicket(deps, interaction, ticket);
    case 'keep':
      return keepTicket(deps, interaction, ticket);
    default:
      throw new UserError('tickets:outdated');
  }
}

/** Takes what was typed in a window about a ticket. */
export async function submitTicketModal(
  deps: TicketDeps,
  interaction: ModalSubmitInteraction,
  id: Id,
): Promise<void> {
  if (id.action === 'comment')
    return saveComment(deps, interaction, id, interaction.fields.getTextInputValue(COMMENT_INPUT));
  if (!interaction.inCachedGuild() || id.action !== 'closeReason') throw new UserError('tickets:outdated');
  const reason = interaction.fields.getTextInputValue(REASON_INPUT);
  return closeTicket(deps, interaction, Number(id.ticket), reason);
}
