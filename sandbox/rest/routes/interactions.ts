import type { APIInteractionResponse } from 'discord-api-types/v10';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import {
  acceptsAnswer,
  answerWithMessage,
  deferMessage,
  deferUpdate,
  openModal,
  suggest,
  updateSource,
} from '../../state/interaction-answers.ts';
import { serialiseMessage } from '../../state/message-payloads.ts';
import type { InteractionRecord, MessageRecord } from '../../state/records.ts';
import type { ChannelRecord } from '../../state/channel-records.ts';
import { worldOf } from '../../state/world.ts';
import {
  alreadyAcknowledged,
  invalidBody,
  unknownChannel,
  unknownInteraction,
  unknownMessage,
} from '../errors.ts';
import { attachFiles, changesFrom, contentFrom } from '../message-bodies.ts';
import type { RestRequest, Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

type CallbackRequest = RestRequest<{ interaction: string; token: string }>;

export const interactionRoutes: readonly Route[] = [
  route(
    'POST',
    '/interactions/{interaction}/{token}/callback',
    (asked) => {
      const interaction = asked.world.interactions.get(asked.parameters.interaction);
      if (!interaction || interaction.token !== asked.parameters.token || interaction.missed) {
        throw unknownInteraction();
      }
      if (interaction.acknowledgement !== null) throw alreadyAcknowledged();
      const world = worldOf(asked.world, interaction.applicationId);
      const request = { ...asked, world };
      const channel = world.channels.get(interaction.channelId);
      if (!channel) throw unknownChannel();

      const answer = request.body as APIInteractionResponse;
      if (!acceptsAnswer(interaction, answer.type)) {
        throw invalidBody(
          'type',
          'BASE_TYPE_CHOICES',
          `This interaction cannot be answered with type ${answer.type}.`,
        );
      }
      const message = carryOut(request, interaction, channel, answer);
      if (request.query.get('with_response') !== 'true') return noContent;
      return ok({
        interaction: {
          id: interaction.id,
          type: interaction.type,
          ...(message
            ? {
                response_message_id: message.id,
                response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
                response_message_ephemeral: message.ephemeralTo !== null,
              }
            : {}),
        },
        ...(message
          ? { resource: { type: answer.type, message: serialiseMessage(world, channel, message) } }
          : {}),
      });
    },
    {
      needsToken: false,
      about: ({ world, parameters }) => {
        const interaction = world.interactions.get(parameters.interaction);
        const source = sourceOf(world.channels.get(interaction?.channelId ?? ''), interaction);
        return { interactionType: interaction?.type, messageFlags: source?.flags };
      },
    },
  ),
];

function sourceOf(
  channel: ChannelRecord | undefined,
  interaction: InteractionRecord | undefined,
): MessageRecord | undefined {
  return interaction?.sourceMessageId ? channel?.messages.get(interaction.sourceMessageId) : undefined;
}

/** Does what the bot answers; gives the message that it makes or changes. */
function carryOut(
  request: CallbackRequest,
  interaction: InteractionRecord,
  channel: ChannelRecord,
  answer: APIInteractionResponse,
): MessageRecord | null {
  const { world } = request;
  switch (answer.type) {
    case InteractionResponseType.ChannelMessageWithSource:
      return answerWithMessage(
        world,
        channel,
        interaction,
        contentFrom(answer.data, attachFiles(request, answer.data, channel)),
      );
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return deferMessage(world, channel, interaction, answer.data?.flags ?? 0);
    case InteractionResponseType.DeferredMessageUpdate:
      deferUpdate(world, interaction);
      return null;
    case InteractionResponseType.UpdateMessage: {
      const source = sourceOf(channel, interaction);
      if (!source) throw unknownMessage();
      updateSource(
        world,
        channel,
        interaction,
        source,
        changesFrom(answer.data ?? {}, attachFiles(request, answer.data, channel), source.attachments),
      );
      return source;
    }
    case InteractionResponseType.Modal:
      openModal(world, interaction, answer.data);
      return null;
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      suggest(world, interaction, [...(answer.data.choices ?? [])]);
      return null;
    default:
      throw invalidBody(
        'type',
        'BASE_TYPE_CHOICES',
        `This sandbox does not know answers of type ${answer.type}.`,
      );
  }
}
