import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Locale } from '#lib/i18n/translate';
import { inTurns } from '#lib/limits/turns';
import { effectiveValue } from '#lib/settings/settings';
import { budgetsOf, reserve, settle, type BudgetOf } from './budgets.ts';
import { recordCall, type Call } from './calls.ts';
import type { Answered, Quote, Usage } from './client.ts';
import type { AssistantDeps } from './deps.ts';
import { costOf } from './prices.ts';
import { profiles, type ProfileName } from './profiles.ts';

export interface AskRequest {
  readonly guildId: string;
  /** Whose budget it is taken from besides the guild's; null for what is nobody's own, such as a summary. */
  readonly userId: string | null;
  readonly profile: ProfileName;
  readonly locale: Locale;
  readonly quotes: readonly Quote[];
  readonly signal?: AbortSignal;
}

/** What became of asking in a guild. */
export type Asked =
  | Answered
  /** Nothing is left of the budget. `until`: when the next day's begins. */
  | { readonly outcome: 'over_budget'; readonly of: BudgetOf; readonly until: Date }
  /** The host set no key, or the guild switched it off. */
  | { readonly outcome: 'off' };

/** What asking takes. */
export type AskDeps = Pick<AssistantDeps, 'db' | 'settings' | 'clock' | 'provider' | 'onCall'>;

/** All of a guild wait for the same row: more at once would only hold connections that others need. */
const turn = inTurns(3);

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0 };

/**
 * Asks the AI within a guild's budget, and records that it was asked: the one way to it.
 *
 * What it may cost at most is taken out of the budgets before, and what it cost is put in its place after. Whoever dies in between leaves the
 * most spent, and so does a provider of which nobody knows what it did.
 * @param keep runs in the transaction that settles it, so that an answer is paid and kept together or not at all.
 * @throws what the database throws.
 */
export async function ask(
  deps: AskDeps,
  request: AskRequest,
  keep?: (trx: Transaction<DB>, asked: Asked) => Promise<void>,
): Promise<Asked> {
  const { db, provider, clock } = deps;
  const { guildId, userId, locale, quotes, signal } = request;
  const overrides = await deps.settings.overrides(guildId);
  const finish = async (
    asked: Asked,
    settleIn: (trx: Transaction<DB>) => Promise<void> = async () => {},
  ): Promise<Asked> => {
    await turn(() =>
      db.transaction().execute(async (trx) => {
        await settleIn(trx);
        await keep?.(trx, asked);
      }),
    );
    return asked;
  };
  if (provider === null || !effectiveValue(overrides, 'gpt.enabled')) return finish({ outcome: 'off' });
  const model = effectiveValue(overrides, 'gpt.model') ?? provider.model;
  const prompt = provider.prompt(profiles[request.profile], locale, quotes);
  const price = provider.priceOf(model);
  const reserved = costOf(price, { input: prompt.maxInputTokens, output: prompt.maxOutputTokens });
  const now = clock.now();
  const budgets = budgetsOf(
    { now, zone: effectiveValue(overrides, 'system.timezone'), guildId, userId },
    {
      hostCents: provider.dailyBudgetCents,
      guildCents: effectiveValue(overrides, 'gpt.guild_daily_budget_cents'),
      memberCents: effectiveValue(overrides, 'gpt.member_daily_budget_cents'),
    },
  );
  const call = { guildId, profile: request.profile, model, at: now };
  const finishCall = async (
    asked: Asked,
    made: Call,
    settleIn: (trx: Transaction<DB>) => Promise<void> = async () => {},
  ): Promise<Asked> => {
    await finish(asked, async (trx) => {
      await settleIn(trx);
      await recordCall(trx, made);
    });
    deps.onCall?.(made);
    return asked;
  };
  const over = await turn(() => reserve(db, budgets, reserved));
  if (over !== null)
    return finishCall(
      { outcome: 'over_budget', of: over.of, until: over.until },
      { ...call, outcome: 'over_budget', latencyMs: 0, usage: NOTHING, cost: 0 },
    );
  const temperature = effectiveValue(overrides, 'gpt.temperature');
  const { answered, usage, latencyMs } = await provider.ask(prompt, { model, temperature, signal });
  const used = usage === 'nothing' || usage === 'unknown' ? NOTHING : usage;
  const cost =
    usage === 'unknown' ? reserved : costOf(price, { input: used.inputTokens, output: used.outputTokens });
  return finishCall(answered, { ...call, outcome: answered.outcome, latencyMs, usage: used, cost }, (trx) =>
    settle(trx, budgets, { reserved, cost }),
  );
}
