import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type SentenceKey, type Translate } from '#lib/i18n/translate';
import { plainText } from '#lib/text/sanitize';
import { answer, claim, openModal, type ComponentInteraction } from '#lib/ui/answer';
import { button, row } from '#lib/ui/components';
import { findTicket, requireStaff, requireStaffOrOpener, type Found } from './access.ts';
import { rulesOf } from './categories.ts';
import { changeTicket, type Action } from './changes.ts';
import { ticketIds } from './custom-ids.ts';
import type { TicketDeps } from './deps.ts';
import { idleDaysOf } from './idle-days.ts';
import { settleTicket } from './perform.ts';
import { colleagueOf, isTicketStaff } from './staff.ts';
import { isOpen, type TicketStatus } from './status.ts';

export type Interaction =
  | ChatInputCommandInteraction<'cached'>
  | ComponentInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>;

export const REASON_MAX = 1_000;
export const REASON_INPUT = 'reason';

/** Does something with a ticket in the name of whoever asks, and says that it is done. Who may is to be checked before. */
export async function act(
  deps: TicketDeps,
  interaction: Interaction,
  { ticket }: Found,
  action: Action,
  said: SentenceKey,
): Promise<void> {
  const { guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  await claim(interaction);
  const changed = await changeTicket(
    deps.db,
    {
      guildId,
      ticketId: ticket.id,
      actorId: user.id,
      now: deps.clock.now(),
      idleDays: idleDaysOf(await deps.settings.overrides(guildId)),
    },
    action,
  );
  await settleTicket(deps, { guildId, ticketId: ticket.id });
  const { channelId } = changed.ticket;
  await answer(interaction, {
    content: t(said, {
      number: ticket.id,
      channel: channelId === null ? `#${ticket.id}` : `<#${channelId}>`,
    }),
  });
}

/** A ticket that staff alone may handle. */
async function forStaff(deps: TicketDeps, interaction: Interaction, id: number | null): Promise<Found> {
  const found = await findTicket(deps, interaction, id);
  requireStaff(interaction, found);
  return found;
}

/** A ticket that its opener may handle as well. */
async function forOpener(deps: TicketDeps, interaction: Interaction, id: number | null): Promise<Found> {
  const found = await findTicket(deps, interaction, id);
  requireStaffOrOpener(interaction, found);
  return found;
}

type Do = (deps: TicketDeps, interaction: Interaction, id: number | null) => Promise<void>;

export const claimTicket: Do = async (deps, interaction, id) =>
  act(deps, interaction, await forStaff(deps, interaction, id), { do: 'claim' }, 'tickets:done.claimed');

export const releaseTicket: Do = async (deps, interaction, id) =>
  act(deps, interaction, await forStaff(deps, interaction, id), { do: 'release' }, 'tickets:done.released');

export const waitForUser: Do = async (deps, interaction, id) =>
  act(deps, interaction, await forStaff(deps, interaction, id), { do: 'wait' }, 'tickets:done.waiting');

export const escalateTicket: Do = async (deps, interaction, id) => {
  const found = await forStaff(deps, interaction, id);
  const roleId = found.rules.escalationRoleId;
  if (roleId === null || !interaction.guild.roles.cache.has(roleId))
    throw new UserError('tickets:noEscalationRole');
  await act(deps, interaction, found, { do: 'escalate', roleId }, 'tickets:done.escalated');
};

export const reopenTicket: Do = async (deps, interaction, id) => {
  const found = await forOpener(deps, interaction, id);
  const { openLimit } = found.rules;
  await act(deps, interaction, found, { do: 'reopen', openLimit }, 'tickets:done.reopened');
};

export const keepTicket: Do = async (deps, interaction, id) =>
  act(deps, interaction, await forOpener(deps, interaction, id), { do: 'keep' }, 'tickets:done.kept');

/** Closes a ticket. @param reason as it was typed; null for none. */
export async function closeTicket(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  reason: string | null,
): Promise<void> {
  const found = await forOpener(deps, interaction, id);
  const action = { do: 'close', reason: tidy(reason) } as const;
  await act(deps, interaction, found, action, 'tickets:done.closed');
}

/** Asks the member whether their ticket can be closed. */
export async function requestClose(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  reason: string | null,
): Promise<void> {
  const found = await forStaff(deps, interaction, id);
  const action = { do: 'requestClose', reason: tidy(reason) } as const;
  await act(deps, interaction, found, action, 'tickets:done.closeRequested');
}

function tidy(reason: string | null): string | null {
  const text = plainText(reason ?? '')
    .trim()
    .slice(0, REASON_MAX);
  return text === '' ? null : text;
}

/** Opens the window that asks why a ticket is closed; it can stay empty. */
export async function askCloseReason(
  deps: TicketDeps,
  interaction: ComponentInteraction<'cached'>,
  id: number,
): Promise<void> {
  await forOpener(deps, interaction, id);
  await openModal(interaction, reasonModal(translator(localeOf(interaction.locale)), id));
}

function reasonModal(t: Translate, id: number): APIModalInteractionResponseCallbackData {
  return {
    title: t('tickets:closeModal.title', { number: id }),
    custom_id: ticketIds.build('closeReason', { ticket: String(id) }),
    components: [
      {
        type: ComponentType.Label,
        label: t('tickets:closeModal.label'),
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON_INPUT,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: REASON_MAX,
        },
      },
    ],
  };
}

