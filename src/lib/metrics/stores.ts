import type pg from 'pg';
import type { Database } from '#lib/database/database';
import type { Clock } from '#lib/time/clock';
import { readBacklog, type Backlog } from './backlog.ts';
import type { Metrics, Reading } from './metrics.ts';
import { sampled } from './sampled.ts';

/** Shows how the connections of the database are used. */
export function watchPool(metrics: Metrics, pool: pg.Pool): void {
  metrics.gauge(
    'database_connections',
    'Connections of this process with the database; waiting is who has none yet.',
    ['state'],
    () => [
      { labels: { state: 'idle' }, value: pool.idleCount },
      { labels: { state: 'used' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'waiting' }, value: pool.waitingCount },
    ],
  );
}

/** Shows what waits in the database. @returns what reads it, null where the database does not answer. */
export function watchBacklog(metrics: Metrics, db: Database, clock: Clock): () => Promise<Backlog | null> {
  const read = sampled(() => readBacklog(db, clock.now()));
  const gauge = (name: string, help: string, labels: string[], of: (backlog: Backlog) => Reading): void =>
    metrics.gauge(name, help, labels, async () => {
      const backlog = await read();
      return backlog === null ? [] : of(backlog);
    });
  gauge(
    'due',
    'What is due and not done, in the whole database, counted up to 10,000.',
    ['kind'],
    ({ due }) => Object.entries(due).map(([kind, value]) => ({ labels: { kind }, value })),
  );
  gauge(
    'reminder_oldest_due_seconds',
    'For how long the oldest reminder has been due that no process took on: how far the sweeps lag.',
    [],
    ({ oldestReminderS }) => [{ value: oldestReminderS }],
  );
  gauge('reminders_parked', 'Reminders that wait for somebody to mend something.', [], (backlog) => [
    { value: backlog.parkedReminders },
  ]);
  gauge('tickets_open', 'Tickets that are not closed.', [], (backlog) => [{ value: backlog.openTickets }]);
  return read;
}

/** A queue of jobs, as far as it is counted. */
export interface CountedQueue {
  counts(): Promise<Readonly<Record<string, number>>>;
}

/** Shows how many jobs each queue has. */
export function watchQueues(metrics: Metrics, queues: Readonly<Record<string, CountedQueue>>): void {
  const read = sampled(async () => {
    const counts = await Promise.all(
      Object.entries(queues).map(async ([queue, counted]) =>
        Object.entries(await counted.counts()).map(([state, value]) => ({ labels: { queue, state }, value })),
      ),
    );
    return counts.flat();
  });
  metrics.gauge(
    'queue_jobs',
    'Jobs of the queues in the database; failed ones are kept for a look.',
    ['queue', 'state'],
    async () => (await read()) ?? [],
  );
}
