import type { Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { SentenceKey } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { RetryQueue } from '#lib/tasks/retry-queue';
import type { Clock } from '#lib/time/clock';
import type { Call } from './calls.ts';
import type { Assistant, Quote } from './client.ts';

/** A question of a member's that an AI answered. */
export interface AnsweredQuestion {
  readonly profile: string;
  readonly userId: string;
  readonly quotes: readonly Quote[];
  readonly answer: string;
}

/** What the assistant stands on. */
export interface AssistantDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where the host set no key. */
  readonly provider: Assistant | null;
  /** Comes back to questions that the provider had no time for. */
  readonly retries: Pick<RetryQueue, 'add'>;
  /** Told of each answer to a member, once, before they see it; nobody waits for what it does. Null: nobody wants to know. */
  readonly onAnswer: ((answered: AnsweredQuestion) => void) | null;
  /** Told of each time that the AI was asked, once it is recorded; must not throw. */
  readonly onCall?: (call: Call) => void;
  /** Sentences about where else a question goes, part of what a member agrees to. */
  readonly alsoSaid: readonly SentenceKey[];
}
