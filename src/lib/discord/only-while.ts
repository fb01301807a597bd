import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from 'discord.js';
import { perClient } from './per-client.ts';

interface Condition {
  readonly holds: () => boolean;
  readonly onMaybeAccepted?: () => void;
}

const conditions = new AsyncLocalStorage<Condition>();

/** Thrown in place of a request that {@link onlyWhile} kept back. */
export class NoLonger extends Error {
  constructor() {
    super('what a request to Discord was made for holds no longer');
    this.name = 'NoLonger';
  }
}

/** Every attempt of a client, after whatever discord.js waited for, goes through here. */
const watched = perClient(({ rest }) => {
  const { options } = rest;
  const make = options.makeRequest;
  options.makeRequest = async (url, init) => {
    const condition = conditions.getStore();
    if (condition === undefined) return make(url, init);
    if (!condition.holds()) throw new NoLonger();
    try {
      const response = await make(url, init);
      if (response.status < 400 || response.status >= 500) condition.onMaybeAccepted?.();
      return response;
    } catch (error) {
      condition.onMaybeAccepted?.();
      throw error;
    }
  };
  return true;
});

/**
 * Lets no request of `work` leave once `holds` says no. It is asked just before each attempt: discord.js waits for rate limits and
 * repeats what failed by itself, and the process may have been suspended meanwhile for longer than Discord remembers a nonce.
 * @param condition.onMaybeAccepted told of each attempt but those that Discord refused (4xx). discord.js throws only what became of the
 * last one, which says nothing of those before.
 * @throws NoLonger in place of what Discord would have answered.
 */
export function onlyWhile<T>(client: Client, condition: Condition, work: () => Promise<T>): Promise<T> {
  watched(client);
  return conditions.run(condition, work);
}
