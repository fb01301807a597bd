/** `npm run chaos:tickets -- --seed N --runs N`: plays that many runs and says whether each ticket stayed whole. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBot } from '../bundle.ts';
import type { Backend } from '../plan.ts';
import { openStage, type Stage } from '../stage.ts';
import { check } from './checker.ts';
import type { TicketHistory } from './history.ts';
import { makeTicketPlan, undisturbed, type Boundaries } from './plan.ts';
import { playTickets } from './run.ts';
import { TicketSummary } from './summary.ts';

const USAGE = `npm run chaos:tickets -- [--seed N] [--runs N] [--database postgres|embedded] [--parallel N]

  --seed      of the first run; the next ones follow (1)
  --runs      how many (20)
  --database  what the bots stand on (postgres)
  --parallel  runs at a time (2)`;

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly backend: Backend;
  readonly parallel: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '20' },
      database: { type: 'string', default: 'postgres' },
      parallel: { type: 'string', default: '2' },
    },
  });
  const [seed = 1, runs = 1, parallel = 1] = [values.seed, values.runs, values.parallel].map(Number);
  const isWhole = [seed, runs, parallel].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!isWhole || (values.database !== 'postgres' && values.database !== 'embedded')) throw new Error(USAGE);
  return { seed, runs, parallel: Math.max(1, parallel), backend: values.database };
}

/** How many boundaries each act has when nothing disturbs it. */
async function measure(stage: Stage, program: string, folder: string): Promise<Boundaries> {
  const { passed } = await playTickets(undisturbed, stage, program, path.join(folder, 'undisturbed'));
  const of = (what: string): number => passed.find((one) => one.what === what)?.boundaries ?? 1;
  return { open: of('open'), close: of('close'), reopen: of('reopen'), delete: of('delete') };
}

async function main(): Promise<number> {
  const { seed: first, runs, backend, parallel } = readOptions();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-chaos-tickets-'));
  await chmod(folder, 0o711);
  const program = await bundleBot(path.join(folder, 'bot'), 'tickets/ticket-program');
  const summary = new TicketSummary();
  const begun = performance.now();
  let next = first;
  let measuring: Promise<Boundaries> | undefined;
  const work = async (): Promise<void> => {
    const stage = await openStage(backend, await mkdtemp(path.join(folder, 'stage-')));
    try {
      measuring ??= measure(stage, program, folder);
      const boundaries = await measuring;
      while (next < first + runs) {
        const seed = next;
        next += 1;
        const plan = makeTicketPlan(seed, backend, boundaries);
        const runFolder = path.join(folder, `run-${seed}`);
        let history: TicketHistory | null = null;
        let problems: string[];
        try {
          history = await playTickets(plan, stage, program, runFolder);
          problems = check(history);
        } catch (error) {
          problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
        }
        summary.add(plan, history, problems);
        if (problems.length === 0) {
          await rm(runFolder, { recursive: true, force: true });
          continue;
        }
        const all = path.join(runFolder, 'history.json');
        await writeFile(all, JSON.stringify(history ?? plan, null, 1));
        console.log(`\nseed ${seed}: ${problems.join('\n  ')}\n  all of it: ${all}`);
      }
    } finally {
      await stage.close();
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  console.log(`\nboundaries of undisturbed acts: ${JSON.stringify(await measuring)}`);
  console.log(summary.text({ backend, first, seconds: (performance.now() - begun) / 1000 }));
  if (summary.dirty > 0) return 1;
  await rm(folder, { recursive: true, force: true });
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
