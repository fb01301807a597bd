import {
  time,
  TimestampStyles,
  type ApplicationCommandDataResolvable,
  type Client,
  type ClientApplication,
} from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import type { Log } from '#lib/logging/logger';
import type { Cooldowns } from './cooldowns.ts';

export interface SyncDeps {
  readonly client: Client;
  readonly log: Log;
  readonly cooldowns: Cooldowns;
  /** All commands of the bot, as Discord takes them. */
  readonly commands: () => readonly ApplicationCommandDataResolvable[];
}

/** `everywhere` registers all commands with Discord again; `here` removes what is left over of one guild's own. */
export type SyncScope = 'everywhere' | 'here';

export interface SyncRequest {
  readonly scope: SyncScope;
  readonly guildId: string;
  /** Does not wait until the last one is long enough ago. */
  readonly isForced: boolean;
}

export type SyncOutcome =
  | { readonly kind: 'registered' | 'cleared'; readonly count: number }
  | { readonly kind: 'tooSoon'; readonly until: Date };

const COOLDOWN_MS: Readonly<Record<SyncScope, number>> = { everywhere: 60 * 60_000, here: 30 * 60_000 };

/**
 * Brings Discord's list of commands in line with the bot's. All of the bot's are global, so a guild has none of its own but
 * left-overs of an older bot, which would stand in the menu twice.
 * @throws DiscordAPIError when Discord refuses; it can be tried again at once then.
 */
export async function syncCommands(deps: SyncDeps, request: SyncRequest): Promise<SyncOutcome> {
  const { cooldowns, log } = deps;
  const { scope, guildId, isForced } = request;
  const key = scope === 'everywhere' ? scope : guildId;
  const until = isForced ? null : cooldowns.until(key);
  if (until !== null) return { kind: 'tooSoon', until };
  const takeBack = cooldowns.begin(key, COOLDOWN_MS[scope]);
  try {
    const count = scope === 'everywhere' ? await register(deps) : await clearLeftOvers(deps, guildId);
    log.info({ scope, count, ...(scope === 'here' && { guildId }) }, 'commands synchronised');
    return { kind: scope === 'everywhere' ? 'registered' : 'cleared', count };
  } catch (error) {
    takeBack();
    throw error;
  }
}

async function register({ client, commands }: SyncDeps): Promise<number> {
  return (await applicationOf(client).commands.set(commands())).size;
}

function applicationOf(client: Client): ClientApplication {
  if (client.application === null) throw new Error('the application is known only once the bot is connected');
  return client.application;
}

async function clearLeftOvers({ client }: SyncDeps, guildId: string): Promise<number> {
  const { commands } = applicationOf(client);
  const { size } = await commands.fetch({ guildId });
  if (size > 0) await commands.set([], guildId);
  return size;
}

/** What came of it, as a sentence. @param force how the person goes past the wait, as they would type it. */
export function syncSentence(t: Translate, outcome: SyncOutcome, force: string): string {
  if (outcome.kind === 'tooSoon')
    return t('operations:sync.tooSoon', {
      when: time(outcome.until, TimestampStyles.RelativeTime),
      force,
    });
  const { kind, count } = outcome;
  if (kind === 'registered') return t('operations:sync.registered', { count });
  return count === 0 ? t('operations:sync.nothingLeft') : t('operations:sync.cleared', { count });
}
