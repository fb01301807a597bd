import type { EventEmitter } from 'node:events';
import { Events, GatewayDispatchEvents, type Client } from 'discord.js';
import { isConnected } from '#lib/discord/connected';
import type { Metrics } from './metrics.ts';

const KNOWN_EVENTS = new Set<string>(Object.values(GatewayDispatchEvents));

/** Counts what comes over the gateway, and what happens to the connection. */
export function watchGateway(metrics: Metrics, client: Client): void {
  // discord.js has no type for its raw events.
  const emitter: EventEmitter = client;
  emitter.on(Events.Raw, ({ t: type }: { readonly t: string | null }) => {
    if (type !== null) metrics.gatewayEvents.inc({ type: KNOWN_EVENTS.has(type) ? type : 'other' });
  });
  const connection = {
    ready: Events.ShardReady,
    resumed: Events.ShardResume,
    reconnecting: Events.ShardReconnecting,
    disconnected: Events.ShardDisconnect,
    error: Events.ShardError,
  } as const;
  for (const [event, name] of Object.entries(connection))
    emitter.on(name, () => metrics.gatewayConnection.inc({ event }));
  metrics.gauge('gateway_ready', 'Whether the connection with the gateway stands.', [], () => [
    { value: isConnected(client) ? 1 : 0 },
  ]);
  metrics.gauge(
    'gateway_latency_seconds',
    'From a heartbeat until its answer; absent before the first one.',
    [],
    () => (client.ws.ping < 0 ? [] : [{ value: client.ws.ping / 1_000 }]),
  );
  metrics.gauge('guilds', 'Servers that the bot is in and sees.', [], () => [
    { value: client.guilds.cache.size },
  ]);
}
