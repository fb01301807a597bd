import type { Client } from 'discord.js';
import type { AssistantDeps } from '#lib/assistant/deps';
import type { Database } from '#lib/database/database';
import type { Caches } from '#lib/limits/caches';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { Metrics } from './dashboard.ts';
import type { GuildUsage } from './guild-usage.ts';
import type { Counts } from './health.ts';
import type { Remembered } from './remembered.ts';
import type { CommandUsage } from './usage.ts';

/** What the bot needs to say how it is. */
export interface AnalyticsDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly caches: Caches;
  readonly provider: AssistantDeps['provider'];
  /** The name by which monitoring knows this process. */
  readonly service: string;
  readonly version: string;
  readonly database: {
    readonly isHealthy: (timeoutMs: number) => Promise<boolean>;
    readonly poolSize: () => number;
  };
  readonly isSchedulerWorking: () => boolean;
  readonly counts: Remembered<Counts>;
  readonly metrics: Remembered<Metrics>;
  readonly usage: Remembered<CommandUsage>;
  readonly guildUsages: Remembered<GuildUsage>;
}
