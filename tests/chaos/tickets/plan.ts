import { Random } from '../random.ts';
import type { Backend } from '../plan.ts';
import type { What } from './protocol.ts';

/** How Discord fails a request. */
export const FAULTS = ['500', 'reset', 'timeout after accepting'] as const;
/** Which requests can be struck while something is done. */
const REQUESTS: Readonly<Record<What, readonly string[]>> = {
  open: ['POST /guilds/*/channels', 'POST /channels/*/messages', 'GET /guilds/*/channels'],
  close: ['PATCH /channels/*', 'PATCH /channels/*/messages/*', 'POST /channels/*/messages'],
  reopen: ['PATCH /channels/*', 'PATCH /channels/*/messages/*', 'POST /channels/*/messages'],
  delete: ['PATCH /channels/*/messages/*', 'POST /channels/*/messages', 'DELETE /channels/*'],
};
/** discord.js itself asks four times in all, so that one of these is seen by the bot. */
const MOST_TIMES = 5;
/** About as many as a process passes that finds a ticket half done. */
const RECOVERY_BOUNDARIES = 40;

export interface PlannedAct {
  readonly what: What;
  /** The boundary at which the process dies; null: it lives. */
  readonly nth: number | null;
  /** The same for the process that comes after it. */
  readonly recoveryNth: number | null;
  readonly fault: {
    readonly kind: (typeof FAULTS)[number];
    readonly on: string;
    readonly times: number;
  } | null;
}

export interface TicketPlan {
  readonly seed: number;
  readonly processes: 1 | 2;
  /** Whether the member wants a ticket once more, as soon as somebody is there to hear it. */
  readonly triesAgain: boolean;
  readonly acts: readonly PlannedAct[];
}

/** How many boundaries an act has when nothing disturbs it. */
export type Boundaries = Readonly<Record<What, number>>;

/** Its multiples, without their whole parts, lie evenly however many they are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** What is planned for a seed. Few seeds strike an opening all over, many strike its boundaries equally. */
export function makeTicketPlan(seed: number, backend: Backend, boundaries: Boundaries): TicketPlan {
  const random = new Random(seed);
  const nthOf = (what: What): number | null => {
    if (what === 'open') return 1 + Math.floor(((seed * GOLDEN) % 1) * boundaries.open);
    return random.chance(0.75) ? random.between(1, boundaries[what]) : null;
  };
  const act = (what: What): PlannedAct => ({
    what,
    nth: nthOf(what),
    recoveryNth: random.chance(0.2) ? random.between(1, RECOVERY_BOUNDARIES) : null,
    fault: random.chance(0.25)
      ? {
          kind: random.pick(FAULTS),
          on: random.pick(REQUESTS[what]),
          times: random.between(1, MOST_TIMES),
        }
      : null,
  });
  const acts = [act('open'), act('close')];
  if (random.chance(0.4)) acts.push(act('reopen'), act('close'));
  if (random.chance(0.4)) acts.push(act('delete'));
  return {
    seed,
    processes: backend === 'postgres' && random.chance(0.5) ? 2 : 1,
    triesAgain: random.chance(1 / 3),
    acts,
  };
}

const calm = (what: What): PlannedAct => ({ what, nth: null, recoveryNth: null, fault: null });

/** All acts, and nothing goes wrong: for counting their boundaries. */
export const undisturbed: TicketPlan = {
  seed: 0,
  processes: 1,
  triesAgain: false,
  acts: [calm('open'), calm('close'), calm('reopen'), calm('close'), calm('delete')],
};
