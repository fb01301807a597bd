import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Caller } from '#lib/access/caller';
import type { Clock } from '#lib/time/clock';
import { HttpProblem } from './problem.ts';
import type { Reply } from './route.ts';

/** How long a repetition is recognised. */
const REMEMBERED_HOURS = 24;
const KEY_SHAPE = /^[\x21-\x7e]{1,200}$/;

export interface IdempotencyDeps {
  readonly db: Kysely<DB>;
  readonly clock: Clock;
}

export interface KeyedRequest {
  readonly operation: string;
  /** Where it is made, as far as the request says. */
  readonly guildId: string | null;
  readonly caller: Caller;
  readonly path: string;
  /** The header `Idempotency-Key`, as far as there is one. */
  readonly key: string | undefined;
  readonly body: Buffer | undefined;
}

/**
 * Makes what a request asks for once, however often it comes with the same `Idempotency-Key`: what is made and the reply are one
 * transaction, so neither is there without the other after a crash, and a twin that comes meanwhile waits for the first one's reply.
 * A refusal is not kept; what is asked for again may be right then.
 * @param make gets the transaction, and makes all of it there.
 * @throws HttpProblem 400 for a key that is none, 422 for one that stood with another request.
 */
export async function onceForKey(
  { db, clock }: IdempotencyDeps,
  request: KeyedRequest,
  make: (db: Kysely<DB>) => Promise<Reply>,
): Promise<Reply> {
  const { key } = request;
  if (key === undefined) return make(db);
  if (!KEY_SHAPE.test(key))
    throw new HttpProblem(400, 'Idempotency-Key may have 1 to 200 visible ASCII characters.');
  const of = { ...callerName(request.caller), operation: request.operation, key };
  const hash = createHash('sha256')
    .update(request.path)
    .update('\n')
    .update(request.body ?? '')
    .digest('hex');
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const inserted = await trx
      .insertInto('idempotency_keys')
      .values({ ...of, guild_id: request.guildId, request_hash: hash, created_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'caller', 'operation', 'key'])
          .doUpdateSet({ request_hash: hash, status: null, reply: null, created_at: now })
          .where('idempotency_keys.created_at', '<', forgottenBefore(now)),
      )
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return replay(trx, of, hash);
    const reply = await make(trx);
    await trx
      .updateTable('idempotency_keys')
      .set({ status: reply.status, reply: JSON.stringify({ body: reply.body, headers: reply.headers }) })
      .where((row) => row.and(of))
      .execute();
    return reply;
  });
}

function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - REMEMBERED_HOURS * 3_600_000);
}

async function replay(
  trx: Transaction<DB>,
  of: { readonly user_id: string; readonly caller: string; readonly operation: string; readonly key: string },
  hash: string,
): Promise<Reply> {
  const row = await trx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'reply'])
    .where((row) => row.and(of))
    .executeTakeFirstOrThrow();
  if (row.request_hash !== hash)
    throw new HttpProblem(422, 'This Idempotency-Key stood with another request. Use a new one.');
  if (row.status === null) throw new Error('a request was kept without its reply');
  const { body, headers } = row.reply as Pick<Reply, 'body' | 'headers'>;
  return { status: row.status, body, headers: { ...headers, 'Idempotency-Replayed': 'true' } };
}

/** Whose keys they are; people's in their own name, so that they go with them. */
function callerName(caller: Caller): { readonly user_id: string; readonly caller: string } {
  switch (caller.kind) {
    case 'nobody':
      return { user_id: '0', caller: 'nobody' };
    case 'person':
      return { user_id: caller.userId, caller: 'person' };
    case 'key':
      return { user_id: caller.userId, caller: `key ${caller.keyId}` };
    case 'service':
      return { user_id: caller.userId ?? '0', caller: 'service' };
  }
}

/** Forgets keys that no repetition is recognised by any more. */
export async function removeOldKeys(db: Kysely<DB>, now: Date): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('created_at', '<', forgottenBefore(now)).execute();
}
