import { MessageFlags } from 'discord-api-types/v10';
import { deleteAnswer, editOriginal, followUp } from '../../state/interaction-answers.ts';
import { findByToken, isTokenValid } from '../../state/interactions.ts';
import { serialiseMessage } from '../../state/message-payloads.ts';
import { editMessage } from '../../state/messages.ts';
import type { ChannelRecord, InteractionRecord, MessageRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import { worldOf } from '../../state/world.ts';
import { invalidWebhookToken, unknownChannel, unknownMessage, unknownWebhook } from '../errors.ts';
import { attachFiles, changesFrom, contentFrom } from '../message-bodies.ts';
import type { RestAnswer, RestRequest, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

/* The webhook of an interaction: the token in the path is the interaction's. */

type TokenRequest = RestRequest<{ application: string; token: string }>;

interface Answered {
  /** As the bot sees it that was asked. */
  world: World;
  interaction: InteractionRecord;
  channel: ChannelRecord;
}

export const webhookRoutes: readonly Route[] = [
  route(
    'POST',
    '/webhooks/{application}/{token}',
    (request) => {
      const { world, interaction, channel } = reach(request);
      const content = contentFrom(request.body, attachFiles(request, request.body, channel));
      return ok(serialiseMessage(world, channel, followUp(world, channel, interaction, content)));
    },
    { needsToken: false },
  ),

  route(
    'GET',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => show(request, original(reach(request))),
    { needsToken: false },
  ),
  route(
    'PATCH',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => edit(request, original(reach(request))),
    {
      needsToken: false,
      about: (request) => ({ messageFlags: flagsOf(request.world, request.parameters.token) }),
    },
  ),
  route(
    'DELETE',
    '/webhooks/{application}/{token}/messages/@original',
    (request) => remove(request, original(reach(request))),
    { needsToken: false },
  ),

  route(
    'GET',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => show(request, own(request, request.parameters.message)),
    { needsToken: false },
  ),
  route(
    'PATCH',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => edit(request, own(request, request.parameters.message)),
    {
      needsToken: false,
      about: ({ world, parameters }) => ({
        messageFlags: flagsOf(world, parameters.token, parameters.message),
      }),
    },
  ),
  route(
    'DELETE',
    '/webhooks/{application}/{token}/messages/{message}',
    (request) => remove(request, own(request, request.parameters.message)),
    { needsToken: false },
  ),
];

/** An answered interaction whose token still holds; before the first answer its webhook does not exist (10015). */
function reach({ world, parameters }: TokenRequest): Answered {
  const interaction = findByToken(world, parameters.token);
  if (interaction?.applicationId !== parameters.application) throw unknownWebhook();
  if (!isTokenValid(world, interaction)) throw invalidWebhookToken();
  if (interaction.acknowledgement === null) throw unknownWebhook();
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw unknownChannel();
  return { world: worldOf(world, interaction.applicationId), interaction, channel };
}

function original({ interaction, channel }: Answered): MessageRecord {
  const message = interaction.originalMessageId
    ? channel.messages.get(interaction.originalMessageId)
    : undefined;
  if (!message) throw unknownMessage();
  return message;
}

/** A message that this interaction brought about. */
function own(request: TokenRequest, messageId: string): MessageRecord {
  const { interaction, channel } = reach(request);
  const belongs = messageId === interaction.originalMessageId || interaction.followUpIds.includes(messageId);
  const message = belongs ? channel.messages.get(messageId) : undefined;
  if (!message) throw unknownMessage();
  return message;
}

function show(request: TokenRequest, message: MessageRecord): RestAnswer {
  const { world, channel } = reach(request);
  return ok(serialiseMessage(world, channel, message));
}

function edit(request: TokenRequest, message: MessageRecord): RestAnswer {
  const { body } = request;
  const { world, interaction, channel } = reach(request);
  const changes = changesFrom(body ?? {}, attachFiles(request, body, channel), message.attachments);
  if (message.id === interaction.originalMessageId)
    editOriginal(world, channel, interaction, message, changes);
  else editMessage(world, channel, message, changes);
  return ok(serialiseMessage(world, channel, message));
}

function remove(request: TokenRequest, message: MessageRecord): RestAnswer {
  const { world, interaction, channel } = reach(request);
  deleteAnswer(world, channel, interaction, message);
  return noContent;
}

/** What the judge must know of the message: a "thinking" one may still become one of components alone. */
function flagsOf(world: World, token: string, messageId?: string): number | undefined {
  const interaction = findByToken(world, token);
  const id = messageId ?? interaction?.originalMessageId ?? '';
  const flags = world.channels.get(interaction?.channelId ?? '')?.messages.get(id)?.flags;
  return flags !== undefined && flags & MessageFlags.Loading ? undefined : flags;
}
