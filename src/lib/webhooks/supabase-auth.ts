import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { DB } from '#db/types';
import { hashSecret } from '#lib/access/secrets';
import { discordOfAccount, forgetAccount, keepAccount } from '#lib/access/supabase-accounts';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { classifyError } from '#lib/errors/classify';
import { HttpProblem } from '#lib/http/problem';
import { addErased, erasePerson, NOTHING_ERASED } from '#lib/privacy/erase';
import type { Clock } from '#lib/time/clock';
import { takeOnce } from './receipts.ts';
import type { SupabaseEvent } from './supabase-event.ts';

export interface SupabaseAuthDeps {
  readonly db: Database;
  readonly clock: Clock;
}

const rows = z.record(z.string(), z.number().int());

/** What became of a message. */
export const outcomeShape = z.object({
  outcome: z.enum(['linked', 'erased', 'nobody_linked', 'ignored']),
  detail: z.string(),
  deleted: rows.optional().meta({ description: 'Of an erasure: how many rows of which table are gone.' }),
  kept: rows.optional().meta({
    description: 'Of an erasure: how many rows stay for their server and no longer say who it was.',
  }),
});
export type Outcome = z.output<typeof outcomeShape>;

/**
 * Does what a message of Supabase asks for: remembers who an account is on Discord, or erases whom a deleted account was, from everything,
 * before it answers. Nothing else of a message is kept.
 * @param messageId of a message whose signature holds.
 * @throws HttpProblem 409 for one that was taken before, 500 when an erasure failed: nothing is erased then, and it may come again.
 */
export async function receiveSupabaseEvent(
  { db, clock }: SupabaseAuthDeps,
  messageId: string,
  event: SupabaseEvent,
): Promise<Outcome> {
  const now = clock.now();
  try {
    return await takeOnce(db, messageId, now, async (trx) => {
      if (event.kind === 'other') return { outcome: 'ignored', detail: event.why };
      // What comes at the same moment of one account is done one after the other.
      await lockName(trx, `supabase:${event.accountId}`);
      return event.kind === 'link' ? link(trx, event, now) : erase(trx, messageId, event);
    });
  } catch (error) {
    if (error instanceof HttpProblem || event.kind !== 'deletion' || classifyError(error) === 'database')
      throw error;
    throw new HttpProblem(500, 'The erasure failed and nothing is erased. Send it again.', { cause: error });
  }
}

async function link(
  trx: Transaction<DB>,
  { accountId, discordUserId }: SupabaseEvent & { readonly kind: 'link' },
  now: Date,
): Promise<Outcome> {
  const deletion = await trx
    .selectFrom('webhook_receipts')
    .select('message_id')
    .where('deleted_account_hash', '=', hashSecret(accountId))
    .executeTakeFirst();
  if (deletion !== undefined)
    return { outcome: 'ignored', detail: 'The account was deleted meanwhile and stays so.' };
  await keepAccount(trx, accountId, discordUserId, now);
  return { outcome: 'linked', detail: 'The account is known by its Discord identity now.' };
}

async function erase(
  trx: Transaction<DB>,
  messageId: string,
  { accountId, discordUserIds }: SupabaseEvent & { readonly kind: 'deletion' },
): Promise<Outcome> {
  const people = new Set(discordUserIds ?? (await discordOfAccount(trx, accountId)));
  let erased = NOTHING_ERASED;
  for (const userId of people) erased = addErased(erased, await erasePerson(trx, userId, null));
  await forgetAccount(trx, accountId);
  await trx
    .updateTable('webhook_receipts')
    .set({ deleted_account_hash: hashSecret(accountId) })
    .where('message_id', '=', messageId)
    .execute();
  if (people.size === 0)
    return {
      outcome: 'nobody_linked',
      detail: 'No Discord identity is known of this account, so nothing was erased.',
    };
  return {
    outcome: 'erased',
    detail: 'What was held here of the account’s Discord identity is erased.',
    ...erased,
  };
}
