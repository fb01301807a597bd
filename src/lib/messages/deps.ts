import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';

/** What is needed to write and delete messages in somebody's name. */
export interface MessageDeps {
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
}
