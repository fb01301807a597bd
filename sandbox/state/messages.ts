import type {
  APIAllowedMentions,
  APIEmbed,
  APIMessageTopLevelComponent,
  APIMessageInteractionMetadata,
} from 'discord-api-types/v10';
import { AuditLogEvent, EmbedType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { audit, auditMessage } from './audit-log.ts';
import { isThread } from './channel-types.ts';
import { asComponentData, normaliseComponents } from './components.ts';
import type { DispatchScope } from './dispatches.ts';
import { contentScope } from './dispatches.ts';
import { forgetFiles } from './files.ts';
import { findMentions } from './mentions.ts';
import { serialiseGatewayMessage } from './message-payloads.ts';
import type { AttachmentRecord, MessagePointer, MessageRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import { receiveMessage } from './threads.ts';
import type { World } from './world.ts';
import { dispatch } from './world.ts';

/** How long Discord remembers a nonce that must be unique ("the past few minutes"). */
const NONCE_MEMORY_MS = 3 * 60_000;

/** The flags that a sender may set; the others are Discord's. */
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export interface MessageDraft {
  /** The post's id for the first message of a post; a new one when left out. */
  id?: string;
  authorId: string;
  webhook?: MessageRecord['webhook'];
  content?: string | null;
  embeds?: readonly APIEmbed[] | null;
  components?: readonly unknown[] | null;
  attachments?: AttachmentRecord[];
  flags?: number;
  tts?: boolean;
  type?: MessageType;
  nonce?: string | number | null;
  enforceNonce?: boolean;
  allowedMentions?: APIAllowedMentions;
  repliesTo?: MessagePointer | null;
  ephemeralTo?: string | null;
  /** True for "is thinking…", until the first edit. */
  loading?: boolean;
  interaction?: APIMessageInteractionMetadata | null;
  interactionName?: string | null;
}

/** Posts a message; with an enforced nonce that was used before, gives the first message and posts none. */
export function createMessage(world: World, channel: ChannelRecord, draft: MessageDraft): MessageRecord {
  const nonceKey =
    draft.enforceNonce && draft.nonce ? `${channel.id}:${draft.authorId}:${draft.nonce}` : null;
  const first = nonceKey ? findByNonce(world, channel, nonceKey) : undefined;
  if (first) return first;

  const now = world.clock.now();
  const components = normaliseComponents(draft.components ?? [], () => world.snowflakes.next());
  const content = (draft.content ?? '').trim();
  const replied = draft.repliesTo ? channel.messages.get(draft.repliesTo.messageId ?? '') : undefined;
  const type = draft.type ?? (draft.repliesTo ? MessageType.Reply : MessageType.Default);
  const mentions = findMentions(world, channel, {
    authorId: draft.authorId,
    content,
    components,
    allowed: draft.allowedMentions,
    repliedUserId:
      replied && !replied.webhook && type === MessageType.Reply && !draft.interaction
        ? replied.authorId
        : null,
  });
  const message: MessageRecord = {
    id: draft.id ?? world.snowflakes.next(),
    channelId: channel.id,
    authorId: draft.authorId,
    webhook: draft.webhook ?? null,
    type,
    content,
    embeds: normaliseEmbeds(draft.embeds ?? []),
    components: components as unknown as APIMessageTopLevelComponent[],
    attachments: draft.attachments ?? [],
    flags:
      ((draft.flags ?? 0) & SETTABLE_FLAGS) |
      (draft.ephemeralTo ? MessageFlags.Ephemeral : 0) |
      (draft.loading ? MessageFlags.Loading : 0),
    createdAt: now,
    editedAt: null,
    pinnedAt: null,
    mentionedUsers: mentions.users,
    mentionedRoles: mentions.roles,
    mentionsEveryone: mentions.everyone,
    reactions: [],
    tts: draft.tts ?? false,
    nonce: draft.nonce ?? null,
    repliesTo: draft.repliesTo ?? null,
    ephemeralTo: draft.ephemeralTo ?? null,
    interaction: draft.interaction ?? null,
    interactionName: draft.interactionName ?? null,
    revision: 0,
  };
  if (isThread(channel)) receiveMessage(world, channel, message);
  channel.messages.set(message.id, message);
  if (!message.ephemeralTo) channel.lastMessageId = message.id;
  if (nonceKey) rememberNonce(world, nonceKey, message);
  dispatch(
    world,
    'MESSAGE_CREATE',
    serialiseGatewayMessage(world, channel, message),
    scopeOf(channel, message),
  );
  return message;
}

export interface MessageChanges {
  content?: string | null;
  embeds?: readonly APIEmbed[] | null;
  components?: readonly unknown[] | null;
  attachments?: AttachmentRecord[];
  flags?: number;
  allowedMentions?: APIAllowedMentions;
}

/** Changes what is named and leaves the rest; a "thinking" message becomes a real one. */
export function editMessage(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  changes: MessageChanges,
): void {
  if (changes.content !== undefined) message.content = (changes.content ?? '').trim();
  if (changes.embeds !== undefined) message.embeds = normaliseEmbeds(changes.embeds ?? []);
  if (changes.components !== undefined) {
    const components = normaliseComponents(changes.components ?? [], () => world.snowflakes.next());
    message.components = components as unknown as APIMessageTopLevelComponent[];
  }
  const { attachments } = changes;
  if (attachments !== undefined) {
    forgetFiles(
      world,
      message.attachments.filter((old) => !attachments.includes(old)),
    );
    message.attachments = attachments;
  }
  if (changes.flags !== undefined) {
    const kept = message.flags & (~SETTABLE_FLAGS | MessageFlags.IsComponentsV2);
    message.flags = kept | (changes.flags & SETTABLE_FLAGS);
  }
  message.revision += 1;
  if (message.flags & MessageFlags.Loading) message.flags &= ~MessageFlags.Loading;
  else message.editedAt = world.clock.now();

  if (changes.content !== undefined || changes.components !== undefined) {
    const mentions = findMentions(world, channel, {
      authorId: message.authorId,
      content: message.content,
      components: asComponentData(message.components),
      allowed: changes.allowedMentions,
      repliedUserId: null,
    });
    message.mentionedUsers = mentions.users;
    message.mentionedRoles = mentions.roles;
    message.mentionsEveryone = mentions.everyone;
  }
  announceMessage(world, channel, message);
}

/** Tells of a message as it is now, after a change. */
export function announceMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  dispatch(
    world,
    'MESSAGE_UPDATE',
    serialiseGatewayMessage(world, channel, message),
    scopeOf(channel, message),
  );
}

export function deleteMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  channel.messages.delete(message.id);
  forgetFiles(world, message.attachments);
  dispatch(
    world,
    'MESSAGE_DELETE',
    {
      id: message.id,
      channel_id: channel.id,
      ...(channel.guildId && !message.ephemeralTo ? { guild_id: channel.guildId } : {}),
    },
    scopeOf(channel, message),
  );
  auditMessage(world, channel, message, AuditLogEvent.MessageDelete);
}

