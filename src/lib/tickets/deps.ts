import type { Client } from 'discord.js';
import type { AssistantDeps } from '#lib/assistant/deps';
import type { Database } from '#lib/database/database';
import type { Limiter } from '#lib/limits/limiter';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { Remembered } from './remembered.ts';

/** What tickets stand on. */
export interface TicketDeps {
  readonly db: Database;
  readonly client: Client;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly log: Log;
  readonly assistant: AssistantDeps;
  /** Where files of tickets are kept, by the hash of what is in them. */
  readonly filesDirectory: string;
  readonly remembered: Remembered;
}
