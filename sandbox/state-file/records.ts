import type {
  APIAuditLogEntry,
  APIApplicationCommandOption,
  APIApplicationCommandOptionChoice,
  APIEmbed,
  APIMessageInteractionMetadata,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  LocalizationMap,
} from 'discord-api-types/v10';
import {
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  Locale,
  MessageType,
  OverwriteType,
  ThreadAutoArchiveDuration,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type {
  ApplicationRecord,
  AttachmentRecord,
  CommandRecord,
  GuildRecord,
  GuildSettings,
  InteractionRecord,
  InviteRecord,
  MessageRecord,
  UserRecord,
  WebhookRecord,
} from '../state/records.ts';
import type { ChannelRecord, ForumTagRecord, GuildChannelRecord } from '../state/channel-records.ts';
import { bits, byField, byId, id, ids, instant, instants, plain } from './codecs.ts';

/* The records as they are kept. The compiler sees to it that none has a field which is not. */

export const user = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string().nullable(),
  bot: z.boolean(),
  locale: z.enum(Locale),
  acceptsDirectMessages: z.boolean(),
}) satisfies z.ZodType<UserRecord>;

export const application = z.strictObject({
  id,
  name: z.string(),
  description: z.string(),
  flags: z.number(),
  botId: id,
  ownerId: id,
}) satisfies z.ZodType<ApplicationRecord>;

const role = z.strictObject({
  id,
  guildId: id,
  name: z.string(),
  permissions: bits,
  position: z.number(),
  color: z.number(),
  hoist: z.boolean(),
  mentionable: z.boolean(),
  managedBy: id.nullable(),
});

const member = z.strictObject({
  id,
  guildId: id,
  nick: z.string().nullable(),
  roles: ids,
  joinedAt: instant,
  timedOutUntil: instant.nullable(),
  // Files of before it was known have nobody pending.
  isPending: z.boolean().default(false),
});

export const guild = z.strictObject({
  id,
  name: z.string(),
  ownerId: id,
  locale: z.enum(Locale),
  roles: byId(role),
  members: byId(member),
  emojis: byId(z.strictObject({ id, guildId: id, name: z.string() })),
  available: z.boolean(),
  settings: plain<GuildSettings>(),
  bans: byField('userId', z.strictObject({ userId: id, reason: z.string().nullable() })),
  // Files of before have none.
  vanity: z.strictObject({ code: z.string(), uses: z.number() }).nullable().default(null),
  auditLog: z.array(plain<APIAuditLogEntry>()),
}) satisfies z.ZodType<GuildRecord>;

const attachment = z.strictObject({
  id,
  channelId: id,
  filename: z.string(),
  sentName: z.string(),
  description: z.string().nullable(),
  contentType: z.string(),
  size: z.number(),
  dimensions: z.strictObject({ width: z.number(), height: z.number() }).nullable(),
  ephemeral: z.boolean(),
}) satisfies z.ZodType<AttachmentRecord>;

// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- embeds and components are data in Discord's own shape
const message = z.strictObject({
  id,
  channelId: id,
  authorId: id,
  webhook: z
    .strictObject({
      id,
      applicationId: id.nullable(),
      name: z.string(),
      avatar: z.string().nullable(),
    })
    .nullable(),
  type: z.enum(MessageType),
  content: z.string(),
  embeds: z.array(plain<APIEmbed>()),
  components: z.array(plain<APIMessageTopLevelComponent>()),
  attachments: z.array(attachment),
  flags: z.number(),
  createdAt: instant,
  editedAt: instant.nullable(),
  pinnedAt: instant.nullable(),
  mentionedUsers: z.array(id),
  mentionedRoles: z.array(id),
  mentionsEveryone: z.boolean(),
  reactions: z.array(
    z.strictObject({ emoji: z.strictObject({ id: id.nullable(), name: z.string() }), users: ids }),
  ),
  tts: z.boolean(),
  nonce: z.union([z.string(), z.number()]).nullable(),
  repliesTo: z.strictObject({ channelId: id, messageId: id.nullable() }).nullable(),
  ephemeralTo: id.nullable(),
  interaction: plain<APIMessageInteractionMetadata>().nullable(),
  interactionName: z.string().nullable(),
  revision: z.number(),
}) satisfies z.ZodType<MessageRecord>;

