import type { Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { Assistant } from './client.ts';

/** What the assistant stands on. */
export interface AssistantDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where the host set no key. */
  readonly provider: Assistant | null;
}
