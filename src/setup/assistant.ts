import { container, type SapphireClient } from '@sapphire/framework';
import { Assistant } from '#lib/assistant/client';
import type { AssistantDeps } from '#lib/assistant/deps';
import { ASK_ATTEMPTS } from '#lib/assistant/perform';
import { Reflections } from '#lib/assistant/reflections';
import { knownPriceOf } from '#lib/assistant/prices';
import type { OpenDatabase } from '#lib/database/database';
import { noteAiCall } from '#lib/metrics/ai-calls';
import { RetryQueue } from '#lib/tasks/retry-queue';

declare module '@sapphire/pieces' {
  interface Container {
    assistant: AssistantDeps;
  }
}

/** Together they leave the scheduled tasks and the members the greater part of the database. */
const RETRIES_AT_ONCE = 3;

/**
 * What the pieces of the assistant share. Needs the settings, the clock, the configuration, the log and the metrics. The queue does nothing until it
 * is started.
 */
export function setupAssistant(
  client: SapphireClient,
  { pool }: OpenDatabase,
): { readonly assistant: AssistantDeps; readonly retries: RetryQueue } {
  const { config, db, settings, clock, log, metrics } = container;
  const provider = config.openai === null ? null : new Assistant(config.openai, log);
  if (config.openai !== null && knownPriceOf(config.openai.model, config.openai.prices) === undefined)
    log.warn(
      `OPENAI_MODEL ${config.openai.model} has no price that the bot knows, so each question counts as one to the dearest model and the budgets are soon spent. Set OPENAI_PRICES; for a model of your own machine: OPENAI_PRICES=*=0/0`,
    );
  const retries = new RetryQueue({
    name: 'alphapy-assistant',
    pool,
    log,
    attempts: ASK_ATTEMPTS,
    concurrency: RETRIES_AT_ONCE,
  });
  const reflections = config.supabase === null ? null : new Reflections(config.supabase, log, clock);
  const assistant: AssistantDeps = {
    client,
    db,
    settings,
    clock,
    log,
    provider,
    retries,
    onAnswer: reflections === null ? null : (answered) => reflections.keep(answered),
    onCall: (call) => noteAiCall(metrics, call),
    alsoSaid: reflections === null ? [] : ['assistant-commands:reflections.consent'],
  };
  container.assistant = assistant;
  return { assistant, retries };
}
