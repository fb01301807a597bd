import type { Transaction } from 'kysely';
import type { DB, JsonValue } from '#db/types';
import type { Database } from '#lib/database/database';
import { countOffer } from './logs.ts';

/** Whose an offer is. */
export interface OfferOf {
  readonly guildId: string;
  readonly userId: string;
  readonly id: string;
}

/** Keeps what a member wrote while they read what is offered to them. @returns the offer's number. */
export async function keepOffer(
  db: Database,
  { guildId, userId }: Omit<OfferOf, 'id'>,
  request: object,
  at: Date,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('faq_offers')
      .values({ guild_id: guildId, user_id: userId, request: JSON.stringify(request), created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow();
    await countOffer(trx, guildId, 'offered', at);
    return id;
  });
}

/** What a member wrote; undefined when it was settled, or too long ago. */
export async function readOffer(
  db: Database,
  { guildId, userId, id }: OfferOf,
): Promise<JsonValue | undefined> {
  const row = await db
    .selectFrom('faq_offers')
    .select('request')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.request;
}

/** Settles an offer once, and counts it. @returns false when it was settled before; then the caller undoes what goes with it. */
export async function settleOffer(
  trx: Transaction<DB>,
  { guildId, userId, id }: OfferOf,
  what: 'solved' | 'opened',
  at: Date,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('faq_offers')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) return false;
  await countOffer(trx, guildId, what, at);
  return true;
}
