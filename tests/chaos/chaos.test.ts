import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePostgres, onPostgres } from '../setup/database.ts';
import { bundleBot } from './bundle.ts';
import { check } from './checker.ts';
import { makePlan, type Backend, type Plan, type PlannedReminder, type What } from './plan.ts';
import { play } from './run.ts';
import { openStage, type Stage } from './stage.ts';

// A few of the runs of `npm run chaos`; docs/reliability.md has what a thousand came to.
const backend: Backend = onPostgres ? 'postgres' : 'embedded';
const SEEDS = onPostgres ? [31, 49] : [31];
const RUN_TIMEOUT_MS = 240_000;

/** Whether a process is suspended is read from /proc. */
const onLinux = process.platform === 'linux';
const reason = onLinux ? '' : ' [needs Linux]';

let folder: string;
let stage: Stage;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-chaos-'));
  await chmod(folder, 0o711);
  program = await bundleBot(path.join(folder, 'bot'));
  stage = await openStage(backend, path.join(folder, 'stage'));
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

describe.runIf(onLinux)(`whatever happens${reason}`, () => {
  test.each(SEEDS)(
    `each message comes exactly once (${backend}, seed %i)`,
    async (seed) => {
      const history = await play(makePlan(seed, backend), stage, program, path.join(folder, `run-${seed}`));
      const verdict = check(history);
      expect(verdict.problems).toEqual([]);
      expect(verdict.delivered).toBeGreaterThan(0);
      expect(history.hindrances.length).toBeGreaterThan(0);
    },
    RUN_TIMEOUT_MS,
  );
});

/** Four days of one daily reminder at each of some hours, and some trouble from the first hour on. */
function planOf(name: string, processes: number, hours: readonly number[], troubles: readonly What[]): Plan {
  const start = new Date('2027-01-04T12:00:30Z');
  const reminders = hours.map((hour): PlannedReminder => ({
    name: `At ${hour}`,
    schedule: {
      kind: 'weekly',
      time: `${String(hour).padStart(2, '0')}:00`,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
    },
    by: 'command',
    channel: 'one',
  }));
  return {
    ...makePlan(name.length, backend),
    processes,
    zone: 'Europe/Brussels',
    offsetMinutes: 0,
    start,
    end: new Date('2027-01-08T12:00:00Z'),
    preAlerts: [],
    reminders,
    acts: [],
    troubles: troubles.map((what) => ({ at: new Date('2027-01-04T13:30:00Z'), ...what })),
  };
}

const HOURS = [1, 4, 7, 10, 15, 18, 21, 23];
const MINUTES_MS = 60_000;

// What no bot can close without Discord's help, as docs/reliability.md says. If one of these fails, a window has closed.
describe.runIf(onLinux)(`what is left${reason}`, () => {
  const problemsOf = async (name: string, plan: Plan): Promise<readonly string[]> =>
    check(await play(plan, stage, program, path.join(folder, `run-${name}`))).problems;

  test(
    'where the bot may not read the history, a message of unknown outcome goes out again',
    async () => {
      const problems = await problemsOf(
        'blind',
        planOf(
          'blind',
          1,
          [15],
          [
            { kind: 'permission', channel: 'one', deny: 'ReadMessageHistory', forMs: 100 * 60 * MINUTES_MS },
            {
              kind: 'kill',
              step: 'send: on its way',
              nth: 1,
              backAfterMs: 10 * MINUTES_MS,
              everywhere: true,
            },
          ],
        ),
      );
      expect(problems).toEqual([expect.stringContaining('sent 2 times')]);
    },
    RUN_TIMEOUT_MS,
  );

  describePostgres('with two processes', () => {
    test(
      'one that sleeps for minutes between its last look at the lease and its request sends again',
      async () => {
        const problems = await problemsOf(
          'asleep',
          planOf('asleep', 2, HOURS, [
            { kind: 'suspend', step: 'send: about to be sent', nth: 1, forMs: 10 * MINUTES_MS },
          ]),
        );
        expect(problems).toEqual([expect.stringContaining('sent 2 times')]);
      },
      RUN_TIMEOUT_MS,
    );
  });
});
