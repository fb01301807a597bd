import { setImmediate } from 'node:timers/promises';
import type { TicketEvent } from '../events.ts';
import type { TranscriptDeps, TranscriptHead } from './head.ts';
import { messagesOf, type TranscriptMessage } from './source.ts';

/** What happened or was said. */
export type Incident =
  | { readonly kind: 'event'; readonly event: TicketEvent; readonly at: Date }
  | { readonly kind: 'message'; readonly message: TranscriptMessage; readonly at: Date };

const AT_ONCE_MS = 20;

/** Events and messages of a ticket in one line, by the time at which they were. Only a batch is held at once. */
export async function* storyOf(
  { db }: TranscriptDeps,
  { ticket, events }: TranscriptHead,
  forMember: string | null,
): AsyncGenerator<Incident> {
  let next = 0;
  let begun = performance.now();
  const eventsUntil = function* (at: Date | null): Generator<Incident> {
    for (; next < events.length; next += 1) {
      const event = events[next];
      if (event === undefined || (at !== null && event.at > at)) return;
      yield { kind: 'event', event, at: event.at };
    }
  };
  for await (const batch of messagesOf(db, ticket, forMember))
    for (const message of batch) {
      // Others have their turn while a long one is written.
      if (performance.now() - begun > AT_ONCE_MS) {
        await setImmediate();
        begun = performance.now();
      }
      yield* eventsUntil(message.sentAt);
      yield { kind: 'message', message, at: message.sentAt };
    }
  yield* eventsUntil(null);
}
