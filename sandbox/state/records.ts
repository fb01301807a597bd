import type {
  APIApplicationCommandOptionChoice,
  APIAuditLogEntry,
  APIEmbed,
  APIGuild,
  APIMessageTopLevelComponent,
  APIMessageInteractionMetadata,
  APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  APIApplicationCommandOption,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  Locale,
  LocalizationMap,
  MessageType,
} from 'discord-api-types/v10';

/* The world as plain data. Functions beside these records change them and tell the gateway. */

export interface UserRecord {
  id: string;
  username: string;
  displayName: string | null;
  bot: boolean;
  locale: Locale;
  /** False when the person closed their direct messages to the bot. */
  acceptsDirectMessages: boolean;
}

export interface ApplicationRecord {
  id: string;
  name: string;
  description: string;
  /** Discord's application flags, which say which privileged intents are granted. */
  flags: number;
  botId: string;
  ownerId: string;
}

export interface RoleRecord {
  id: string;
  guildId: string;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  hoist: boolean;
  mentionable: boolean;
  /** The bot this role was made for when it joined; such a role cannot be given or deleted. */
  managedBy: string | null;
}

export interface MemberRecord {
  /** The id of the user. */
  id: string;
  guildId: string;
  nick: string | null;
  roles: Set<string>;
  joinedAt: Date;
  timedOutUntil: Date | null;
  /** Has not completed the guild's membership screening yet. */
  isPending: boolean;
}

export interface EmojiRecord {
  id: string;
  guildId: string;
  name: string;
}

export interface BanRecord {
  userId: string;
  reason: string | null;
}

export interface InviteRecord {
  code: string;
  guildId: string;
  channelId: string;
  inviterId: string;
  createdAt: Date;
  /** 0 for ever. */
  maxAgeSeconds: number;
  /** 0 for any number. */
  maxUses: number;
  uses: number;
  temporary: boolean;
}

export interface WebhookRecord {
  id: string;
  guildId: string;
  channelId: string;
  name: string;
  /** The hash of its picture. */
  avatar: string | null;
  token: string;
  creatorId: string;
  /** The application that made it; null for a person's. */
  applicationId: string | null;
}

/** What an owner sets and nothing here depends on, as the API has it; what is missing is as in a new guild. */
export type GuildSettings = Partial<
  Pick<
    APIGuild,
    | 'afk_channel_id'
    | 'afk_timeout'
    | 'default_message_notifications'
    | 'description'
    | 'explicit_content_filter'
    | 'icon'
    | 'premium_progress_bar_enabled'
    | 'public_updates_channel_id'
    | 'rules_channel_id'
    | 'safety_alerts_channel_id'
    | 'system_channel_flags'
    | 'system_channel_id'
    | 'verification_level'
  >
>;

export interface GuildRecord {
  id: string;
  name: string;
  ownerId: string;
  locale: Locale;
  settings: GuildSettings;
  roles: Map<string, RoleRecord>;
  members: Map<string, MemberRecord>;
  emojis: Map<string, EmojiRecord>;
  bans: Map<string, BanRecord>;
  /** The guild's own link and how often it was used; null when it has none. */
  vanity: { code: string; uses: number } | null;
  /** Oldest first. */
  auditLog: APIAuditLogEntry[];
  /** False while Discord pretends that the guild's server is down. */
  available: boolean;
}

export interface AttachmentRecord {
  id: string;
  /** In its address: the channel of the message, or where the command was used. */
  channelId: string;
  filename: string;
  /** The name before characters had to go. */
  sentName: string;
  description: string | null;
  contentType: string;
  size: number;
  /** Of a picture, in pixels. */
  dimensions: { width: number; height: number } | null;
  /** True for a file that is in no message. */
  ephemeral: boolean;
}

export interface ReactionRecord {
  /** Of a character the id is null. */
  emoji: { id: string | null; name: string };
  /** Ids of who reacted, in that order; never empty. */
  users: Set<string>;
}

/** What a message answers or tells of; a thread as a whole has no message. */
export interface MessagePointer {
  channelId: string;
  messageId: string | null;
}

export interface MessageRecord {
  id: string;
  channelId: string;
  /** The id of a user, or of the webhook. */
  authorId: string;
  /** Which webhook posted it, under which name and picture; null for a user's message. */
  webhook: Pick<WebhookRecord, 'id' | 'applicationId' | 'name' | 'avatar'> | null;
  type: MessageType;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: AttachmentRecord[];
  flags: number;
  createdAt: Date;
  editedAt: Date | null;
  /** Null when it is not pinned. */
  pinnedAt: Date | null;
  mentionedUsers: string[];
  mentionedRoles: string[];
  mentionsEveryone: boolean;
  /** In the order in which the emojis came. */
  reactions: ReactionRecord[];
  tts: boolean;
  nonce: string | number | null;
  repliesTo: MessagePointer | null;
  /** The only person who sees it; null for a message that everybody in the channel sees. */
  ephemeralTo: string | null;
  interaction: APIMessageInteractionMetadata | null;
  /** "config set" for the answer to a chat command. */
  interactionName: string | null;
  /** Goes up with each change that somebody could see, so that a view knows what to draw anew. */
  revision: number;
}

export interface CommandRecord {
  id: string;
  applicationId: string;
  guildId: string | null;
  version: string;
  type: ApplicationCommandType;
  name: string;
  nameLocalizations: LocalizationMap | null;
  description: string;
  descriptionLocalizations: LocalizationMap | null;
  options: APIApplicationCommandOption[];
  defaultMemberPermissions: bigint | null;
  dmPermission: boolean;
  contexts: InteractionContextType[] | null;
  integrationTypes: number[];
  nsfw: boolean;
}

export interface InteractionRecord {
  id: string;
  /** Who is to answer. */
  applicationId: string;
  token: string;
  type: InteractionType;
  userId: string;
  channelId: string;
  guildId: string | null;
  createdAt: Date;
  /** "config set" for a chat command, null otherwise. */
  commandName: string | null;
  /** The message whose component was used, or that opened the modal which was submitted. */
  sourceMessageId: string | null;
  metadata: APIMessageInteractionMetadata | null;
  /** How the bot answered; null until then. */
  acknowledgement: InteractionResponseType | null;
  /** True once the deadline passed without an answer. */
  missed: boolean;
  /** What @original stands for: the answer, or after an update the source message. */
  originalMessageId: string | null;
  /** Follow-ups, oldest first. */
  followUpIds: string[];
  /** Edits of @original after the acknowledgement. */
  editsOfOriginal: number;
  originalDeleted: boolean;
  modal: APIModalInteractionResponseCallbackData | null;
  choices: APIApplicationCommandOptionChoice[] | null;
}
