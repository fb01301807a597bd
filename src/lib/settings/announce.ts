import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Change } from './settings.ts';
import { changedLogEntry } from './views.ts';

/**
 * Tells the log channel of a change, if there was one. A log channel that is given up hears of that itself: else it could be
 * switched off without anybody who reads it noticing.
 */
export async function announceChange(
  logChannel: LogChannel,
  guildId: string,
  { entry }: Change,
): Promise<void> {
  if (entry === null) return;
  const view = changedLogEntry(entry);
  const posts = [logChannel.post(guildId, 'info', view)];
  if (entry.key === 'system.log_channel_id' && entry.oldValue !== null)
    posts.push(logChannel.post(guildId, 'info', view, { inChannel: String(entry.oldValue) }));
  await Promise.all(posts);
}
