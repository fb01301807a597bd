import { afterEach, describe, expect, test } from 'vitest';
import { RetryQueue, TryLater } from '#lib/tasks/retry-queue';
import { createLog } from '#lib/logging/logger';
import { TaskScheduler } from '#lib/tasks/task-scheduler';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
let queue: RetryQueue | undefined;
afterEach(() => queue?.close(2_000));

async function start(name: string, work: (row: string) => Promise<void>): Promise<RetryQueue> {
  await TaskScheduler.migrate(database().pool);
  queue = new RetryQueue({
    name,
    pool: database().pool,
    log: createLog('error'),
    attempts: 5,
    concurrency: 3,
  });
  await queue.start(work);
  return queue;
}

describe('a job', () => {
  test('comes when its time has come, and says which row', async () => {
    const came: { row: string; afterMs: number }[] = [];
    const begun = performance.now();
    const jobs = await start('waits', async (row) => {
      came.push({ row, afterMs: performance.now() - begun });
    });
    const addedMs = performance.now() - begun;
    await jobs.add('42', 700);
    await expect.poll(() => came, { timeout: 8_000 }).toHaveLength(1);
    expect(came[0]?.row).toBe('42');
    expect(came[0]?.afterMs).toBeGreaterThanOrEqual(addedMs + 690);
  });

  test('that is to be tried later comes again, five times at most', async () => {
    let tries = 0;
    const jobs = await start('tries', async () => {
      tries += 1;
      throw new TryLater(50);
    });
    await jobs.add('1', 0);
    await expect.poll(() => tries, { timeout: 8_000 }).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(tries).toBe(5);
  });

  test('that waits outlives the process', async () => {
    const came: string[] = [];
    const jobs = await start('outlives', async (row) => void came.push(row));
    await jobs.add('7', 1_500);
    await jobs.close(2_000);
    expect(came).toEqual([]);
    await start('outlives', async (row) => void came.push(row));
    await expect.poll(() => came, { timeout: 8_000 }).toEqual(['7']);
  });
});
