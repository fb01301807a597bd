import type { Client } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Log } from '#lib/logging/logger';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';

/** What the pieces of invites share. */
export interface InviteDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
}
