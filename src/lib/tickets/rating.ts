import {
  ButtonStyle,
  ComponentType,
  TextInputStyle,
  type ButtonInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { plainText } from '#lib/text/sanitize';
import { answer, openModal } from '#lib/ui/answer';
import { button, row } from '#lib/ui/components';
import { ticketIds } from './custom-ids.ts';
import type { TicketDeps } from './deps.ts';
import { addDuties } from './duties.ts';
import { addEvent } from './events.ts';
import { performTicketDuties } from './perform.ts';
import { STARS } from './rating-row.ts';
import { isOpen } from './status.ts';
import { lockTicket } from './ticket.ts';

interface RatingId {
  readonly guild: string;
  readonly ticket: string;
  readonly stars: string;
}

export const COMMENT_INPUT = 'comment';
const COMMENT_MAX = 1_000;
const SNOWFLAKE = /^\d{15,20}$/;

function parse({ guild, ticket, stars }: RatingId): { guildId: string; ticketId: number; rating: number } {
  const [ticketId, rating] = [Number(ticket), Number(stars)];
  const isValid =
    SNOWFLAKE.test(guild) && Number.isSafeInteger(ticketId) && STARS.some((one) => one === rating);
  if (!isValid) throw new UserError('tickets:outdated');
  return { guildId: guild, ticketId, rating };
}

/** Notes how a member rates the help they got; the last word counts. @throws UserError for anybody else, or while the ticket is open. */
export async function rateTicket(
  deps: TicketDeps,
  interaction: ButtonInteraction,
  id: RatingId,
): Promise<void> {
  const { guildId, ticketId, rating } = parse(id);
  const { db, clock } = deps;
  const t = translator(localeOf(interaction.locale));
  await db.transaction().execute(async (trx) => {
    const ticket = await lockTicket(trx, guildId, ticketId);
    if (ticket === undefined || ticket.userId !== interaction.user.id)
      throw new UserError('tickets:rate.notYours');
    if (isOpen(ticket.status)) throw new UserError('tickets:rate.open');
    const values = {
      user_id: ticket.userId,
      staff_id: ticket.claimedBy,
      rating,
      rated_at: clock.now(),
    };
    await trx
      .insertInto('ticket_ratings')
      .values({ ...values, guild_id: guildId, ticket_id: ticketId })
      .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(values))
      .execute();
    const event = await addEvent(trx, {
      guildId,
      ticketId,
      kind: 'rated',
      actorId: ticket.userId,
      reason: '⭐'.repeat(rating),
      at: clock.now(),
    });
    await addDuties(trx, event, ['log']);
  });
  await answer(interaction, {
    content: t('tickets:rate.thanks', { stars: '⭐'.repeat(rating) }),
    components: [
      row(button(t('tickets:button.comment'), ticketIds.build('comment', { ...id }), ButtonStyle.Secondary)),
    ],
  });
  await performTicketDuties(deps, { guildId, ticketId });
}

/** Opens the window for a comment to a rating. */
export async function askComment(interaction: ButtonInteraction, id: RatingId): Promise<void> {
  const { ticketId } = parse(id);
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, {
    title: t('tickets:rate.modal', { number: ticketId }),
    custom_id: ticketIds.build('comment', { guild: id.guild, ticket: id.ticket, stars: id.stars }),
    components: [
      {
        type: ComponentType.Label,
        label: t('tickets:rate.label'),
        component: {
          type: ComponentType.TextInput,
          custom_id: COMMENT_INPUT,
          style: TextInputStyle.Paragraph,
          required: true,
          max_length: COMMENT_MAX,
        },
      },
    ],
  });
}

/** Notes a comment beside a rating. */
export async function saveComment(
  { db }: TicketDeps,
  interaction: ModalSubmitInteraction,
  id: RatingId,
  comment: string,
): Promise<void> {
  const { guildId, ticketId } = parse(id);
  const t = translator(localeOf(interaction.locale));
  const [result] = await db
    .updateTable('ticket_ratings')
    .set({ comment: plainText(comment).trim().slice(0, COMMENT_MAX) })
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', ticketId)
    .where('user_id', '=', interaction.user.id)
    .execute();
  if (result?.numUpdatedRows === 0n) throw new UserError('tickets:rate.notYours');
  await answer(interaction, { content: t('tickets:rate.commented') });
}