/** Deletes several messages of a channel at once; ids of none are passed over. */
export function deleteMessages(world: World, channel: ChannelRecord, ids: readonly string[]): void {
  const found = ids.flatMap((id) => channel.messages.get(id) ?? []).filter(({ ephemeralTo }) => !ephemeralTo);
  if (found.length === 0) return;
  for (const message of found) {
    channel.messages.delete(message.id);
    forgetFiles(world, message.attachments);
  }
  dispatch(
    world,
    'MESSAGE_DELETE_BULK',
    {
      ids: found.map(({ id }) => id),
      channel_id: channel.id,
      ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
    },
    contentScope(channel),
  );
  const guild = world.guilds.get(channel.guildId ?? '');
  // Without an actor Discord itself deletes, as it does after a ban.
  if (!guild || world.acting.by?.userId === null) return;
  const options = { count: String(found.length) };
  audit(world, guild, { action: AuditLogEvent.MessageBulkDelete, targetId: channel.id, options });
}

/** Whether nothing would be shown. */
export function isEmptyMessage(
  draft: Pick<MessageDraft, 'content' | 'embeds' | 'components' | 'attachments'>,
): boolean {
  return (
    (draft.content ?? '').trim() === '' &&
    (draft.embeds ?? []).length === 0 &&
    (draft.components ?? []).length === 0 &&
    (draft.attachments ?? []).length === 0
  );
}

function rememberNonce(world: World, key: string, message: MessageRecord): void {
  for (const [old, { at }] of world.nonces) {
    if (message.createdAt.getTime() - at.getTime() <= NONCE_MEMORY_MS) break;
    world.nonces.delete(old);
  }
  world.nonces.set(key, { messageId: message.id, at: message.createdAt });
}

function findByNonce(world: World, channel: ChannelRecord, key: string): MessageRecord | undefined {
  const remembered = world.nonces.get(key);
  if (!remembered) return undefined;
  if (world.clock.now().getTime() - remembered.at.getTime() > NONCE_MEMORY_MS) {
    world.nonces.delete(key);
    return undefined;
  }
  return channel.messages.get(remembered.messageId);
}

/** An ephemeral message belongs to no guild: Discord sends it to the bot that wrote it, like a direct message. */
function scopeOf(channel: ChannelRecord, message: MessageRecord): DispatchScope {
  return message.ephemeralTo ? { botId: message.authorId } : contentScope(channel);
}

function normaliseEmbeds(embeds: readonly APIEmbed[]): APIEmbed[] {
  return embeds.map((embed) => ({
    ...structuredClone(embed),
    type: EmbedType.Rich,
    ...(embed.fields ? { fields: embed.fields.map((field) => ({ inline: false, ...field })) } : {}),
  }));
}
