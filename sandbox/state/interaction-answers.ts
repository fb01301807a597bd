import type {
  APIApplicationCommandOptionChoice,
  APIMessageInteractionMetadata,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { InteractionResponseType, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import type { MessageChanges, MessageDraft } from './messages.ts';
import { createMessage, deleteMessage, editMessage } from './messages.ts';
import { normaliseComponents } from './components.ts';
import type { InteractionRecord, MessageRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import type { World } from './world.ts';
import { changed } from './world.ts';

/** The parts of a message that an answer brings; the rest follows from the interaction. */
export type AnswerContent = Omit<
  MessageDraft,
  'authorId' | 'webhook' | 'type' | 'interaction' | 'interactionName' | 'ephemeralTo'
>;

/** Which kinds of answer Discord accepts for an interaction. */
export function acceptsAnswer(interaction: InteractionRecord, type: InteractionResponseType): boolean {
  const isAutocomplete = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  const hasSource = interaction.sourceMessageId !== null;
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return !isAutocomplete;
    case InteractionResponseType.DeferredMessageUpdate:
    case InteractionResponseType.UpdateMessage:
      return !isAutocomplete && hasSource;
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return isAutocomplete;
    case InteractionResponseType.Modal:
      return !isAutocomplete && interaction.type !== InteractionType.ModalSubmit;
    default:
      return false;
  }
}

export function answerWithMessage(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  content: AnswerContent,
): MessageRecord {
  interaction.acknowledgement = InteractionResponseType.ChannelMessageWithSource;
  const message = createMessage(world, channel, draftOf(interaction, content));
  interaction.originalMessageId = message.id;
  changed(world);
  return message;
}

/** "Is thinking…": its ephemeral flag holds for what comes in its place. */
export function deferMessage(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  flags: number,
): MessageRecord {
  interaction.acknowledgement = InteractionResponseType.DeferredChannelMessageWithSource;
  const message = createMessage(world, channel, { ...draftOf(interaction, { flags }), loading: true });
  interaction.originalMessageId = message.id;
  changed(world);
  return message;
}

export function deferUpdate(world: World, interaction: InteractionRecord): void {
  interaction.acknowledgement = InteractionResponseType.DeferredMessageUpdate;
  interaction.originalMessageId = interaction.sourceMessageId;
  changed(world);
}

export function updateSource(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  source: MessageRecord,
  changes: MessageChanges,
): void {
  interaction.acknowledgement = InteractionResponseType.UpdateMessage;
  interaction.originalMessageId = source.id;
  editMessage(world, channel, source, changes);
}

export function openModal(
  world: World,
  interaction: InteractionRecord,
  modal: APIModalInteractionResponseCallbackData,
): void {
  interaction.acknowledgement = InteractionResponseType.Modal;
  const components = normaliseComponents(modal.components, () => world.snowflakes.next());
  interaction.modal = { ...modal, components: components as unknown as typeof modal.components };
  changed(world);
}

export function suggest(
  world: World,
  interaction: InteractionRecord,
  choices: APIApplicationCommandOptionChoice[],
): void {
  interaction.acknowledgement = InteractionResponseType.ApplicationCommandAutocompleteResult;
  interaction.choices = choices;
  changed(world);
}

/** Another message; the first one after a deferred answer takes the place of "is thinking…". */
export function followUp(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  content: AnswerContent,
): MessageRecord {
  const original = interaction.originalMessageId
    ? channel.messages.get(interaction.originalMessageId)
    : undefined;
  if (original && original.flags & MessageFlags.Loading) {
    editOriginal(world, channel, interaction, original, content);
    return original;
  }
  const message = createMessage(world, channel, {
    ...draftOf(interaction, content),
    type: MessageType.Reply,
    repliesTo: original ? { channelId: channel.id, messageId: original.id } : null,
  });
  interaction.followUpIds.push(message.id);
  changed(world);
  return message;
}

export function editOriginal(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  original: MessageRecord,
  changes: MessageChanges,
): void {
  interaction.editsOfOriginal += 1;
  editMessage(world, channel, original, changes);
}

export function deleteAnswer(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
  message: MessageRecord,
): void {
  if (message.id === interaction.originalMessageId) interaction.originalDeleted = true;
  deleteMessage(world, channel, message);
}

function draftOf(interaction: InteractionRecord, content: AnswerContent): MessageDraft {
  const isCommand = interaction.type === InteractionType.ApplicationCommand;
  const { sourceMessageId, channelId } = interaction;
  return {
    ...content,
    // A bot has the id of its application.
    authorId: interaction.applicationId,
    type: isCommand
      ? MessageType.ChatInputCommand
      : sourceMessageId
        ? MessageType.Reply
        : MessageType.Default,
    repliesTo: sourceMessageId ? { channelId, messageId: sourceMessageId } : null,
    interaction: interaction.metadata satisfies APIMessageInteractionMetadata | null,
    interactionName: isCommand ? interaction.commandName : null,
    ephemeralTo: (content.flags ?? 0) & MessageFlags.Ephemeral ? interaction.userId : null,
  };
}
