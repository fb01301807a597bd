import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import type { DispatchName, DispatchScope } from '../state/dispatches.ts';

/** Every intent that exists; any other bit is a mistake. */
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** A privileged intent with the two application flags that grant it (above and below the size that needs a review). */
const PRIVILEGED: readonly [GatewayIntentBits, number][] = [
  [
    GatewayIntentBits.GuildPresences,
    ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited,
  ],
  [
    GatewayIntentBits.GuildMembers,
    ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  ],
  [
    GatewayIntentBits.MessageContent,
    ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  ],
];

/** All three privileged intents switched on, as for a small bot in the developer portal. */
export const ALL_PRIVILEGED_FLAGS: number =
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayMessageContentLimited;

export function areKnownIntents(intents: number): boolean {
  return Number.isSafeInteger(intents) && intents >= 0 && (intents & ~ALL_INTENTS) === 0;
}

/** Whether the application's flags grant every privileged intent that is asked for. */
export function areGranted(intents: number, applicationFlags: number): boolean {
  return PRIVILEGED.every(([intent, flags]) => !(intents & intent) || (applicationFlags & flags) !== 0);
}

/** Whether the application's flags grant one privileged intent. */
export function isGranted(intent: GatewayIntentBits, applicationFlags: number): boolean {
  return areGranted(intent, applicationFlags);
}

/** Whether a session with these intents is told of an event. */
export function isWanted(intents: number, name: DispatchName, scope: DispatchScope, botId: string): boolean {
  switch (name) {
    case 'INTERACTION_CREATE':
      return true;
    case 'GUILD_MEMBER_ADD':
    case 'GUILD_MEMBER_REMOVE':
      return (intents & GatewayIntentBits.GuildMembers) !== 0;
    case 'THREAD_MEMBERS_UPDATE':
      // Of itself the bot hears with the guilds intent already.
      if (scope.memberId === botId && intents & GatewayIntentBits.Guilds) return true;
      return (intents & GatewayIntentBits.GuildMembers) !== 0;
    case 'GUILD_MEMBER_UPDATE':
      return scope.memberId === botId || (intents & GatewayIntentBits.GuildMembers) !== 0;
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
    case 'MESSAGE_DELETE':
    case 'MESSAGE_DELETE_BULK':
      return (
        (intents & (scope.guildId ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages)) !== 0
      );
    case 'MESSAGE_REACTION_ADD':
    case 'MESSAGE_REACTION_REMOVE':
    case 'MESSAGE_REACTION_REMOVE_ALL':
    case 'MESSAGE_REACTION_REMOVE_EMOJI':
      return (
        (intents &
          (scope.guildId
            ? GatewayIntentBits.GuildMessageReactions
            : GatewayIntentBits.DirectMessageReactions)) !==
        0
      );
    case 'GUILD_AUDIT_LOG_ENTRY_CREATE':
    case 'GUILD_BAN_ADD':
    case 'GUILD_BAN_REMOVE':
      return (intents & GatewayIntentBits.GuildModeration) !== 0;
    case 'INVITE_CREATE':
    case 'INVITE_DELETE':
      return (intents & GatewayIntentBits.GuildInvites) !== 0;
    case 'WEBHOOKS_UPDATE':
      return (intents & GatewayIntentBits.GuildWebhooks) !== 0;
    case 'CHANNEL_PINS_UPDATE':
      return (intents & (scope.guildId ? GatewayIntentBits.Guilds : GatewayIntentBits.DirectMessages)) !== 0;
    case 'TYPING_START':
      return (
        (intents &
          (scope.guildId ? GatewayIntentBits.GuildMessageTyping : GatewayIntentBits.DirectMessageTyping)) !==
        0
      );
    default:
      return (intents & GatewayIntentBits.Guilds) !== 0;
  }
}
