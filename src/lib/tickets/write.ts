import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { addEvent } from './events.ts';
import { addDuties } from './duties.ts';
import type { FormAnswer } from './form.ts';
import { idleDueAt, type IdleDays } from './idle-days.ts';
import { freeSlot, takenSlots, type TakenSlot } from './slots.ts';
import { toTicket, type Ticket } from './ticket.ts';

/** What a member wants to open a ticket about. */
export interface Wish {
  readonly guildId: string;
  readonly userId: string;
  readonly username: string;
  /** Null: the general kind. */
  readonly categoryId: number | null;
  readonly description: string;
  readonly form: readonly FormAnswer[];
  readonly originChannelId: string | null;
  readonly originMessageId: string | null;
}

interface Limits {
  readonly openLimit: number;
  readonly idleDays: IdleDays;
  readonly now: Date;
}

export type Opened =
  | { readonly ticket: Ticket }
  /** The member has as many open as they may. */
  | { readonly taken: readonly TakenSlot[] };

/** Two who open at the same moment may choose the same slot; the one who comes second looks again. */
const TRIES = 20;

/**
 * Writes a ticket down; its channel is then due. However many clicks of a member come at the same moment, an index sees to it that
 * they have no more tickets than they may.
 * @param alsoWrite in the same transaction, such as files that came with the form.
 */
export async function writeTicket(
  db: Database,
  wish: Wish,
  { openLimit, idleDays, now }: Limits,
  alsoWrite: (trx: Transaction<DB>, ticket: Ticket) => Promise<void> = async () => undefined,
): Promise<Opened> {
  const { guildId, userId, categoryId } = wish;
  let taken: readonly TakenSlot[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const written = await db.transaction().execute(async (trx): Promise<Opened | null> => {
      taken = await takenSlots(trx, { guildId, userId, categoryId });
      const slot = freeSlot(taken, openLimit);
      if (slot === null) return { taken };
      const row = await trx
        .insertInto('support_tickets')
        .values({
          guild_id: guildId,
          user_id: userId,
          username: wish.username,
          category_id: categoryId,
          slot,
          description: wish.description,
          form: JSON.stringify(wish.form),
          origin_channel_id: wish.originChannelId,
          origin_message_id: wish.originMessageId,
          last_activity_at: now,
          idle_due_at: idleDueAt(idleDays, now, null),
          sync_due_at: now,
          created_at: now,
          updated_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      const ticket = toTicket(row);
      const event = await addEvent(trx, {
        guildId,
        ticketId: ticket.id,
        kind: 'opened',
        actorId: userId,
        to: 'open',
        at: now,
      });
      await addDuties(trx, event, ['log']);
      await alsoWrite(trx, ticket);
      return { ticket };
    });
    if (written !== null) return written;
  }
  return { taken };
}
