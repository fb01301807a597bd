import type { Message } from 'discord.js';
import type { GuildRights } from '#lib/access/guild-rights';
import { translator } from '#lib/i18n/translate';
import { effectiveValue, type Settings } from '#lib/settings/settings';
import { syncCommands, syncSentence, type SyncDeps, type SyncScope } from './sync.ts';

export interface TypedSyncDeps extends SyncDeps {
  readonly settings: Settings;
  readonly rights: GuildRights;
}

const WORDS = /^!sync(?<rest>(?:\s+(?:here|--force|-f))*)$/i;

/**
 * What somebody asks for who writes `!sync`, or mentions the bot and writes `sync`; null for any other message. Discord
 * gives the bot what mentions it even where it may not read messages.
 */
export function readTypedSync(
  content: string,
  botId: string,
): { readonly scope: SyncScope; readonly isForced: boolean } | null {
  const text = content.trim().replace(new RegExp(`^<@!?${botId}>\\s*!?`), '!');
  const rest = WORDS.exec(text)?.groups?.['rest'];
  if (rest === undefined) return null;
  const words = rest.toLowerCase().split(/\s+/);
  return {
    scope: words.includes('here') ? 'here' : 'everywhere',
    isForced: words.includes('--force') || words.includes('-f'),
  };
}

/** Does what a message of the bot's owner asks for; every other message, and anybody else's, has no answer at all. */
export async function watchForSync(deps: TypedSyncDeps, message: Message): Promise<void> {
  const { client, log, rights, settings } = deps;
  if (message.author.bot || !message.inGuild()) return;
  const request = readTypedSync(message.content, client.user?.id ?? '');
  if (request === null || !(await rights.isBotOwner(message.author.id))) return;
  const { guildId, channel } = message;
  const t = translator(effectiveValue(await settings.overrides(guildId), 'system.language'));
  let sentence: string;
  try {
    const outcome = await syncCommands(deps, { ...request, guildId });
    sentence = syncSentence(t, outcome, `!sync${request.scope === 'here' ? ' here' : ''} --force`);
  } catch (error) {
    log.warn({ err: error, guildId }, 'commands: could not be synchronised');
    sentence = t('operations:sync.failed');
  }
  // Two processes hear it while one replaces the other; Discord shows one answer.
  await channel.send({ content: sentence, nonce: message.id, enforceNonce: true });
}
