import type { RESTPostAPIWebhookWithTokenJSONBody } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { isThread } from '../state/channel-types.ts';
import type { AnswerContent } from '../state/interaction-answers.ts';
import { deleteAnswer, editOriginal, followUp } from '../state/interaction-answers.ts';
import { findByToken, isTokenValid } from '../state/interactions.ts';
import type { MessageChanges } from '../state/messages.ts';
import { createMessage, deleteMessage, editMessage, isEmptyMessage } from '../state/messages.ts';
import type { MessageRecord, WebhookRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { findWebhook, pictureHash } from '../state/webhooks.ts';
import type { World } from '../state/world.ts';
import { worldOf } from '../state/world.ts';
import {
  DiscordError,
  emptyMessage,
  invalidWebhookToken,
  refuseUnknown,
  unknownChannel,
  unknownWebhook,
} from './errors.ts';
import type { RestRequest } from './router.ts';

/** The first part of the path is the application's id for an interaction's token, else a webhook's id. */
export type TokenRequest = RestRequest<{ application: string; token: string }>;

/** What an id and its token stand for: where they post, and the messages that came through them. */
export interface WebhookTarget {
  readonly channel: ChannelRecord;
  /** Whether a new message is always answered with, or only on request. */
  readonly alwaysShows: boolean;
  /** The id of what @original stands for. */
  readonly originalId: string | null;
  owns(message: MessageRecord): boolean;
  post(content: AnswerContent): MessageRecord;
  edit(message: MessageRecord, changes: MessageChanges): void;
  remove(message: MessageRecord): void;
}

/** Finds it by the path: 10015 when there is none, 50027 when the token is wrong or too old. */
export function reachTarget(request: TokenRequest): WebhookTarget {
  const { world, parameters } = request;
  if (world.applications.has(parameters.application)) return ofInteraction(request);
  return ofWebhook(request, reachWebhook(world, parameters.application, parameters.token));
}

export function reachWebhook(world: World, id: string, token: string): WebhookRecord {
  const webhook = findWebhook(world, id);
  if (!webhook) throw unknownWebhook();
  if (webhook.token !== token) throw invalidWebhookToken();
  return webhook;
}

/** An answered interaction whose token still holds; before the first answer its webhook does not exist. */
function ofInteraction(request: TokenRequest): WebhookTarget {
  const { parameters } = request;
  const world = worldOf(request.world, parameters.application);
  const interaction = findByToken(world, parameters.token);
  if (interaction?.applicationId !== parameters.application) throw unknownWebhook();
  if (!isTokenValid(world, interaction)) throw invalidWebhookToken();
  if (interaction.acknowledgement === null) throw unknownWebhook();
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw unknownChannel();
  return {
    channel,
    alwaysShows: true,
    originalId: interaction.originalMessageId,
    owns: ({ id }) => id === interaction.originalMessageId || interaction.followUpIds.includes(id),
    post: (content) => followUp(world, channel, interaction, content),
    edit(message, changes) {
      if (message.id !== interaction.originalMessageId) editMessage(world, channel, message, changes);
      else editOriginal(world, channel, interaction, message, changes);
    },
    remove: (message) => deleteAnswer(world, channel, interaction, message),
  };
}

function ofWebhook({ world, query, body }: TokenRequest, webhook: WebhookRecord): WebhookTarget {
  const channel = placeOf(world, webhook, query.get('thread_id'));
  // Another one's webhook shows components only when asked to.
  const takesComponents =
    webhook.applicationId === world.application.id || query.get('with_components') === 'true';
  return {
    channel,
    alwaysShows: false,
    originalId: null,
    owns: (message) => message.webhook?.id === webhook.id,
    post(content) {
      const sent = body as RESTPostAPIWebhookWithTokenJSONBody;
      checkThread(channel, sent);
      const shown = takesComponents ? content : { ...content, components: null };
      if (isEmptyMessage(shown)) throw emptyMessage();
      return createMessage(world, channel, {
        ...shown,
        authorId: webhook.id,
        webhook: {
          id: webhook.id,
          applicationId: webhook.applicationId,
          name: sent.username ?? webhook.name,
          avatar: sent.avatar_url ? pictureHash(sent.avatar_url) : webhook.avatar,
        },
      });
    },
    edit(message, { components, ...others }) {
      const changes = takesComponents && components !== undefined ? { ...others, components } : others;
      if (isEmptyMessage({ ...message, ...changes })) throw emptyMessage();
      editMessage(world, channel, message, changes);
    },
    remove: (message) => deleteMessage(world, channel, message),
  };
}

/** The webhook's channel, or a thread in it. */
function placeOf(world: World, webhook: WebhookRecord, threadId: string | null): ChannelRecord {
  const channel = world.channels.get(threadId ?? webhook.channelId);
  const isThere =
    threadId === null || (channel && isThread(channel) && channel.parent.id === webhook.channelId);
  if (!channel || !isThere) throw unknownChannel();
  return channel;
}

function checkThread({ type }: ChannelRecord, sent: RESTPostAPIWebhookWithTokenJSONBody): void {
  if (type === ChannelType.GuildForum) {
    refuseUnknown(sent, ['thread_name']);
    const message = 'Webhooks posted to forum channels must have a thread_name or thread_id';
    throw new DiscordError(400, 220001, message);
  }
  if (sent.thread_name) {
    throw new DiscordError(400, 220003, 'Webhooks can only create threads in forum channels');
  }
}
