import type { APIMessage, APIUser, GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { InteractionType, MessageReferenceType, MessageType } from 'discord-api-types/v10';
import { serialiseAuthor } from './authors.ts';
import { serialisePartialMember } from './members.ts';
import type { MessageRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import { serialiseReactions } from './reactions.ts';
import { serialiseThread, threadFrom } from './threads.ts';
import { shownContent } from './shown-content.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';

/** A message as REST answers it. */
export function serialiseMessage(world: World, channel: ChannelRecord, message: MessageRecord): APIMessage {
  return {
    ...serialiseOneMessage(world, channel, message),
    ...serialiseReferenced(world, message),
  };
}

function serialiseOneMessage(world: World, channel: ChannelRecord, message: MessageRecord): APIMessage {
  const { interaction } = message;
  const reactions = serialiseReactions(world, message);
  const thread = threadFrom(world, message);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: serialiseAuthor(world, message),
    content: message.content,
    ...shownContent(world, message),
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- a sum of flags is no member of their enumeration
    flags: message.flags,
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    mentions: message.mentionedUsers.map((id) => serialiseUser(requireUser(world, id))),
    mention_roles: message.mentionedRoles,
    mention_everyone: message.mentionsEveryone,
    pinned: message.pinnedAt !== null,
    tts: message.tts,
    ...(reactions ? { reactions } : {}),
    ...(thread ? { thread: serialiseThread(world, thread) } : {}),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.repliesTo
      ? {
          message_reference: {
            type: MessageReferenceType.Default,
            channel_id: message.repliesTo.channelId,
            ...(message.repliesTo.messageId ? { message_id: message.repliesTo.messageId } : {}),
            ...(channel.guildId ? { guild_id: channel.guildId } : {}),
          },
        }
      : {}),
    ...(message.webhook
      ? {
          webhook_id: message.webhook.id,
          ...(message.webhook.applicationId ? { application_id: message.webhook.applicationId } : {}),
        }
      : {}),
    ...(interaction
      ? {
          // Only bots answer interactions, and a bot has the id of its application.
          application_id: message.authorId,
          webhook_id: message.authorId,
          interaction_metadata: interaction,
          ...(message.interactionName
            ? {
                interaction: {
                  id: interaction.id,
                  type: InteractionType.ApplicationCommand,
                  name: message.interactionName,
                  user: interaction.user,
                },
              }
            : {}),
        }
      : {}),
  };
}

/** The message that is replied to or that a thread began with, or null when it is gone; nothing when this is no reply. */
function serialiseReferenced(world: World, message: MessageRecord): Pick<APIMessage, 'referenced_message'> {
  if (!message.repliesTo?.messageId || message.type === MessageType.ChannelPinnedMessage) return {};
  const channel = world.channels.get(message.repliesTo.channelId);
  const referenced = channel?.messages.get(message.repliesTo.messageId);
  return {
    referenced_message: channel && referenced ? serialiseOneMessage(world, channel, referenced) : null,
  };
}

/** A message as the gateway tells it; an ephemeral one comes without guild and member. */
export function serialiseGatewayMessage(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
): GatewayMessageCreateDispatchData {
  const payload = serialiseMessage(world, channel, message);
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild || message.ephemeralTo) return payload;
  const author = guild.members.get(message.authorId);
  return {
    ...payload,
    guild_id: guild.id,
    ...(author ? { member: serialisePartialMember(author) } : {}),
    mentions: payload.mentions.map((user: APIUser) => {
      const member = guild.members.get(user.id);
      return member ? { ...user, member: serialisePartialMember(member) } : user;
    }),
  };
}

/** Empties what an application without the message content intent may not read. */
export function withoutContent<Payload extends APIMessage>(payload: Payload): Payload {
  return { ...payload, content: '', embeds: [], components: [], attachments: [] };
}

/** Whether the bot reads this message without the message content intent: its own, a direct one, or one that mentions it. */
export function isReadableWithoutIntent(
  world: World,
  payload: APIMessage & { guild_id?: string },
  inGuild = payload.guild_id !== undefined,
): boolean {
  const { botId } = world.application;
  return !inGuild || payload.author.id === botId || payload.mentions.some((user) => user.id === botId);
}
