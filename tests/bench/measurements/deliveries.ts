import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/sandbox.ts';
import { systemClock } from '../../../src/lib/time/clock.ts';
import { startChild } from '../child.ts';
import { writeDue } from '../due.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { inWorld, plantGuild, type Server } from '../world.ts';
import { latencyOf } from './commands.ts';

/** Discord takes five messages in five seconds for a channel, so one guild's fifty a second need fifty channels. */
const CHANNELS = 100;
const AHEAD_MS = 3_000;
const SWEEP_EVERY_MS = 1_000;
const POLL_MS = 20;
const SLOW_MS = 300;

interface Rush {
  readonly server: Server;
  readonly count: number;
  readonly sandbox?: SandboxOptions;
  readonly isUnlimited?: boolean;
  /** What each send takes on Discord's side. */
  readonly sendMs?: number;
}

interface RushResult {
  /** From when they were due until they were in the channel, in ms. */
  readonly lateness: readonly number[];
  readonly perSecond: number;
}

/** So many messages that are due at one instant, until all of them are there. */
async function rush(options: Rush): Promise<RushResult> {
  let guild: SandboxGuild | undefined;
  return inWorld(
    { ...options, plant: (sandbox) => void (guild = plantGuild(sandbox, CHANNELS)) },
    async ({ sandbox, database }) => {
      if (database === null || guild === undefined) throw new Error('a rush needs PostgreSQL and a guild');
      slowDown(sandbox, options);
      const arrivals = watchArrivals(sandbox);
      // Anywhere between two sweeps.
      const due = new Date(Date.now() + AHEAD_MS + Math.random() * SWEEP_EVERY_MS);
      await writeDue(
        database.db,
        guild.id,
        guild.channels.map(({ id }) => id),
        options.count,
        due,
      );
      while (arrivals.length < options.count) await sleep(POLL_MS);
      return {
        lateness: arrivals.map((at) => at - due.getTime()),
        perSecond: rateOf(arrivals),
      };
    },
  );
}

function slowDown(sandbox: Sandbox, { sendMs, count }: Pick<Rush, 'sendMs' | 'count'>): void {
  if (sendMs === undefined) return;
  sandbox.faults.switchOn({ fault: 'slow', on: 'messages', times: count, waitMs: sendMs });
}

/** When each message came, in ms since the epoch; it grows as they come. */
function watchArrivals(sandbox: Sandbox): number[] {
  const arrivals: number[] = [];
  sandbox.onRequest(({ method, route, status }) => {
    if (method === 'POST' && route === '/channels/{channel}/messages' && status === 200)
      arrivals.push(Date.now());
  });
  return arrivals;
}

/** Over all but the first and the last tenth, in which it gets going and runs out. */
function rateOf(arrivals: readonly number[]): number {
  const tenth = Math.floor(arrivals.length / 10);
  const [first = 0, last = 0] = [arrivals[tenth], arrivals[arrivals.length - 1 - tenth]];
  return ((arrivals.length - 1 - 2 * tenth) * 1_000) / (last - first);
}

/** The same messages sent by discord.js alone, all at once. */
async function bareRate({ count, sandbox: options, isUnlimited, sendMs }: Rush): Promise<number> {
  const sandbox = await startSandbox({ clock: systemClock, ...options });
  const guild = plantGuild(sandbox, CHANNELS);
  slowDown(sandbox, { count, ...(sendMs !== undefined && { sendMs }) });
  const client = await startChild('bare-program', [
    sandbox.token,
    sandbox.apiUrl,
    ...(isUnlimited === true ? ['--unlimited'] : []),
  ]);
  const ids = guild.channels.map(({ id }) => id);
  const arrivals = watchArrivals(sandbox);
  const sent = once(client.process, 'message');
  client.process.send({ send: Array.from({ length: count }, (_, index) => ids[index % ids.length]) });
  await sent;
  await client.end();
  await sandbox.close();
  return rateOf(arrivals);
}

