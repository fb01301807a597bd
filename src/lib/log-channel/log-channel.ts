import {
  DiscordAPIError,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type Client,
  type MessageCreateOptions,
} from 'discord.js';
import type { Database } from '#lib/database/database';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { translator, type Translate } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import type { SettingValue } from '#lib/settings/definitions';
import type { Clock } from '#lib/time/clock';
import { embed, type EmbedContent, type LogLevel } from '#lib/ui/embeds';

/** What a guild's log channel is told, in the guild's language. */
export type LogEntry = (t: Translate) => Omit<EmbedContent, 'at' | 'level'>;

/** `verbose` shows everything, `normal` leaves out details, `critical` shows only errors. */
export function isShown(level: LogLevel, chosen: SettingValue<'system.log_level'>): boolean {
  if (chosen === 'critical') return level === 'error';
  return chosen === 'verbose' || level !== 'debug';
}

const FIRST_ATTEMPT: Attempt = { attempts: 1, since: new Date(0) };

interface PostOptions {
  readonly inChannel?: string;
  readonly whateverLevel?: boolean;
  readonly nonce?: string;
  readonly attempt?: Attempt;
  readonly components?: (t: Translate) => APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly turn?: () => Promise<void>;
}

interface LogChannelDeps {
  readonly client: Client;
  readonly db: Database;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Writes to the log channels of guilds. */
export class LogChannel {
  readonly #deps: LogChannelDeps;

  constructor(deps: LogChannelDeps) {
    this.#deps = deps;
  }

  /**
   * Posts one embed, if the guild has a log channel and its level lets this one through. Never throws: what happened has
   * happened, whether it can be shown or not; a failure is in the process log.
   * @param options.inChannel in place of the guild's log channel.
   * @param options.whateverLevel posts it even where the guild's level would not.
   * @param options.nonce what makes Discord answer a repetition with the first message.
   * @param options.attempt with a nonce: where an earlier attempt may have posted it already.
   * @param options.components buttons below it, in the guild's language.
   * @param options.turn awaited before the request is sent, and only if one is.
   * @returns whether it was posted.
   */
  async post(guildId: string, level: LogLevel, entry: LogEntry, options: PostOptions = {}): Promise<boolean> {
    return (await this.deliver(guildId, level, entry, options)) === 'posted';
  }

  /** The same, for whoever tries again. @returns `nowhere` when trying again would not help, `failed` when it may. */
  async deliver(
    guildId: string,
    level: LogLevel,
    entry: LogEntry,
    options: PostOptions = {},
  ): Promise<'posted' | 'nowhere' | 'failed'> {
    const { client, db, settings, clock, log } = this.#deps;
    try {
      const overrides = await settings.overrides(guildId);
      const channelId = options.inChannel ?? effectiveValue(overrides, 'system.log_channel_id');
      if (channelId === null) return 'nowhere';
      if (options.whateverLevel !== true && !isShown(level, effectiveValue(overrides, 'system.log_level')))
        return 'nowhere';
      const channel = client.channels.cache.get(channelId);
      if (
        channel === undefined ||
        !channel.isSendable() ||
        channel.isDMBased() ||
        channel.guildId !== guildId
      ) {
        // Nobody there could do anything about it when the bot was removed.
        if (client.guilds.cache.has(guildId))
          log.warn({ guildId, channelId }, 'log channel: gone or not a channel for messages');
        return 'nowhere';
      }
      const t = translator(effectiveValue(overrides, 'system.language'));
      const content = entry(t);
      await options.turn?.();
      const message: MessageCreateOptions = {
        embeds: [embed('log', { ...content, at: clock.now(), level })],
        ...(options.components !== undefined && { components: options.components(t) }),
        allowedMentions: { parse: [] },
      };
      const { nonce, attempt = FIRST_ATTEMPT } = options;
      if (nonce === undefined) await channel.send(message);
      else await sendOnce(db, channel, { ...message, nonce }, attempt);
      return 'posted';
    } catch (error) {
      log.warn({ err: error, guildId }, 'log channel: could not post');
      const isRefused = error instanceof DiscordAPIError && error.status < 500;
      return isRefused ? 'nowhere' : 'failed';
    }
  }
}
