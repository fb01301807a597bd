import { AsyncLocalStorage } from 'node:async_hooks';

const ids = new AsyncLocalStorage<string>();

const SHORT = 36;

/** Runs something so that every line it logs carries `id`, the one of an interaction or of a request. */
export function withCorrelation<T>(id: string, run: () => T): T {
  return ids.run(id, run);
}

/** The id of what is going on; undefined outside of interactions and requests. */
export function correlationId(): string | undefined {
  return ids.getStore();
}

/** The id of an interaction in the log: shorter than Discord's own, and not to be mistaken for a member's, which the log hides. */
export function interactionCorrelation(interactionId: string): string {
  return BigInt(interactionId).toString(SHORT);
}
