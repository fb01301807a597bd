import type { EventEmitter } from 'node:events';
import { Events } from '@sapphire/framework';
import { classifyError } from '#lib/errors/classify';
import type { Metrics } from './metrics.ts';

const FAILED = [
  Events.ChatInputCommandError,
  Events.ContextMenuCommandError,
  Events.CommandAutocompleteInteractionError,
  Events.InteractionHandlerError,
  Events.InteractionHandlerParseError,
] as const;

/** Counts what people asked for and did not get, for a reason that is not theirs. */
export function watchFailures(metrics: Metrics, client: EventEmitter): void {
  for (const event of FAILED)
    client.on(event, (thrown: unknown) => {
      const error = classifyError(thrown);
      if (error === 'user') return;
      metrics.interactionFailures.inc({ error });
      metrics.windows.interactions.noteFailure();
    });
}