const ofAnyChannel = {
  id,
  messages: byId(message),
  lastMessageId: id.nullable(),
  lastPinAt: instant.nullable(),
};

const tag = z.strictObject({
  id,
  name: z.string(),
  moderated: z.boolean(),
  emoji: z.strictObject({ id: id.nullable(), name: z.string().nullable() }),
}) satisfies z.ZodType<ForumTagRecord>;

/** Kept as its id. What is read has nothing but that, until all channels are there. */
const parent = z.codec(id, z.custom<GuildChannelRecord>(), {
  decode: (parentId) => ({ id: parentId }) as GuildChannelRecord,
  encode: (channelOfThread) => channelOfThread.id,
});

export const channel = z.discriminatedUnion('type', [
  z.strictObject({
    ...ofAnyChannel,
    type: z.literal([
      ChannelType.GuildText,
      ChannelType.GuildVoice,
      ChannelType.GuildCategory,
      ChannelType.GuildAnnouncement,
      ChannelType.GuildForum,
      ChannelType.GuildStageVoice,
    ]),
    guildId: id,
    name: z.string(),
    position: z.number(),
    parentId: id.nullable(),
    topic: z.string().nullable(),
    nsfw: z.boolean(),
    slowmodeSeconds: z.number(),
    overwrites: byId(z.strictObject({ id, type: z.enum(OverwriteType), allow: bits, deny: bits })),
    tags: z.array(tag),
  }),
  z.strictObject({
    ...ofAnyChannel,
    type: z.literal([ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread]),
    guildId: id,
    parent,
    name: z.string(),
    ownerId: id,
    createdAt: instant,
    archived: z.boolean(),
    archiveChangedAt: instant,
    autoArchiveMinutes: z.enum(ThreadAutoArchiveDuration),
    locked: z.boolean(),
    invitable: z.boolean(),
    slowmodeSeconds: z.number(),
    pinned: z.boolean(),
    tagIds: z.array(id),
    members: instants,
    messagesEver: z.number(),
  }),
  z.strictObject({
    ...ofAnyChannel,
    type: z.literal(ChannelType.DM),
    guildId: z.null(),
    botId: id,
    recipientId: id,
  }),
]) satisfies z.ZodType<ChannelRecord>;

export const invite = z.strictObject({
  code: z.string(),
  guildId: id,
  channelId: id,
  inviterId: id,
  createdAt: instant,
  maxAgeSeconds: z.number(),
  maxUses: z.number(),
  uses: z.number(),
  temporary: z.boolean(),
}) satisfies z.ZodType<InviteRecord>;

export const webhook = z.strictObject({
  id,
  guildId: id,
  channelId: id,
  name: z.string(),
  avatar: z.string().nullable(),
  token: z.string(),
  creatorId: id,
  applicationId: id.nullable(),
}) satisfies z.ZodType<WebhookRecord>;

export const command = z.strictObject({
  id,
  applicationId: id,
  guildId: id.nullable(),
  version: z.string(),
  type: z.enum(ApplicationCommandType),
  name: z.string(),
  nameLocalizations: plain<LocalizationMap>().nullable(),
  description: z.string(),
  descriptionLocalizations: plain<LocalizationMap>().nullable(),
  options: z.array(plain<APIApplicationCommandOption>()),
  defaultMemberPermissions: bits.nullable(),
  dmPermission: z.boolean(),
  contexts: z.array(z.enum(InteractionContextType)).nullable(),
  integrationTypes: z.array(z.number()),
  nsfw: z.boolean(),
}) satisfies z.ZodType<CommandRecord>;

export const interaction = z.strictObject({
  id,
  applicationId: id,
  token: z.string(),
  type: z.enum(InteractionType),
  userId: id,
  channelId: id,
  guildId: id.nullable(),
  createdAt: instant,
  commandName: z.string().nullable(),
  sourceMessageId: id.nullable(),
  metadata: plain<APIMessageInteractionMetadata>().nullable(),
  acknowledgement: z.enum(InteractionResponseType).nullable(),
  missed: z.boolean(),
  originalMessageId: id.nullable(),
  followUpIds: z.array(id),
  editsOfOriginal: z.number(),
  originalDeleted: z.boolean(),
  modal: plain<APIModalInteractionResponseCallbackData>().nullable(),
  choices: z.array(plain<APIApplicationCommandOptionChoice>()).nullable(),
}) satisfies z.ZodType<InteractionRecord>;
