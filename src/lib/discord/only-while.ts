import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from 'discord.js';
import { Agent, DecoratorHandler, type Dispatcher } from 'undici';
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

/** Asks when a request has its connection and is written next, in the same turn of the event loop. */
const lastLook: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const condition = conditions.getStore();
  if (condition === undefined) return dispatch(options, handler);
  const onConnect = (abort: (error?: Error) => void): void => {
    if (condition.holds()) handler.onConnect?.(abort);
    else abort(new NoLonger());
  };
  return dispatch(options, Object.assign(new DecoratorHandler(handler), { onConnect }));
};

/** Every attempt of a client, after whatever discord.js waited for, goes through here. */
const watched = perClient(({ rest }) => {
  rest.setAgent(new Agent().compose(lastLook));
  const { options } = rest;
  const make = options.makeRequest;
  options.makeRequest = async (url, init) => {
    const onMaybeAccepted = conditions.getStore()?.onMaybeAccepted;
    if (onMaybeAccepted === undefined) return make(url, init);
    try {
      const response = await make(url, init);
      if (response.status < 400 || response.status >= 500) onMaybeAccepted();
      return response;
    } catch (error) {
      if (!(error instanceof NoLonger)) onMaybeAccepted();
      throw error;
    }
  };
  return true;
});

/**
 * Lets no request of `work` leave once `holds` says no. It is asked when each attempt has its connection and is about to be written:
 * discord.js waits for rate limits and repeats what failed by itself, a new connection takes its time, and the process may have been
 * suspended meanwhile for longer than Discord remembers a nonce.
 * @param condition.onMaybeAccepted told of each attempt but those that Discord refused (4xx). discord.js throws only what became of the
 * last one, which says nothing of those before.
 * @throws NoLonger in place of what Discord would have answered.
 */
export function onlyWhile<T>(client: Client, condition: Condition, work: () => Promise<T>): Promise<T> {
  watched(client);
  return conditions.run(condition, work);
}
