import type { Transaction } from 'kysely';
import { z } from 'zod';
import { personalData } from '#db/personal-data';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { HttpProblem } from '#lib/http/problem';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import { isDiscordId } from './discord-id.ts';
import type { SupabaseProject } from './supabase-project.ts';

const TIMEOUT_MS = 3_000;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** How long it counts who somebody is on Discord, without asking again. */
const TRUSTED_MS = HOUR_MS;

/** What Supabase says of an account; `user_metadata` is left out on purpose, for people write that themselves. */
const accountSchema = z.object({
  id: z.uuid(),
  identities: z.array(z.object({ provider: z.string(), id: z.string() })).nullish(),
});

/** `unlinked`: the account has no Discord. `gone`: there is no such account any more, or its session has ended. */
export type Linked = { readonly discordUserId: string } | 'unlinked' | 'gone';

export interface AccountDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who the accounts of the host's Supabase project are on Discord, as Discord told Supabase. */
export class SupabaseAccounts {
  readonly #deps: AccountDeps;
  readonly #project: SupabaseProject;
  readonly #asking = new Map<string, Promise<Linked>>();

  constructor(deps: AccountDeps, project: SupabaseProject) {
    this.#deps = deps;
    this.#project = project;
  }

  /**
   * Who an account is on Discord. Asks Supabase at most once an hour, and for each account once at a time.
   * @param token of the account's own session, checked already.
   * @throws HttpProblem 503 when Supabase does not say and was not asked within the hour.
   */
  async linked(accountId: string, token: string): Promise<Linked> {
    const { db, clock } = this.#deps;
    const known = await db
      .selectFrom('supabase_accounts')
      .select('discord_user_id')
      .where('supabase_user_id', '=', accountId)
      .where('checked_at', '>', new Date(clock.now().getTime() - TRUSTED_MS))
      .executeTakeFirst();
    if (known !== undefined) return { discordUserId: known.discord_user_id };
    const asking = this.#asking.get(accountId) ?? this.#refresh(accountId, token);
    this.#asking.set(accountId, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(accountId);
    }
  }

  /** Asks Supabase who an account is, and keeps it. @throws HttpProblem 503 when Supabase does not say. */
  async #refresh(accountId: string, token: string): Promise<Linked> {
    const linked = await this.#ask(accountId, token);
    const { db, clock } = this.#deps;
    if (typeof linked === 'string') await forgetAccount(db, accountId);
    else
      await db.transaction().execute((trx) => keepAccount(trx, accountId, linked.discordUserId, clock.now()));
    return linked;
  }

  async #ask(accountId: string, token: string): Promise<Linked> {
    const { authUrl, serviceRoleKey, anonKey } = this.#project;
    const isAdmin = serviceRoleKey !== null;
    const apiKey = serviceRoleKey ?? anonKey;
    try {
      const response = await fetch(isAdmin ? `${authUrl}/admin/users/${accountId}` : `${authUrl}/user`, {
        headers: {
          Authorization: `Bearer ${serviceRoleKey ?? token}`,
          ...(apiKey !== null && { apikey: apiKey }),
        },
        // Elsewhere the key would be in wrong hands.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      // Their own token is refused once their session has ended; the service role is refused by mistake only.
      if (response.status === 404 || (!isAdmin && (response.status === 401 || response.status === 403))) {
        await response.body?.cancel();
        return 'gone';
      }
      if (!response.ok) throw new Error(`status ${response.status}`);
      const account = accountSchema.parse(await response.json());
      if (account.id !== accountId) throw new Error('it spoke of another account');
      const discord = account.identities?.find(
        ({ provider, id }) => provider === 'discord' && isDiscordId(id),
      );
      return discord === undefined ? 'unlinked' : { discordUserId: discord.id };
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'supabase: it does not say who an account is');
      throw new HttpProblem(503, 'Supabase does not say who you are on Discord. Try again in a moment.', {
        cause: error,
        headers: { 'Retry-After': '5' },
      });
    }
  }
}

/** Keeps who an account is on Discord, as Supabase says it. Who links their Discord to another account takes it along. */
export async function keepAccount(
  trx: Transaction<DB>,
  accountId: string,
  discordUserId: string,
  now: Date,
): Promise<void> {
  await trx
    .deleteFrom('supabase_accounts')
    .where('discord_user_id', '=', discordUserId)
    .where('supabase_user_id', '<>', accountId)
    .execute();
  await trx
    .insertInto('supabase_accounts')
    .values({
      supabase_user_id: accountId,
      discord_user_id: discordUserId,
      linked_at: now,
      checked_at: now,
    })
    .onConflict((conflict) =>
      conflict.column('supabase_user_id').doUpdateSet({ discord_user_id: discordUserId, checked_at: now }),
    )
    .execute();
}

/** Whom an account is on Discord, as far as that is known here, however long ago; none or one. */
export async function discordOfAccount(db: Database, accountId: string): Promise<string[]> {
  const known = await db
    .selectFrom('supabase_accounts')
    .select('discord_user_id')
    .where('supabase_user_id', '=', accountId)
    .execute();
  return known.map((row) => row.discord_user_id);
}

/** Forgets who an account is on Discord. */
export async function forgetAccount(db: Database, accountId: string): Promise<void> {
  await db.deleteFrom('supabase_accounts').where('supabase_user_id', '=', accountId).execute();
}

/** Forgets accounts that nobody came by for 30 days. */
export async function removeOldAccounts(db: Database, now: Date): Promise<void> {
  const { kept } = personalData.supabase_accounts;
  await db
    .deleteFrom('supabase_accounts')
    .where('checked_at', '<', new Date(now.getTime() - kept.days * DAY_MS))
    .execute();
}
