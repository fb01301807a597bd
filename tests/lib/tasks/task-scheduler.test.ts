import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenDatabase } from '#lib/database/database';
import { createLog } from '#lib/logging/logger';
import { TaskScheduler, type Task } from '#lib/tasks/task-scheduler';
import { describePostgres, useDatabase } from '../../setup/database.ts';

/** Longer than any test takes. */
const LONG_MS = 60_000;
/** So that a few ticks pass soon, and the embedded database has time between them. */
const OFTEN_MS = 150;
const DAILY_MS = 24 * 3_600_000;
const YEARLY = '0 0 1 1 *';
const log = createLog('silent');

const database = useDatabase();
beforeAll(async () => {
  const { pool } = database();
  // Every queue and worker listens for the pool's errors.
  pool.setMaxListeners(100);
  await TaskScheduler.migrate(pool);
});

/** A task that notes when it ran; `work` is what it does besides. */
function task(repeat: number | string, name = 'sweep', work: () => unknown = () => {}) {
  const ranAt: number[] = [];
  const payloads: unknown[] = [];
  const piece: Task = {
    name,
    interval: typeof repeat === 'number' ? repeat : null,
    pattern: typeof repeat === 'string' ? repeat : null,
    timezone: 'UTC',
    run(payload) {
      ranAt.push(Date.now());
      payloads.push(payload);
      return work();
    },
  };
  return { ...piece, ranAt, payloads };
}

/** A door that what waits behind it passes once it is opened. */
function door() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

let queues = 0;
/** A queue of the test's own, with the processes that work on it; all are closed when the test leaves it. */
function newQueue() {
  queues += 1;
  const queueName = `test-${queues}`;
  const started: TaskScheduler[] = [];
  const failures: unknown[] = [];
  const closeAll = () => Promise.all(started.map((scheduler) => scheduler.close(1_000)));
  return {
    failures,
    async start(
      tasks: readonly Task[],
      { pool }: Pick<OpenDatabase, 'pool'> = database(),
    ): Promise<TaskScheduler> {
      const scheduler = new TaskScheduler({
        pool,
        log,
        queueName,
        onError: (error, name) => failures.push([error, name]),
      });
      started.push(scheduler);
      await scheduler.start(tasks);
      return scheduler;
    },
    closeAll,
    async [Symbol.asyncDispose]() {
      await closeAll();
    },
    async jobs() {
      const { rows } = await sql<{ state: string; data: object; name: string }>`
        select state, data, name from bullmq.job where queue = ${queueName}`.execute(database().db);
      return rows;
    },
    async schedules() {
      const { rows } = await sql<{ id: string; every: string | null; pattern: string | null }>`
        select scheduler_id as id, every_ms as every, pattern from bullmq.scheduler
        where queue = ${queueName}`.execute(database().db);
      return rows;
    },
    /** When the only schedule's next tick is due, in Unix milliseconds. */
    async nextTick() {
      const { rows } = await sql<{ at: string }>`
        select next_run_ms as at from bullmq.scheduler where queue = ${queueName}`.execute(database().db);
      return Number(rows[0]?.at);
    },
    /** As if it had failed so often before. */
    async multiplyFailed(times: number) {
      await sql`insert into bullmq.job
        select (jsonb_populate_record(job, jsonb_build_object('id', 'failed-' || n, 'seq', nextval('bullmq.job_seq')))).*
        from bullmq.job as job, generate_series(1, ${times}::int) as n
        where queue = ${queueName} and id = (select id from bullmq.job where queue = ${queueName} and state = 'failed' limit 1)`.execute(
        database().db,
      );
    },
    /** As if so much time had passed since the last tick that the next one is due. */
    async passTime() {
      await sql`update bullmq.scheduler set next_run_ms = 1 where queue = ${queueName}`.execute(
        database().db,
      );
      await sql`update bullmq.job set process_at_ms = 1, id = 'repeat:' || scheduler_id || ':1'
        where queue = ${queueName} and state = 'delayed'`.execute(database().db);
    },
  };
}

const ranTimes = (times: number, { ranAt }: { ranAt: readonly number[] }, timeout = 12_000) =>
  vi.waitFor(() => expect(ranAt.length).toBeGreaterThanOrEqual(times), { timeout, interval: 10 });

