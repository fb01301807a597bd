import type { ChannelType, OverwriteType, ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import type { MessageRecord } from './records.ts';

/* Where something is said or done, as plain data. */

export interface OverwriteRecord {
  /** The id of the role or the user. */
  id: string;
  type: OverwriteType;
  allow: bigint;
  deny: bigint;
}

export type GuildChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildCategory
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildForum
  | ChannelType.GuildStageVoice;

interface BaseChannelRecord {
  id: string;
  messages: Map<string, MessageRecord>;
  lastMessageId: string | null;
  /** When the newest of the pinned messages was pinned. */
  lastPinAt: Date | null;
}

export interface GuildChannelRecord extends BaseChannelRecord {
  type: GuildChannelType;
  guildId: string;
  name: string;
  position: number;
  parentId: string | null;
  topic: string | null;
  nsfw: boolean;
  slowmodeSeconds: number;
  overwrites: Map<string, OverwriteRecord>;
  /** What posts can be marked with; of a forum alone. */
  tags: ForumTagRecord[];
}

export interface ForumTagRecord {
  id: string;
  name: string;
  /** Whether only who manages threads may set it. */
  moderated: boolean;
  emoji: { id: string | null; name: string | null };
}

export type ThreadType =
  | ChannelType.AnnouncementThread
  | ChannelType.PublicThread
  | ChannelType.PrivateThread;

/** A thread of a channel, or a post of a forum. */
export interface ThreadRecord extends BaseChannelRecord {
  type: ThreadType;
  guildId: string;
  /** Where it is; its permissions hold in the thread, and the thread goes when it goes. */
  parent: GuildChannelRecord;
  name: string;
  ownerId: string;
  createdAt: Date;
  archived: boolean;
  /** When it was last archived, opened again, or given another duration. */
  archiveChangedAt: Date;
  autoArchiveMinutes: ThreadAutoArchiveDuration;
  /** Whether only who manages threads may write in it and open it again. */
  locked: boolean;
  /** Of a private one: whether who does not manage threads may add others. */
  invitable: boolean;
  slowmodeSeconds: number;
  /** On top of its forum. */
  pinned: boolean;
  tagIds: string[];
  /** When each member joined, by user. */
  members: Map<string, Date>;
  /** How many messages were ever sent in it, without the one that it began with. */
  messagesEver: number;
}

/** Where something can be said or done in a guild. */
export type GuildPlaceRecord = GuildChannelRecord | ThreadRecord;

export interface DirectChannelRecord extends BaseChannelRecord {
  type: ChannelType.DM;
  guildId: null;
  botId: string;
  /** The person on the other side of the bot. */
  recipientId: string;
}

export type ChannelRecord = GuildPlaceRecord | DirectChannelRecord;
