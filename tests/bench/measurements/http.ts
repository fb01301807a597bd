import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { sql } from 'kysely';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Database } from '../../../src/lib/database/database.ts';
import { startChild } from '../child.ts';
import { inBatches, writeWaiting } from '../due.ts';
import { load, type LoadOptions, type LoadResult } from '../load.ts';
import type { BenchOptions, Measurement, Row } from '../measurement.ts';
import { figureOf, percentile, type Figure } from '../statistics.ts';
import { inWorld, plantGuild, type World } from '../world.ts';
import { latencyOf } from './commands.ts';

const SERVICE_KEY = 'a-service-key-for-measuring';
const CONNECTIONS = [1, 32] as const;
/** What reads the API while somebody uses commands. */
const READERS = 16;
const COMMANDS = 300;
const MILLION = 1_000_000;

/** One thing that is asked for again and again. */
interface Question {
  readonly what: string;
  readonly path: string;
  readonly method?: 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: (index: number) => string;
}

interface Place {
  readonly world: World;
  readonly guild: SandboxGuild;
  readonly address: string;
}

export const httpApi: Measurement = {
  name: 'http',
  async run(options) {
    const { isQuick } = options;
    const runs = isQuick ? 1 : 3;
    const ms = isQuick ? 500 : 2_000;
    const results = new Map<string, LoadResult[]>();
    const bare = new Map<string, LoadResult[]>();
    const rows: Row[] = [];
    await inPlace(options, async (place) => {
      // What is created is the owner's, and would be in the list of who has ten.
      const [few, many] = [place.guild.member('member-2').id, place.guild.member('member-1').id];
      const { database, bot } = place.world;
      if (database === null) return;
      await writeReminders(database.db, place.guild, few, 10);
      await writeReminders(database.db, place.guild, many, 1_000);
      const questions = questionsOf(place, few, many);
      for (let run = 0; run < runs; run += 1)
        for (const question of questions) {
          const bytes = await bytesOf(place, question);
          for (const connections of CONNECTIONS) {
            const key = `${question.what}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
            note(results, key, await load({ ...asked(place, question), connections, ms }));
            note(bare, key, await bareLoad(bytes, { connections, ms }));
          }
        }
      rows.push({
        what: 'API, resident memory under load',
        unit: 'MB',
        figure: figureOf([bot.memoryMb()]),
        bare: null,
      });
      rows.push(...(await besideReaders(place, questions, isQuick)));
    });
    for (const [key, measured] of results) rows.push(...loadRows(key, measured, bare.get(key) ?? []));
    if (!isQuick) rows.push(...(await withMillion(options, results)));
    return rows;
  },
};

async function inPlace(
  { server }: BenchOptions,
  measure: (place: Place) => Promise<void>,
  prepare: (db: Database) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const port = await freePort();
  let planted: SandboxGuild | undefined;
  await inWorld(
    {
      server,
      isUnlimited: true,
      env: { PORT: String(port), API_KEY: SERVICE_KEY },
      plant: (sandbox) => void (planted = plantGuild(sandbox, 20)),
      prepare,
    },
    async (world) => {
      if (planted !== undefined)
        await measure({ world, guild: planted, address: `http://127.0.0.1:${port}` });
    },
  );
}

function questionsOf({ guild }: Place, few: string, many: string): Question[] {
  const as = (userId: string) => ({ 'X-API-Key': SERVICE_KEY, 'X-User-Id': userId });
  const channel = guild.channel('channel-0').id;
  return [
    { what: 'API, health', path: '/api/health' },
    { what: 'API, 10 reminders of a member', path: `/api/reminders/${few}`, headers: as(few) },
    {
      what: 'API, 100 of 1,000 reminders of a member',
      path: `/api/reminders/${many}?limit=100`,
      headers: as(many),
    },
    {
      what: 'API, dashboard metrics',
      path: `/api/dashboard/metrics?guild_id=${guild.id}`,
      headers: as(guild.owner.id),
    },
    {
      what: 'API, create a reminder',
      path: '/api/reminders',
      method: 'POST',
      headers: as(guild.owner.id),
      body: (index) =>
        JSON.stringify({
          guild_id: guild.id,
          channel_id: channel,
          name: `Quiz ${index}`,
          message: 'As it would be',
          time: '20:00',
          days: ['1'],
        }),
    },
  ];
}

function asked(
  { address }: Place,
  { path, method, headers, body }: Question,
): Omit<LoadOptions, 'connections' | 'ms'> {
  return {
    url: `${address}${path}`,
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
  };
}

function note(into: Map<string, LoadResult[]>, key: string, result: LoadResult): void {
  into.set(key, [...(into.get(key) ?? []), result]);
}

/** How long an answer is, so that the bare server sends as much. */
async function bytesOf(place: Place, question: Question): Promise<number> {
  const { url, method, headers, body } = asked(place, question);
  const response = await fetch(url, {
    method: method ?? 'GET',
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: body(0) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return Buffer.byteLength(text);
}

async function bareLoad(
  bytes: number,
  options: Pick<LoadOptions, 'connections' | 'ms'>,
): Promise<LoadResult> {
  const port = await freePort();
  const bare = await startChild('bare-http-program', [String(port)]);
  try {
    return await load({ url: `http://127.0.0.1:${port}/?bytes=${bytes}`, ...options });
  } finally {
    await bare.end();
  }
}

function loadRows(key: string, measured: readonly LoadResult[], bare: readonly LoadResult[]): Row[] {
  const figure = (results: readonly LoadResult[], pick: (result: LoadResult) => number): Figure =>
    figureOf(results.map(pick));
  const beside = (pick: (result: LoadResult) => number) => ({
    what: 'node:http with as many bytes',
    figure: figure(bare, pick),
  });
  return [
    {
      what: `${key}, requests a second`,
      unit: '/s',
      figure: figure(measured, ({ perSecond }) => perSecond),
      bare: beside(({ perSecond }) => perSecond),
    },
    {
      what: `${key}, p99`,
      unit: 'ms',
      figure: figure(measured, ({ p99Ms }) => p99Ms),
      bare: beside(({ p99Ms }) => p99Ms),
    },
  ];
}

/** What a member waits for a command while others read the API. */
async function besideReaders(place: Place, questions: readonly Question[], isQuick: boolean): Promise<Row[]> {
  const { sandbox } = place.world;
  const show = () =>
    latencyOf(sandbox, () => place.guild.owner.runs('/config show', {}, { in: 'channel-0' }));
  for (let warm = 0; warm < 20; warm += 1) await show();
  const reading = { isOver: false };
  const [health, reminders] = questions;
  if (health === undefined || reminders === undefined) return [];
  const readers = [health, reminders].map(async (question) => {
    while (!reading.isOver) await load({ ...asked(place, question), connections: READERS / 2, ms: 500 });
  });
  const samples: number[] = [];
  for (let index = 0; index < (isQuick ? 30 : COMMANDS); index += 1) samples.push(await show());
  reading.isOver = true;
  await Promise.all(readers);
  const row = (what: string, share: number): Row => ({
    what: `/config show while ${READERS} connections read the API, ${what}`,
    unit: 'ms',
    figure: figureOf([percentile(samples, share)]),
    bare: null,
  });
  return [row('p50', 0.5), row('p99', 0.99)];
}

/** The same with a million reminders and a million commands of other servers in the tables. */
async function withMillion(options: BenchOptions, small: ReadonlyMap<string, LoadResult[]>): Promise<Row[]> {
  const rows: Row[] = [];
  await inPlace(
    options,
    async (place) => {
      const { database } = place.world;
      if (database === null) return;
      const few = place.guild.member('member-2').id;
      await writeReminders(database.db, place.guild, few, 10);
      for (const question of questionsOf(place, few, few).slice(0, 4)) {
        if (question.what.includes('1,000')) continue;
        const results: LoadResult[] = [];
        // Without the rows it had answered on one connection before.
        await load({ ...asked(place, question), connections: 1, ms: 2_000 });
        for (let run = 0; run < 3; run += 1)
          results.push(await load({ ...asked(place, question), connections: 32, ms: 2_000 }));
        rows.push({
          what: `${question.what}, 32 connections, a million rows of others, requests a second`,
          unit: '/s',
          figure: figureOf(results.map(({ perSecond }) => perSecond)),
          bare: {
            what: 'without them',
            figure: figureOf(
              (small.get(`${question.what}, 32 connections`) ?? results).map(({ perSecond }) => perSecond),
            ),
          },
        });
      }
    },
    async (db) => {
      await writeWaiting(db, MILLION);
      await writeCommands(db, MILLION);
      // Otherwise the server writes a million rows to the disk while it is asked.
      await sql`checkpoint`.execute(db);
    },
  );
  return rows;
}

/** Commands of the last ninety days, a tenth of them failed. */
async function writeCommands(db: Database, count: number): Promise<void> {
  await inBatches(count, (first, last) =>
    sql`
    insert into audit_logs (guild_id, user_id, command_name, command_type, success, failure, duration_ms, correlation_id, created_at)
    select 1000 + n % 1000, n % 5000, 'command ' || n % 60, 'slash', n % 10 <> 0,
      case when n % 10 = 0 then 'user' end, 5, 'planted-' || n, now() - n * interval '7.7 seconds'
    from generate_series(${first}::int, ${last}::int) as n`.execute(db),
  );
  await sql`vacuum analyze audit_logs`.execute(db);
}

async function writeReminders(
  db: Database,
  guild: SandboxGuild,
  userId: string,
  count: number,
): Promise<void> {
  await sql`
    insert into reminders (guild_id, name, channel_id, time, call_time, days, message, created_by, offset_minutes)
    select ${guild.id}::bigint, 'Reminder ' || n, ${guild.channel('channel-0').id}::bigint, '12:00', '12:00', '{1}',
      'As it would be', ${userId}::bigint, 0
    from generate_series(1, ${count}::int) as n`.execute(db);
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