/** Asks once more before a channel is deleted, which nobody can take back. */
export async function askDelete(
  deps: TicketDeps,
  interaction: ComponentInteraction<'cached'>,
  id: number,
): Promise<void> {
  await forStaff(deps, interaction, id);
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, {
    content: t('tickets:deleteSure', { number: id }),
    components: [
      row(
        button(
          t('tickets:button.deleteSure'),
          ticketIds.build('deleteSure', { ticket: String(id) }),
          ButtonStyle.Danger,
        ),
      ),
    ],
  });
}

/** Deletes a closed ticket's channel; the ticket, what was said in it and its transcript stay. */
export const deleteTicket: Do = async (deps, interaction, id) =>
  act(deps, interaction, await forStaff(deps, interaction, id), { do: 'archive' }, 'tickets:done.archived');

/** Lets somebody into a ticket, or takes them out. */
export async function changeMembers(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  action: { readonly do: 'add' | 'remove'; readonly memberId: string },
): Promise<void> {
  const found = await forOpener(deps, interaction, id);
  if (action.do === 'add') {
    const member = await interaction.guild.members.fetch(action.memberId).catch(() => null);
    if (member === null || member.user.bot) throw new UserError('tickets:noMember');
  }
  await act(
    deps,
    interaction,
    found,
    action,
    action.do === 'add' ? 'tickets:done.added' : 'tickets:done.removed',
  );
}

/** Gives a ticket to somebody else of the staff. */
export async function transferTicket(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  memberId: string,
): Promise<void> {
  const found = await forStaff(deps, interaction, id);
  const member = await interaction.guild.members.fetch(memberId).catch(() => null);
  const isStaffToo =
    member !== null && !member.user.bot && isTicketStaff(colleagueOf(member), found.rules, found.ticket);
  if (!isStaffToo) throw new UserError('tickets:notStaff', { member: `<@${memberId}>` });
  await act(deps, interaction, found, { do: 'transfer', memberId }, 'tickets:done.transferred');
}

/** Moves a ticket to another category. @param categoryId null: the general kind. */
export async function moveTicket(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  categoryId: number | null,
): Promise<void> {
  const found = await forStaff(deps, interaction, id);
  const overrides = await deps.settings.overrides(interaction.guildId);
  const rules = await rulesOf(deps.db, overrides, interaction.guildId, categoryId);
  if (categoryId !== null && (rules.category === null || rules.category.isDeleted))
    throw new UserError('tickets:categoryGone');
  const { openLimit } = rules;
  await act(deps, interaction, found, { do: 'move', categoryId, openLimit }, 'tickets:done.moved');
}

/** Gives a ticket a status by its name, with all that the status means. */
export async function setStatus(
  deps: TicketDeps,
  interaction: Interaction,
  id: number | null,
  status: TicketStatus,
): Promise<void> {
  switch (status) {
    case 'open': {
      const { ticket } = await forStaff(deps, interaction, id);
      if (!isOpen(ticket.status)) return reopenTicket(deps, interaction, id);
      if (ticket.claimedBy !== null) return releaseTicket(deps, interaction, id);
      if (ticket.status === 'open') throw new UserError('tickets:openAlready');
      const found = await forStaff(deps, interaction, id);
      return act(deps, interaction, found, { do: 'answer' }, 'tickets:done.resumed');
    }
    case 'claimed':
      return claimTicket(deps, interaction, id);
    case 'waiting_for_user':
      return waitForUser(deps, interaction, id);
    case 'escalated':
      return escalateTicket(deps, interaction, id);
    case 'closed':
      await forStaff(deps, interaction, id);
      return closeTicket(deps, interaction, id, null);
    case 'archived':
      return deleteTicket(deps, interaction, id);
  }
}
