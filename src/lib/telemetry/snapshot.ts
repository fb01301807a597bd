import type { Backlog } from '#lib/metrics/backlog';
import type { WindowFigures } from '#lib/metrics/window';

export type SubsystemStatus = 'operational' | 'degraded' | 'outage';

/** A row of `telemetry.subsystem_snapshots`, by its columns. */
export interface Snapshot {
  readonly subsystem: string;
  readonly label: string;
  readonly status: SubsystemStatus;
  readonly uptime_seconds: number;
  readonly throughput_per_minute: number;
  readonly error_rate: number;
  readonly latency_p50: number;
  readonly latency_p95: number;
  /** Left out where the database does not say. */
  readonly queue_depth?: number;
  /** Left out where there are none, as the original does. */
  readonly active_bots?: number;
  readonly last_updated: string;
  readonly computed_at: string;
  readonly notes: string;
}

/** What a snapshot is made of. */
export interface Observed {
  readonly isOnline: boolean;
  /** Of the bot since it was ready first; null: it was not yet. */
  readonly uptimeS: number | null;
  readonly guilds: number;
  readonly aiFailuresLastHour: number;
  readonly windowS: number;
  readonly interactions: WindowFigures;
  readonly discord: WindowFigures;
  readonly ai: WindowFigures;
  readonly backlog: Backlog | null;
  readonly at: Date;
}

/** The key of the row: each upsert finds the one of the last. */
export const SUBSYSTEM = 'alphapy';
const LABEL = 'Alphapy';
/** The original's rule: for so long after a start being offline is no outage. */
const STARTING_S = 120;
const AI_FAILURES_TOLERATED = 5;
const INT4_MAX = 2_147_483_647;

/** How the bot does, in a word; the original's rule, and besides: a database that does not answer is no normal operation. */
export function statusOf(
  observed: Pick<Observed, 'isOnline' | 'uptimeS' | 'guilds' | 'aiFailuresLastHour' | 'backlog'>,
): SubsystemStatus {
  const { isOnline, guilds, aiFailuresLastHour, backlog } = observed;
  const uptimeS = observed.uptimeS ?? 0;
  if (!isOnline) return uptimeS >= STARTING_S || (uptimeS === 0 && guilds > 0) ? 'outage' : 'degraded';
  if (aiFailuresLastHour > AI_FAILURES_TOLERATED) return 'outage';
  return aiFailuresLastHour > 0 || backlog === null ? 'degraded' : 'operational';
}

/** The row for what was observed. */
export function snapshotOf(observed: Observed): Snapshot {
  const { interactions, discord, ai, backlog, guilds, windowS, at } = observed;
  const events = interactions.count + ai.count;
  const failed = Math.min(events, interactions.failed + ai.failed);
  const times = interactions.times ?? discord.times;
  const iso = at.toISOString();
  return {
    subsystem: SUBSYSTEM,
    label: LABEL,
    status: statusOf(observed),
    uptime_seconds: whole(observed.uptimeS ?? 0),
    throughput_per_minute: windowS > 0 ? whole((events * 60) / windowS) : 0,
    error_rate: events === 0 ? 0 : Math.round((failed / events) * 100) / 100,
    latency_p50: whole(times?.p50 ?? 0),
    latency_p95: whole(times?.p95 ?? 0),
    ...(backlog !== null && { queue_depth: whole(dueOf(backlog) + backlog.openTickets) }),
    ...(guilds > 0 && { active_bots: guilds }),
    last_updated: iso,
    computed_at: iso,
    notes: [
      `${whole(windowS)} s: ${interactions.count} interactions (${timesOf(interactions)}), ${interactions.failed} failed`,
      `${discord.count} requests to Discord (${timesOf(discord)}), ${discord.failed} failed`,
      `${ai.count} AI calls, ${observed.aiFailuresLastHour} failed in the last hour`,
      backlog === null
        ? 'the database does not answer'
        : `${dueOf(backlog)} due, ${backlog.openTickets} tickets open`,
    ].join('; '),
  };
}

const dueOf = ({ due }: Backlog): number => Object.values(due).reduce((sum, count) => sum + count, 0);

function timesOf({ times }: WindowFigures): string {
  return times === null
    ? 'nothing measured'
    : `p50 ${whole(times.p50)}, p95 ${whole(times.p95)}, p99 ${whole(times.p99)} ms`;
}

function whole(value: number): number {
  return Math.min(INT4_MAX, Math.max(0, Math.round(value)));
}
