import type { Database } from '#lib/database/database';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import { claimDue, postpone, settleParked, settleSent, type ClaimedOccurrence } from './delivery-queries.ts';
import type { SendResult } from './send-result.ts';
import { failedLogEntry, sentLogEntry } from './views.ts';

interface DeliveryDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly logChannel: LogChannel;
  readonly send: (occurrence: ClaimedOccurrence) => Promise<SendResult>;
}

/** As many as are surely sent within the lease, also where Discord lets five a channel pass in five seconds. */
const BATCH = 25;
const LEASE_MS = 60_000;
/** A sweep that has taken this long leaves the rest to the next tick, so that a stop never waits for a backlog. */
const SWEEP_BUDGET_MS = 2_000;

const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 15 * 60_000;

/** How long to wait after the n-th failed attempt: doubling from five seconds to a quarter of an hour, with a quarter of chance. */
export function backoffMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), MAX_BACKOFF_MS);
  return Math.round(full * (0.75 + random() * 0.25));
}

/**
 * Sends every reminder message that is due. Channels do not wait for one another; within a channel messages go out in order.
 * @returns how many were sent.
 */
export async function deliverDue(deps: DeliveryDeps): Promise<number> {
  const startedAt = performance.now();
  let sent = 0;
  for (;;) {
    const claimed = await claimDue(deps.db, { now: deps.clock.now(), limit: BATCH, leaseMs: LEASE_MS });
    const byChannel = Map.groupBy(claimed, (occurrence) => occurrence.reminder.channelId);
    const counts = await Promise.all([...byChannel.values()].map((queue) => deliverInOrder(deps, queue)));
    sent += counts.reduce((sum, count) => sum + count, 0);
    if (claimed.length < BATCH || performance.now() - startedAt > SWEEP_BUDGET_MS) return sent;
  }
}

async function deliverInOrder(deps: DeliveryDeps, queue: readonly ClaimedOccurrence[]): Promise<number> {
  let sent = 0;
  for (const occurrence of queue) {
    if (await deliverOne(deps, occurrence)) sent += 1;
  }
  return sent;
}

async function deliverOne(deps: DeliveryDeps, occurrence: ClaimedOccurrence): Promise<boolean> {
  const { db, clock, log, logChannel } = deps;
  const { guildId } = occurrence.reminder;
  const where = { guildId, reminder: occurrence.reminder.id, occurrence: occurrence.id };
  try {
    const result = await deps.send(occurrence);
    switch (result.outcome) {
      case 'sent':
        await settleSent(db, occurrence, result.messageId, clock.now());
        await logChannel.post(guildId, 'debug', sentLogEntry(occurrence));
        return true;
      case 'later':
        await postpone(
          db,
          occurrence,
          result.reason,
          new Date(clock.now().getTime() + backoffMs(occurrence.attempts)),
        );
        log.warn(
          { ...where, attempts: occurrence.attempts, reason: result.reason },
          'reminder: will be tried again',
        );
        return false;
      case 'parked':
        await settleParked(db, occurrence, JSON.stringify(result.reason), clock.now());
        log.warn({ ...where, reason: result.reason }, 'reminder: set aside');
        await logChannel.post(guildId, 'error', failedLogEntry(occurrence, result.reason));
        return false;
    }
  } catch (error) {
    // The lease runs out by itself, and the nonce keeps a message that did go out from going out twice.
    log.error({ err: error, ...where }, 'reminder: could not be settled');
    return false;
  }
}
