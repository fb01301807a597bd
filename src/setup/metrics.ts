import { readVersion } from '#lib/analytics/version';
import { container, type SapphireClient } from '@sapphire/framework';
import { Events } from 'discord.js';
import type { Config } from '../config.ts';
import type { OpenDatabase } from '#lib/database/database';
import { Acknowledgements } from '#lib/metrics/acknowledgements';
import { watchDiscordRequests } from '#lib/metrics/discord-requests';
import { watchFailures } from '#lib/metrics/failures';
import { watchGateway } from '#lib/metrics/gateway';
import { Metrics } from '#lib/metrics/metrics';
import { watchBacklog, watchPool } from '#lib/metrics/stores';
import { TelemetrySender } from '#lib/telemetry/sender';
import { Telemetry } from '#lib/telemetry/telemetry';

declare module '@sapphire/pieces' {
  interface Container {
    metrics: Metrics;
    /** What lets another machine read them; null: nothing does. */
    metricsToken: string | null;
  }
}

/**
 * What the bot counts about itself. It looks on from outside, so that nothing else needs to know of it. Needs the database and the clock, and
 * comes before whatever it is told of.
 * @returns what tells the host's Supabase; null where the host did not ask for it. It does nothing until it is started.
 */
export function setupMetrics(
  client: SapphireClient,
  config: Config,
  { db, pool }: OpenDatabase,
): Telemetry | null {
  const { clock, log } = container;
  const metrics = new Metrics(readVersion());
  metrics.watchProcess();
  const acknowledgements = new Acknowledgements(metrics, clock);
  metrics.beforeReading(() => acknowledgements.giveUp());
  client.on(Events.InteractionCreate, (interaction) => acknowledgements.arrived(interaction));
  watchDiscordRequests(metrics, client.rest, (id, isTaken) => acknowledgements.answered(id, isTaken));
  watchGateway(metrics, client);
  watchFailures(metrics, client);
  watchPool(metrics, pool);
  const readBacklog = watchBacklog(metrics, db, clock);
  container.metrics = metrics;
  container.metricsToken = config.http?.metricsToken ?? null;
  const { supabase, telemetryEveryS } = config;
  if (supabase === null || telemetryEveryS === null) return null;
  const sender = new TelemetrySender(supabase, log);
  return new Telemetry({ client, metrics, clock, sender, readBacklog }, telemetryEveryS * 1_000);
}
