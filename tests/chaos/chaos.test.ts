import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onPostgres } from '../setup/database.ts';
import { check } from './checker.ts';
import { makePlan, type Backend } from './plan.ts';
import { play } from './run.ts';
import { openStage, type Stage } from './stage.ts';

// A few of the runs of `npm run chaos`; docs/reliability.md has what a thousand came to.
const backend: Backend = onPostgres ? 'postgres' : 'embedded';
const SEEDS = onPostgres ? [3, 5, 39] : [2, 7];
const RUN_TIMEOUT_MS = 120_000;

let folder: string;
let stage: Stage;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-chaos-'));
  await chmod(folder, 0o711);
  stage = await openStage(backend, path.join(folder, 'stage'));
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(SEEDS)(
  `each message comes exactly once, whatever happens (${backend}, seed %i)`,
  async (seed) => {
    const history = await play(makePlan(seed, backend), stage, path.join(folder, `run-${seed}`));
    const verdict = check(history);
    expect(verdict.problems).toEqual([]);
    expect(verdict.delivered).toBeGreaterThan(0);
    expect(history.hindrances.length).toBeGreaterThan(0);
  },
  RUN_TIMEOUT_MS,
);
