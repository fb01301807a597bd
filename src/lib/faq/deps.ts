import type { Database } from '#lib/database/database';
import type { Limiter } from '#lib/limits/limiter';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';

/** What the FAQ stands on. */
export interface FaqDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly log: Log;
}
