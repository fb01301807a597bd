/** `npm run chaos -- --seed N --runs N`: plays that many runs and says whether each message came exactly once. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBot } from './bundle.ts';
import { check, type Verdict } from './checker.ts';
import type { History } from './history.ts';
import { makePlan, type Backend } from './plan.ts';
import { play } from './run.ts';
import { openStage } from './stage.ts';
import { Summary } from './summary.ts';

const USAGE = `npm run chaos -- [--seed N] [--runs N] [--database postgres|embedded] [--parallel N] [--bail]

  --seed      of the first run; the next ones follow (1)
  --runs      how many (20)
  --database  what the bots stand on (postgres)
  --parallel  runs at a time (2)
  --bail      stop after the first run that is not clean`;

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly backend: Backend;
  readonly parallel: number;
  readonly bail: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '20' },
      database: { type: 'string', default: 'postgres' },
      parallel: { type: 'string', default: '2' },
      bail: { type: 'boolean', default: false },
    },
  });
  const [seed, runs, parallel] = [values.seed, values.runs, values.parallel].map(Number);
  const isWhole = [seed, runs, parallel].every((value) => Number.isSafeInteger(value) && Number(value) >= 0);
  if (!isWhole || (values.database !== 'postgres' && values.database !== 'embedded')) throw new Error(USAGE);
  return {
    seed: seed ?? 1,
    runs: runs ?? 1,
    parallel: Math.max(1, parallel ?? 1),
    backend: values.database,
    bail: values.bail,
  };
}

async function playOne(
  seed: number,
  backend: Backend,
  folder: string,
  program: string,
  stage: Awaited<ReturnType<typeof openStage>>,
) {
  const plan = makePlan(seed, backend);
  const runFolder = path.join(folder, `run-${seed}`);
  try {
    const history = await play(plan, stage, program, runFolder);
    return { plan, history, verdict: check(history) };
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { plan, history: null, verdict: failed(`${problem}\n  logs: ${runFolder}`) };
  }
}

function failed(problem: string): Verdict {
  const counts = {
    promised: 0,
    delivered: 0,
    late: 0,
    parked: 0,
    missed: 0,
    skipped: 0,
    replaced: 0,
    done: 0,
  };
  return { problems: [problem], ...counts, kinds: {} };
}

async function main(): Promise<number> {
  const { seed: first, runs, backend, parallel, bail } = readOptions();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-chaos-'));
  await chmod(folder, 0o711);
  const program = await bundleBot(path.join(folder, 'bot'));
  const summary = new Summary();
  const begun = performance.now();
  let next = first;
  const work = async (): Promise<void> => {
    const stage = await openStage(backend, await mkdtemp(path.join(folder, 'stage-')));
    while (next < first + runs) {
      if (bail && summary.dirty > 0) break;
      const seed = next;
      next += 1;
      const { plan, history, verdict } = await playOne(seed, backend, folder, program, stage);
      summary.add(plan, history, verdict);
      if (verdict.problems.length === 0) {
        await rm(path.join(folder, `run-${seed}`), { recursive: true, force: true });
        continue;
      }
      console.log(`\nseed ${seed}: ${verdict.problems.join('\n  ')}`);
      if (history !== null) await keep(history, path.join(folder, `run-${seed}`, 'history.json'));
    }
    await stage.close();
  };
  await Promise.all(Array.from({ length: parallel }, work));
  console.log(summary.text({ backend, first, seconds: (performance.now() - begun) / 1000 }));
  if (summary.dirty > 0) return 1;
  await rm(folder, { recursive: true, force: true });
  return 0;
}

async function keep(history: History, file: string): Promise<void> {
  await writeFile(file, JSON.stringify(history, null, 1));
  console.log(`  all of it: ${file}`);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
