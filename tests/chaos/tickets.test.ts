import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onPostgres } from '../setup/database.ts';
import { bundleBot } from './bundle.ts';
import type { Backend } from './plan.ts';
import { openStage, type Stage } from './stage.ts';
import { check } from './tickets/checker.ts';
import type { TicketPlan } from './tickets/plan.ts';
import { playTickets } from './tickets/run.ts';

// What `npm run chaos:tickets` plays hundreds of, with the boundaries of which most depends; docs/tickets.md has what came of them.
const backend: Backend = onPostgres ? 'postgres' : 'embedded';
const RUN_TIMEOUT_MS = 240_000;

const onLinux = process.platform === 'linux';
const reason = onLinux ? '' : ' [needs Linux]';

let folder: string;
let stage: Stage;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'alphapy-chaos-tickets-'));
  await chmod(folder, 0o711);
  program = await bundleBot(path.join(folder, 'bot'), 'tickets/ticket-program');
  stage = await openStage(backend, path.join(folder, 'stage'));
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

/** A ticket is opened and closed, and whoever does it dies at these boundaries. */
function planOf(open: number, close: number): TicketPlan {
  const calm = { recoveryNth: null, fault: null };
  return {
    seed: open,
    processes: 1,
    triesAgain: true,
    acts: [
      { what: 'open', nth: open, ...calm },
      { what: 'close', nth: close, ...calm },
    ],
  };
}

describe.runIf(onLinux)(`wherever the process dies${reason}`, () => {
  test.each([[27, 30]])(
    `a ticket is whole (${backend}, boundaries %i and %i)`,
    async (open, close) => {
      const history = await playTickets(
        planOf(open, close),
        stage,
        program,
        path.join(folder, `run-${open}-${close}`),
      );
      expect(check(history)).toEqual([]);
      expect(history.struck).toHaveLength(2);
      expect(history.end.tickets).toHaveLength(1);
    },
    RUN_TIMEOUT_MS,
  );
});
