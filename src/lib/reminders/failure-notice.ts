import type { Client } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { translator } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import type { ClaimedOccurrence } from './claims.ts';
import { failedLogEntry, failedNotice } from './failed-views.ts';
import type { ParkReason } from './send-result.ts';

interface NoticeDeps {
  readonly client: Client;
  readonly settings: Settings;
  readonly logChannel: LogChannel;
  readonly clock: Clock;
  readonly log: Log;
  /** Awaited before each request. */
  readonly turn: () => Promise<void>;
}

/**
 * Tells the guild's log channel that a message could not be sent, or, where it has none, whoever made the reminder, in a
 * direct message in the guild's language. Of what goes to one member alone nobody is told. Never throws; who cannot be told finds it with `/reminder_failed`.
 */
export async function tellFailure(
  { client, settings, logChannel, clock, log, turn }: NoticeDeps,
  occurrence: ClaimedOccurrence,
  reason: ParkReason,
): Promise<void> {
  const { guildId, createdBy, recipientId } = occurrence.reminder;
  // Nobody else may read of it, and to whom it goes the bot cannot write.
  if (recipientId !== null) return;
  const entry = failedLogEntry(occurrence, reason);
  if (await logChannel.post(guildId, 'error', entry, { turn })) return;
  const guild = client.guilds.cache.get(guildId);
  // Nobody there could mend it, and Discord lets the bot write only to people it shares a server with.
  if (guild === undefined || createdBy === FORMER_MEMBER) return;
  try {
    const t = translator(await settings.get(guildId, 'system.language'));
    await turn();
    await client.users.send(createdBy, {
      ...failedNotice(t, occurrence, reason, guild.name, clock.now()),
      allowedMentions: { parse: [] },
    });
  } catch (error) {
    log.warn({ err: error, guildId, reminder: occurrence.reminder.id }, 'reminder: its maker cannot be told');
  }
}