const DISCORD: SandboxOptions = { rateLimits: 'discord' };

/** How late messages are that are due in the same minute. */
export const lateness: Measurement = {
  name: 'lateness',
  async run({ server, isQuick }) {
    const rows: Row[] = [];
    for (const count of isQuick ? [1, 50] : [1, 50, 1_000]) {
      const p50: number[] = [];
      const p99: number[] = [];
      for (let run = 0; run < (isQuick ? 1 : count === 1 ? 5 : 3); run += 1) {
        const { lateness: late } = await rush({ server, count, sandbox: DISCORD });
        p50.push(percentile(late, 0.5));
        p99.push(percentile(late, 0.99));
      }
      const what = `lateness, ${count.toLocaleString('en-US')} due at once`;
      rows.push({ what: `${what}, p50`, unit: 'ms', figure: figureOf(p50), bare: null });
      if (count > 1) rows.push({ what: `${what}, p99`, unit: 'ms', figure: figureOf(p99), bare: null });
    }
    return rows;
  },
};

/** Deliveries a second. */
export const throughput: Measurement = {
  name: 'throughput',
  async run({ server, isQuick }) {
    const size = isQuick ? 0.2 : 1;
    const kinds: readonly (readonly [string, Omit<Rush, 'server'>])[] = [
      ['nothing limited', { count: 3_000 * size, isUnlimited: true }],
      [`${SLOW_MS} ms a send, Discord's limits`, { count: 500 * size, sandbox: DISCORD, sendMs: SLOW_MS }],
      ["Discord's limits (50 a second)", { count: 1_000 * size, sandbox: DISCORD }],
    ];
    const rows: Row[] = [];
    for (const [what, options] of kinds) {
      const [ours, bare]: [number[], number[]] = [[], []];
      for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
        ours.push((await rush({ server, ...options })).perSecond);
        bare.push(await bareRate({ server, ...options }));
      }
      rows.push({
        what: `deliveries, ${what}`,
        unit: '/s',
        figure: figureOf(ours),
        bare: { what: 'discord.js alone', figure: figureOf(bare) },
      });
    }
    return rows;
  },
};

/** A member runs commands while ten thousand messages are due. */
export const besidePeople: Measurement = {
  name: 'beside-people',
  async run({ server, isQuick }) {
    const [p50, p99, rate]: [number[], number[], number[]] = [[], [], []];
    const watchMs = isQuick ? 5_000 : 45_000;
    for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
      let guild: SandboxGuild | undefined;
      await inWorld(
        { server, sandbox: DISCORD, plant: (sandbox) => void (guild = plantGuild(sandbox, CHANNELS)) },
        async ({ sandbox, database }) => {
          const planted = guild;
          if (database === null || planted === undefined) throw new Error('this needs PostgreSQL');
          const channels = planted.channels.map(({ id }) => id);
          const arrivals = watchArrivals(sandbox);
          await writeDue(database.db, planted.id, channels, 10_000, new Date());
          while (arrivals.length < 50) await sleep(POLL_MS);
          const samples: number[] = [];
          const end = Date.now() + watchMs;
          while (Date.now() < end) {
            const show = () => planted.owner.runs('/config show', {}, { in: 'channel-0' });
            samples.push(await latencyOf(sandbox, show));
            await sleep(100);
          }
          p50.push(percentile(samples, 0.5));
          p99.push(percentile(samples, 0.99));
          rate.push(rateOf(arrivals));
        },
      );
    }
    const what = '/config show while 10,000 messages are due';
    return [
      { what: `${what}, p50`, unit: 'ms', figure: figureOf(p50), bare: null },
      { what: `${what}, p99`, unit: 'ms', figure: figureOf(p99), bare: null },
      { what: 'deliveries meanwhile', unit: '/s', figure: figureOf(rate), bare: null },
    ];
  },
};
