import type { Client } from 'discord.js';
import type { Backlog } from '#lib/metrics/backlog';
import type { Metrics } from '#lib/metrics/metrics';
import type { Clock } from '#lib/time/clock';
import type { TelemetrySender } from './sender.ts';
import { snapshotOf } from './snapshot.ts';

export interface TelemetryDeps {
  readonly client: Client;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly sender: Pick<TelemetrySender, 'send' | 'close'>;
  /** What waits in the database; null where it does not answer. */
  readonly readBacklog: () => Promise<Backlog | null>;
}

/** Says at regular intervals how this process does. A timer and no shared task: each process speaks for itself. */
export class Telemetry {
  readonly #deps: TelemetryDeps;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #windowBegan = performance.now();
  #isTaking = false;

  constructor(deps: TelemetryDeps, everyMs: number) {
    this.#deps = deps;
    this.#everyMs = everyMs;
  }

  start(): void {
    this.#windowBegan = performance.now();
    this.#timer = setInterval(() => void this.tell(), this.#everyMs).unref();
  }

  /** Takes a snapshot of the time since the last one and has it written. Never throws; one at a time. */
  async tell(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      const { client, metrics, clock, sender, readBacklog } = this.#deps;
      const backlog = await readBacklog();
      metrics.bringUpToDate();
      const now = performance.now();
      const windowS = (now - this.#windowBegan) / 1_000;
      this.#windowBegan = now;
      sender.send(
        snapshotOf({
          isOnline: client.isReady(),
          uptimeS: client.uptime === null ? null : client.uptime / 1_000,
          guilds: client.guilds.cache.size,
          aiFailuresLastHour: metrics.aiFailures.count(),
          windowS,
          interactions: metrics.windows.interactions.take(),
          discord: metrics.windows.discord.take(),
          ai: metrics.windows.ai.take(),
          backlog,
          at: clock.now(),
        }),
      );
    } finally {
      this.#isTaking = false;
    }
  }

  /** Ends at once, whatever is under way. */
  stop(): void {
    clearInterval(this.#timer);
    this.#deps.sender.close();
  }
}
