import type { Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';

/** What onboarding stands on. */
export interface OnboardingDeps {
  readonly db: Database;
  readonly client: Client;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
}
