import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();

async function migrateQueues(): Promise<number> {
  const client = await database().pool.connect();
  try {
    return await runMigrations(client);
  } finally {
    client.release();
  }
}

beforeAll(async () => {
  await migrateQueues();
});

test('making the tables of the task queue again, also at the same time, changes nothing', async () => {
  const versions = await Promise.all([migrateQueues(), migrateQueues(), migrateQueues()]);
  expect(new Set(versions).size).toBe(1);
});

test('none of our tables has the name of one of its, which would then no longer find its own', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema in ('public', 'bullmq')
    group by table_name having count(*) > 1`.execute(database().db);
  expect(rows).toEqual([]);
});

test('jobs are done, once each, while the database is used for other things', async () => {
  const { pool, db } = database();
  const options = { connection: pool };
  const queue = new Queue('tests', options, createPostgresBackend);
  const done: string[] = [];
  const worker = new Worker(
    'tests',
    async (job) => {
      await db.transaction().execute((trx) => trx.selectFrom('reminders').selectAll().execute());
      done.push(job.data.id);
    },
    { ...options, concurrency: 3 },
    createPostgresBackend,
  );
  try {
    await worker.waitUntilReady();
    const ids = Array.from({ length: 10 }, (_, id) => String(id));
    const finished = new Promise((resolve) => {
      worker.on('completed', () => done.length === ids.length && resolve(done));
    });
    await Promise.all(ids.map((id) => queue.add('job', { id })));
    await finished;
    expect(done.sort()).toEqual(ids);
  } finally {
    await worker.close();
    await queue.close();
  }
});