describe('a schedule', () => {
  test.concurrent.each([
    ['interval', OFTEN_MS, 3],
    ['pattern', '* * * * * *', 2],
  ])('by %s: the task runs again and again, without a payload', async (_name, repeat, times) => {
    await using queue = newQueue();
    const sweep = task(repeat);
    await queue.start([sweep]);
    await ranTimes(times, sweep);
    expect(new Set(sweep.payloads)).toEqual(new Set([undefined]));
    expect((await queue.jobs()).filter(({ data }) => Object.keys(data).length > 0)).toEqual([]);
  });

  test.concurrent('a task without one is not scheduled', async () => {
    await using queue = newQueue();
    const scheduler = await queue.start([{ ...task(OFTEN_MS, 'by-hand'), interval: null }]);
    expect(await scheduler.scheduled()).toEqual([]);
  });

  test.concurrent.each([
    ['an interval by another', LONG_MS, OFTEN_MS],
    ['an interval by a pattern', LONG_MS, '* * * * * *'],
    ['a pattern by an interval', YEARLY, OFTEN_MS],
    ['a pattern by another', YEARLY, '* * * * * *'],
  ])('is replaced: %s', async (_name, before, after) => {
    await using queue = newQueue();
    const first = await queue.start([task(before)]);
    await first.close(1_000);
    const sweep = task(after);
    await queue.start([sweep]);
    await ranTimes(2, sweep);
    expect(await queue.schedules()).toEqual([
      {
        id: 'sweep',
        every: typeof after === 'number' ? String(after) : null,
        pattern: typeof after === 'string' ? after : null,
      },
    ]);
  });

  // BullMQ's own offset of a long interval outlives it, and shows only once a tick is late.
  test.concurrent('of an interval that was shortened: after a late tick the next comes in its time', async () => {
    await using queue = newQueue();
    const before = task(DAILY_MS);
    const first = await queue.start([before]);
    await ranTimes(1, before);
    await first.close(1_000);
    const second = await queue.start([task(LONG_MS)]);
    await second.close(1_000);
    await queue.passTime();
    const sweep = task(LONG_MS);
    await queue.start([sweep]);
    await ranTimes(1, sweep);
    await vi.waitFor(async () => {
      const next = await queue.nextTick();
      expect(next).toBeGreaterThan(Date.now());
      expect(next).toBeLessThanOrEqual(Date.now() + 2 * LONG_MS);
    });
  });

  test.concurrent('disappears with its task, and so do its jobs', async () => {
    await using queue = newQueue();
    const first = await queue.start([
      task(LONG_MS, 'stays'),
      task(LONG_MS, 'goes'),
      task(YEARLY, 'goes-too'),
    ]);
    await first.close(1_000);
    const second = await queue.start([task(LONG_MS, 'stays')]);
    expect(await second.scheduled()).toEqual(['stays']);
    await vi.waitFor(async () => expect((await queue.jobs()).map(({ name }) => name)).toEqual(['stays']));
    expect(queue.failures).toEqual([]);
  });

  test.concurrent.each([
    ['an interval', LONG_MS],
    ['a pattern', YEARLY],
  ])('of %s: what came due while nothing ran is run at the start, once', async (_name, repeat) => {
    await using queue = newQueue();
    const before = task(repeat);
    const first = await queue.start([before]);
    if (typeof repeat === 'number') await ranTimes(1, before);
    await first.close(1_000);
    await queue.passTime();
    const sweep = task(repeat);
    await queue.start([sweep]);
    await ranTimes(1, sweep);
    await sleep(100);
    expect(sweep.ranAt).toHaveLength(1);
    expect(await queue.jobs()).toMatchObject([{ state: 'delayed' }]);
  });

  test.concurrent('starts once when several processes start at once', async () => {
    await using queue = newQueue();
    const sweep = task(LONG_MS);
    await Promise.all([queue.start([sweep]), queue.start([sweep]), queue.start([sweep])]);
    await ranTimes(1, sweep);
    await sleep(200);
    expect(sweep.ranAt).toHaveLength(1);
    expect(await queue.schedules()).toHaveLength(1);
  });
});

