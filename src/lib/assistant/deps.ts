import type { Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { SentenceKey } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { RetryQueue } from '#lib/tasks/retry-queue';
import type { Clock } from '#lib/time/clock';
import type { Assistant } from './client.ts';
import type { Reflections } from './reflections.ts';

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
  /** Sentences about where else a question goes, part of what a member agrees to. */
  readonly alsoSaid: readonly SentenceKey[];
  /** Where answers are kept besides, for members who have a profile there; null where the host has no such place. */
  readonly reflections: Pick<Reflections, 'keep'> | null;
}
