import type { Client } from 'discord.js';
import type { AnalyticsDeps } from '#lib/analytics/deps';
import type { Database } from '#lib/database/database';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Settings } from '#lib/settings/settings';
import type { TicketDeps } from '#lib/tickets/deps';
import type { Clock } from '#lib/time/clock';

/** What the pages of the dashboard stand on. */
export interface DashboardDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
  readonly tickets: TicketDeps;
  readonly analytics: AnalyticsDeps;
  readonly config: {
    /** The host's yes to @everyone. */
    readonly enableEveryoneMentions: boolean;
  };
}