describe('tasks at work', () => {
  test.concurrent('a slow one does not hold up the others, and its own next ticks are skipped', async () => {
    await using queue = newQueue();
    const { open, opened } = door();
    const slow = task(OFTEN_MS, 'slow', () => opened);
    const quick = task(OFTEN_MS, 'quick');
    await queue.start([slow, quick]);
    await ranTimes(1, slow);
    await ranTimes(quick.ranAt.length + 3, quick);
    expect(slow.ranAt).toHaveLength(1);
    open();
    await ranTimes(2, slow);
  });

  test.concurrent('one that fails is reported, and its next tick comes', async () => {
    await using queue = newQueue();
    const failing = task(OFTEN_MS, 'failing', () => {
      throw new Error('boom');
    });
    await queue.start([failing]);
    await ranTimes(3, failing);
    expect(queue.failures.slice(0, 2)).toEqual([
      [new Error('boom'), 'failing'],
      [new Error('boom'), 'failing'],
    ]);
  });

  test.concurrent('finished jobs do not pile up, failed ones only so far', async () => {
    await using queue = newQueue();
    const quick = task(OFTEN_MS, 'quick');
    const failing = task(OFTEN_MS, 'failing', () => Promise.reject(new Error('boom')));
    await queue.start([quick, failing]);
    await ranTimes(2, failing);
    await queue.multiplyFailed(60);
    await ranTimes(failing.ranAt.length + 2, failing);
    await queue.closeAll();
    const jobs = await queue.jobs();
    expect(jobs.filter(({ name }) => name === 'quick').length).toBeLessThanOrEqual(2);
    expect(jobs.filter(({ state }) => state === 'failed').length).toBeLessThanOrEqual(50);
  });

  test.concurrent('all run at once by hand, after those at work have ended', async () => {
    await using queue = newQueue();
    const { open, opened } = door();
    const slow = task(LONG_MS, 'slow', () => opened);
    const failing = task(LONG_MS, 'failing', () => Promise.reject(new Error('boom')));
    const scheduler = await queue.start([slow, failing]);
    await Promise.all([ranTimes(1, slow), ranTimes(1, failing)]);
    const all = scheduler.runAll();
    await sleep(50);
    expect(slow.ranAt).toHaveLength(1);
    open();
    await all;
    expect([slow.ranAt.length, failing.ranAt.length]).toEqual([2, 2]);
  });
});

describe('closing', () => {
  test.concurrent('waits for the task at work, and takes no more ticks', async () => {
    let isDone = false;
    const slow = task(OFTEN_MS, 'slow', async () => {
      await sleep(300);
      isDone = true;
    });
    await using queue = newQueue();
    const scheduler = await queue.start([slow]);
    await ranTimes(1, slow);
    await scheduler.close(5_000);
    expect(isDone).toBe(true);
    const { length } = slow.ranAt;
    await sleep(300);
    expect(slow.ranAt).toHaveLength(length);
  });

  test.concurrent('gives up after the time it was given', async () => {
    const { open, opened } = door();
    const slow = task(LONG_MS, 'slow', () => opened);
    await using queue = newQueue();
    const scheduler = await queue.start([slow]);
    await ranTimes(1, slow);
    const closed = scheduler.close(200).then(() => 'closed');
    expect(await Promise.race([closed, sleep(2_000, 'still waiting')])).toBe('closed');
    open();
  });

  test.concurrent('a second time, or without a start, does nothing', async () => {
    await using queue = newQueue();
    const scheduler = await queue.start([]);
    await Promise.all([scheduler.close(1_000), scheduler.close(1_000)]);
    await new TaskScheduler({ pool: database().pool, log, onError: () => {} }).close(1_000);
    expect(await scheduler.scheduled()).toEqual([]);
  });
});

/** Lets two processes share a task for a while. @returns its ticks, and the time from each to the next. */
async function shareTicks(other: Pick<OpenDatabase, 'pool'>, everyMs: number) {
  await using queue = newQueue();
  const [one, two] = [task(everyMs), task(everyMs)];
  await Promise.all([queue.start([one]), queue.start([two], other)]);
  const from = Date.now() + everyMs;
  await sleep(8 * everyMs);
  const ticks = [...one.ranAt, ...two.ranAt].filter((time) => time > from).sort((a, b) => a - b);
  return { ticks, gaps: ticks.slice(1).map((time, index) => time - (ticks[index] ?? 0)) };
}

test('two schedulers at once: each tick is run by one of them', async () => {
  const { ticks, gaps } = await shareTicks(database(), 200);
  expect(ticks.length).toBeGreaterThan(2);
  expect(gaps.filter((gap) => gap < 100)).toEqual([]);
});

describePostgres('two processes', () => {
  test('each tick is run by one of them', async () => {
    const { ticks, gaps } = await shareTicks(await database().open(), 200);
    expect(ticks.length).toBeGreaterThan(2);
    expect(gaps.filter((gap) => gap < 100)).toEqual([]);
  });
});
