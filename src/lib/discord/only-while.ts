import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from 'discord.js';
import { perClient } from './per-client.ts';

const conditions = new AsyncLocalStorage<() => boolean>();

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
  options.makeRequest = (url, init) =>
    conditions.getStore()?.() === false ? Promise.reject(new NoLonger()) : make(url, init);
  return true;
});

/**
 * Lets no request of `work` leave once `holds` says no. It is asked just before each attempt: discord.js waits for rate limits and
 * repeats what failed by itself, and the process may have been suspended meanwhile for longer than Discord remembers a nonce.
 * @throws NoLonger in place of what Discord would have answered.
 */
export function onlyWhile<T>(client: Client, holds: () => boolean, work: () => Promise<T>): Promise<T> {
  watched(client);
  return conditions.run(holds, work);
}
