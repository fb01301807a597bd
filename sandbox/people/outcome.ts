import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { InteractionRecord, MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { nameOfBot } from '../state/world.ts';
import { until } from './waiting.ts';

/** What Discord shows when the bot did not answer in time. */
export const NO_RESPONSE = 'The application did not respond';

/** How long a person looks at "is thinking…" before giving up. */
const THINKING_PATIENCE_MS = 10_000;
/** How long an acknowledged click may take to change something; it need not change anything. */
const UPDATE_PATIENCE_MS = 5000;

export type Outcome =
  | { kind: 'failed'; sentence: string }
  | { kind: 'message'; message: MessageRecord }
  | { kind: 'updated'; message: MessageRecord }
  | { kind: 'modal' }
  | { kind: 'choices' }
  /** Acknowledged without anything to see, or the answer was deleted at once. */
  | { kind: 'nothing' };

/** Waits for the bot's whole answer to an interaction: a deferred one counts when it is filled in. */
export async function outcomeOf(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
): Promise<Outcome> {
  // Twice the deadline: the deadline's own timer always comes first.
  const first = await until(world, () => firstAnswer(interaction), world.interactionDeadlineMs * 2);
  if (first === null || first === 'missed') return { kind: 'failed', sentence: NO_RESPONSE };
  switch (first) {
    case InteractionResponseType.Modal:
      return { kind: 'modal' };
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return { kind: 'choices' };
    case InteractionResponseType.UpdateMessage:
      return seen('updated', channel, interaction.originalMessageId);
    case InteractionResponseType.DeferredMessageUpdate:
      return afterDeferredUpdate(world, channel, interaction);
    case InteractionResponseType.DeferredChannelMessageWithSource: {
      const done = await until(
        world,
        () => (isThinking(channel, interaction) ? null : true),
        THINKING_PATIENCE_MS,
      );
      if (done === null)
        return { kind: 'failed', sentence: `${nameOfBot(world, interaction.applicationId)} is thinking…` };
      return seen('message', channel, interaction.originalMessageId);
    }
    default:
      return seen('message', channel, interaction.originalMessageId);
  }
}

function firstAnswer(interaction: InteractionRecord): InteractionResponseType | 'missed' | null {
  return interaction.acknowledgement ?? (interaction.missed ? 'missed' : null);
}

function isThinking(channel: ChannelRecord, interaction: InteractionRecord): boolean {
  const message = channel.messages.get(interaction.originalMessageId ?? '');
  return message !== undefined && (message.flags & MessageFlags.Loading) !== 0;
}

async function afterDeferredUpdate(
  world: World,
  channel: ChannelRecord,
  interaction: InteractionRecord,
): Promise<Outcome> {
  const change = (): 'edit' | 'follow-up' | 'deleted' | null => {
    if (interaction.originalDeleted) return 'deleted';
    if (interaction.editsOfOriginal > 0) return 'edit';
    return interaction.followUpIds.length > 0 ? 'follow-up' : null;
  };
  const found = await until(world, change, UPDATE_PATIENCE_MS);
  if (found === 'edit') return seen('updated', channel, interaction.originalMessageId);
  if (found === 'follow-up') return seen('message', channel, interaction.followUpIds[0] ?? null);
  return { kind: 'nothing' };
}

function seen(kind: 'message' | 'updated', channel: ChannelRecord, messageId: string | null): Outcome {
  const message = channel.messages.get(messageId ?? '');
  return message ? { kind, message } : { kind: 'nothing' };
}
