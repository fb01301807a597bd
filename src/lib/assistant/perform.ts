import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { translator } from '#lib/i18n/translate';
import { TryLater } from '#lib/tasks/retry-queue';
import { ask, type Asked } from './ask.ts';
import { deliver, showAt } from './deliver.ts';
import type { AssistantDeps } from './deps.ts';
import {
  claimQuestions,
  endQuestion,
  hasRoomToWait,
  postponeQuestion,
  type Ending,
  type Pending,
} from './pending.ts';
import { isProfileName } from './profiles.ts';
import { standingView } from './views.ts';

/** How often the provider is asked at most. */
export const ASK_ATTEMPTS = 5;
/** Questions that may wait for a provider without time. */
const WAITING_MAX = { ofGuild: 20, inAll: 200 };
const FIRST_WAIT_MS = 20_000;
/** However long a provider says that it has no time. */
const WAIT_MAX_MS = 6 * 60 * 60_000;
/** Discord is tried again after this, as long as the question is kept. */
const DELIVERY_WAIT_MS = 30_000;
const QUESTIONS_PER_SWEEP = 20;

/** What became of a try. */
type Step =
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      readonly answer: string | null;
      readonly resumesAt: Date | null;
    }
  | { readonly kind: 'later'; readonly waitMs: number }
  /** The bot stops: the next process asks. */
  | { readonly kind: 'left' }
  /** Another process has it, or the member took it back. */
  | { readonly kind: 'lost' };

/**
 * Asks what is to be asked and brings the member what came of it.
 * @param question one that this process has taken on.
 * @returns after how many ms it is to be done again; null when there is nothing left to do.
 */
export async function performQuestion(deps: AssistantDeps, question: Pending): Promise<number | null> {
  const { db, clock, log } = deps;
  let ended = question;
  if (question.state === 'asking') {
    const step = await tryOnce(deps, question);
    if (step.kind === 'later') {
      if (question.attempts === 0) await sayThatItWaits(deps, question);
      return step.waitMs;
    }
    if (step.kind !== 'ended') return null;
    ended = { ...question, state: 'ended', ...step };
    if (step.answer !== null) {
      const { profile, userId, quotes } = question;
      deps.onAnswer?.({ profile, userId, quotes, answer: step.answer });
    }
  }
  try {
    await deliver(deps, ended);
    return null;
  } catch (error) {
    log.warn({ err: error, guildId: question.guildId }, 'assistant: an answer could not be shown yet');
    const until = new Date(clock.now().getTime() + DELIVERY_WAIT_MS);
    const reason = error instanceof Error ? error.name : String(error);
    await postponeQuestion(db, ended, { until, reason, isTry: false });
    return DELIVERY_WAIT_MS;
  }
}

async function tryOnce(deps: AssistantDeps, question: Pending): Promise<Step> {
  const { db, clock } = deps;
  const { guildId, userId, profile, locale, quotes } = question;
  let step: Step = { kind: 'lost' };
  if (!isProfileName(profile)) {
    // Of a version of the bot that could do more than this one.
    await db.transaction().execute(async (trx) => {
      step = await end(trx, question, 'off', null, null);
    });
    return step;
  }
  const asked = await ask(deps, { guildId, userId, profile, locale, quotes }, async (trx, outcome) => {
    step = await note(trx, question, outcome, clock.now());
  });
  if (asked.outcome === 'cancelled') return { kind: 'left' };
  return step;
}

/** Writes down what came of a try, where what it cost is written down. */
async function note(trx: Transaction<DB>, question: Pending, asked: Asked, now: Date): Promise<Step> {
  switch (asked.outcome) {
    case 'answer':
      return end(trx, question, 'answer', asked.text, null);
    case 'over_budget':
      return end(trx, question, `over_${asked.of}_budget`, null, asked.until);
    case 'off':
    case 'refused':
      return end(trx, question, asked.outcome, null, null);
    case 'cancelled': {
      const isKept = await postponeQuestion(trx, question, {
        until: now,
        reason: 'the bot stopped',
        isTry: false,
      });
      return { kind: isKept ? 'left' : 'lost' };
    }
    case 'offline':
      // Whoever waits already goes on waiting.
      return question.attempts === 0
        ? end(trx, question, 'offline', null, null)
        : later(trx, question, asked, now);
    case 'rate_limited':
      if (question.attempts === 0 && !(await hasRoomToWait(trx, question.guildId, WAITING_MAX)))
        return end(trx, question, 'busy', null, null);
      return later(trx, question, asked, now);
  }
}

async function later(
  trx: Transaction<DB>,
  question: Pending,
  asked: Extract<Asked, { outcome: 'rate_limited' | 'offline' }>,
  now: Date,
): Promise<Step> {
  const tries = question.attempts + 1;
  if (tries >= ASK_ATTEMPTS) return end(trx, question, 'given_up', null, null);
  const waitMs = waitAfter(tries, asked.outcome === 'rate_limited' ? asked.retryAfterMs : null);
  const until = new Date(now.getTime() + waitMs);
  const isKept = await postponeQuestion(trx, question, { until, reason: asked.outcome, isTry: true });
  return isKept ? { kind: 'later', waitMs } : { kind: 'lost' };
}

async function end(
  trx: Transaction<DB>,
  question: Pending,
  ending: Ending,
  answer: string | null,
  resumesAt: Date | null,
): Promise<Step> {
  const result = { ending, answer, resumesAt };
  return (await endQuestion(trx, question, result)) ? { kind: 'ended', ...result } : { kind: 'lost' };
}

/**
 * How long to wait after so many tries, in ms: each time twice as long, or what the provider says if that is longer. Up to half of it more,
 * so that those who were turned away together do not come back together.
 */
export function waitAfter(tries: number, retryAfterMs: number | null): number {
  const least = Math.max(FIRST_WAIT_MS * 2 ** (tries - 1), retryAfterMs ?? 0);
  return Math.round(Math.min(least * (1 + Math.random() / 2), WAIT_MAX_MS));
}

async function sayThatItWaits(deps: AssistantDeps, question: Pending): Promise<void> {
  const { clock, log } = deps;
  try {
    const view = standingView(translator(question.locale), question, 'waiting', clock.now());
    await showAt(deps, question.place, view);
  } catch (error) {
    // The answer comes all the same.
    log.warn(
      { err: error, guildId: question.guildId },
      'assistant: could not say that an answer comes later',
    );
  }
}

/** Does what is due, whether a job came for it or not; after the clock was moved, too. */
export async function performDueQuestions(deps: AssistantDeps): Promise<void> {
  const claimed = await claimQuestions(deps.db, { now: deps.clock.now(), limit: QUESTIONS_PER_SWEEP });
  await Promise.all(
    claimed.map(async (question) => {
      const waitMs = await performQuestion(deps, question);
      if (waitMs !== null) await deps.retries.add(question.id, waitMs);
    }),
  );
}

/**
 * Does what a job came for, if it is still to be done.
 * @throws TryLater when it is to come back.
 */
export async function performQueued(deps: AssistantDeps, id: string): Promise<void> {
  const [question] = await claimQuestions(deps.db, { now: deps.clock.now(), limit: 1, id });
  const waitMs = question === undefined ? null : await performQuestion(deps, question);
  if (waitMs !== null) throw new TryLater(waitMs);
}
