import type {
  GatewayChannelCreateDispatchData,
  GatewayChannelDeleteDispatchData,
  GatewayChannelPinsUpdateDispatchData,
  GatewayChannelUpdateDispatchData,
  GatewayGuildAuditLogEntryCreateDispatchData,
  GatewayGuildBanAddDispatchData,
  GatewayGuildBanRemoveDispatchData,
  GatewayGuildCreateDispatchData,
  GatewayGuildDeleteDispatchData,
  GatewayGuildMemberAddDispatchData,
  GatewayGuildMemberRemoveDispatchData,
  GatewayGuildMemberUpdateDispatchData,
  GatewayGuildModifyDispatchData,
  GatewayGuildRoleCreateDispatchData,
  GatewayGuildRoleDeleteDispatchData,
  GatewayGuildRoleUpdateDispatchData,
  GatewayInteractionCreateDispatchData,
  GatewayInviteCreateDispatchData,
  GatewayInviteDeleteDispatchData,
  GatewayMessageCreateDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveAllDispatchData,
  GatewayMessageReactionRemoveDispatchData,
  GatewayMessageReactionRemoveEmojiDispatchData,
  GatewayMessageUpdateDispatchData,
  GatewayThreadCreateDispatchData,
  GatewayThreadDeleteDispatchData,
  GatewayThreadListSyncDispatchData,
  GatewayThreadMembersUpdateDispatchData,
  GatewayThreadMemberUpdateDispatchData,
  GatewayThreadUpdateDispatchData,
  GatewayTypingStartDispatchData,
  GatewayWebhooksUpdateDispatchData,
} from 'discord-api-types/v10';
import type { ChannelRecord } from './channel-records.ts';

/** The gateway events that this Discord sends after READY, with their payloads. */
export interface DispatchData {
  GUILD_CREATE: GatewayGuildCreateDispatchData;
  GUILD_UPDATE: GatewayGuildModifyDispatchData;
  GUILD_DELETE: GatewayGuildDeleteDispatchData;
  GUILD_AUDIT_LOG_ENTRY_CREATE: GatewayGuildAuditLogEntryCreateDispatchData;
  GUILD_BAN_ADD: GatewayGuildBanAddDispatchData;
  GUILD_BAN_REMOVE: GatewayGuildBanRemoveDispatchData;
  GUILD_ROLE_CREATE: GatewayGuildRoleCreateDispatchData;
  GUILD_ROLE_UPDATE: GatewayGuildRoleUpdateDispatchData;
  GUILD_ROLE_DELETE: GatewayGuildRoleDeleteDispatchData;
  CHANNEL_CREATE: GatewayChannelCreateDispatchData;
  CHANNEL_UPDATE: GatewayChannelUpdateDispatchData;
  CHANNEL_DELETE: GatewayChannelDeleteDispatchData;
  CHANNEL_PINS_UPDATE: GatewayChannelPinsUpdateDispatchData;
  THREAD_CREATE: GatewayThreadCreateDispatchData;
  THREAD_UPDATE: GatewayThreadUpdateDispatchData;
  THREAD_DELETE: GatewayThreadDeleteDispatchData;
  THREAD_LIST_SYNC: GatewayThreadListSyncDispatchData;
  THREAD_MEMBER_UPDATE: GatewayThreadMemberUpdateDispatchData;
  THREAD_MEMBERS_UPDATE: GatewayThreadMembersUpdateDispatchData;
  GUILD_MEMBER_ADD: GatewayGuildMemberAddDispatchData;
  GUILD_MEMBER_UPDATE: GatewayGuildMemberUpdateDispatchData;
  GUILD_MEMBER_REMOVE: GatewayGuildMemberRemoveDispatchData;
  MESSAGE_CREATE: GatewayMessageCreateDispatchData;
  MESSAGE_UPDATE: GatewayMessageUpdateDispatchData;
  MESSAGE_DELETE: GatewayMessageDeleteDispatchData;
  MESSAGE_DELETE_BULK: GatewayMessageDeleteBulkDispatchData;
  MESSAGE_REACTION_ADD: GatewayMessageReactionAddDispatchData;
  MESSAGE_REACTION_REMOVE: GatewayMessageReactionRemoveDispatchData;
  MESSAGE_REACTION_REMOVE_ALL: GatewayMessageReactionRemoveAllDispatchData;
  MESSAGE_REACTION_REMOVE_EMOJI: GatewayMessageReactionRemoveEmojiDispatchData;
  INVITE_CREATE: GatewayInviteCreateDispatchData;
  INVITE_DELETE: GatewayInviteDeleteDispatchData;
  WEBHOOKS_UPDATE: GatewayWebhooksUpdateDispatchData;
  TYPING_START: GatewayTypingStartDispatchData;
  INTERACTION_CREATE: GatewayInteractionCreateDispatchData;
}

export type DispatchName = keyof DispatchData;

/** What decides whether a session gets the event. */
export interface DispatchScope {
  guildId?: string;
  /** Set for events of a channel's content: they reach the bot only where it may view the channel. */
  channelId?: string;
  /** The member a member event is about: the bot hears of itself without the members intent. */
  memberId?: string;
  /** Set for what only one bot hears of: its interactions, its direct messages, its joining and leaving. */
  botId?: string;
  /** Permissions of which the bot must hold one: in the channel when one is named, else in the guild. */
  needs?: bigint;
}

/** The scope of what happens to a channel's content; a direct channel is one bot's, and in no guild. */
export function contentScope(channel: ChannelRecord): DispatchScope {
  return channel.guildId === null
    ? { botId: channel.botId }
    : { guildId: channel.guildId, channelId: channel.id };
}
