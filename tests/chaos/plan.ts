import { planPeople, type Act } from './plan-people.ts';
import { Random } from './random.ts';
import type { Schedule } from './schedules.ts';
import { STEPS, type Step } from './steps.ts';

export type Backend = 'postgres' | 'embedded';

/** As somebody would add it. */
export interface PlannedReminder {
  readonly name: string;
  readonly schedule: Exclude<Schedule, { kind: 'moment' }>;
  /** With `/add_reminder`, or by a post in the announcements channel, which is the channel then. */
  readonly by: 'command' | 'post';
  readonly channel: string;
}

export const DISCORD_ANSWERS = [
  '500',
  '429',
  '429 for all routes',
  '403',
  '404',
  'timeout',
  'timeout after accepting',
] as const;
export type DiscordAnswer = (typeof DISCORD_ANSWERS)[number];

export type What =
  | {
      readonly kind: 'kill';
      readonly step: Step;
      readonly nth: number;
      readonly backAfterMs: number;
      /** Whoever reaches the step, each process once; otherwise one of them. */
      readonly everywhere: boolean;
    }
  | { readonly kind: 'suspend'; readonly step: Step; readonly nth: number; readonly forMs: number }
  | { readonly kind: 'outage'; readonly signal: 'SIGKILL' | 'SIGTERM'; readonly forMs: number }
  | { readonly kind: 'database restart' }
  | { readonly kind: 'connections cut' }
  | { readonly kind: 'discord'; readonly answer: DiscordAnswer; readonly times: number }
  | { readonly kind: 'gateway'; readonly how: 'close' | 'invalid session' | 'reconnect' }
  | { readonly kind: 'guild unavailable'; readonly forMs: number }
  | { readonly kind: 'permission'; readonly channel: string; readonly deny: string; readonly forMs: number }
  | { readonly kind: 'channel deleted'; readonly channel: string };

export type Trouble = What & { readonly at: Date };

/** All that happens in a run. It follows from the seed, the backend and the number of processes. */
export interface Plan {
  readonly seed: number;
  readonly backend: Backend;
  readonly processes: number;
  /** IANA name of the guild's zone; its clocks change within the run. */
  readonly zone: string;
  readonly offsetMinutes: number;
  /** `reminders.pre_alerts`, in minutes. */
  readonly preAlerts: readonly number[];
  /** The channel whose posts become reminders. */
  readonly announcements: string;
  readonly start: Date;
  readonly end: Date;
  readonly reminders: readonly PlannedReminder[];
  readonly troubles: readonly Trouble[];
  readonly acts: readonly Act[];
}

export const CHANNELS = ['one', 'two', 'three'] as const;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When clocks change in 2027: an hour in the north, half an hour on Lord Howe, at midnight in Beirut and Santiago. */
const CHANGES: readonly (readonly [zone: string, utc: string])[] = [
  ['Europe/Brussels', '2027-03-28T01:00:00Z'],
  ['Europe/Brussels', '2027-10-31T01:00:00Z'],
  ['America/New_York', '2027-03-14T07:00:00Z'],
  ['America/New_York', '2027-11-07T06:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00Z'],
  ['Australia/Lord_Howe', '2027-10-02T15:30:00Z'],
  ['Asia/Beirut', '2027-03-27T22:00:00Z'],
  ['America/Santiago', '2027-09-05T04:00:00Z'],
];

export const TIMES = [
  '00:00',
  '00:30',
  '01:45',
  '02:00',
  '02:30',
  '03:00',
  '09:00',
  '12:00',
  '20:00',
  '20:00',
  '23:59',
];
export const WEEKDAYS = [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [6, 7], [2, 4], [7]] as const;

export function makePlan(seed: number, backend: Backend): Plan {
  const random = new Random(seed);
  const [zone, change] = random.pick(CHANGES);
  const start = new Date(
    Date.parse(change) - random.between(2, 9) * DAY_MS + random.between(1, 1000) * 37_000,
  );
  const end = new Date(start.getTime() + random.between(14, 18) * DAY_MS);
  const processes = backend === 'embedded' ? 1 : random.between(1, 3);
  const offsetMinutes = random.pick([0, 5, 60, 60, 150, 1440]);
  const added = Array.from({ length: random.between(5, 8) }, (_, index) =>
    planReminder(random, index, start, end),
  );
  const troubles = planTroubles(random, backend, start, end);
  // Numbers of its own, so that what people do changes nothing of the troubles.
  const people = planPeople(new Random(~seed), { start, end, offsetMinutes, added });
  return {
    seed,
    backend,
    processes,
    zone,
    offsetMinutes,
    start,
    end,
    ...people,
    troubles: [...troubles, ...people.outages].sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

function planReminder(random: Random, index: number, start: Date, end: Date): PlannedReminder {
  const isOneOff = random.chance(0.35);
  // Two days on at least, so that it is ahead in every zone.
  const day = new Date(start.getTime() + random.between(2, 12) * DAY_MS);
  const time = random.pick(TIMES);
  return {
    name: `Reminder ${index + 1}`,
    by: 'command',
    schedule: isOneOff
      ? { kind: 'once', time, date: dateOf(day < end ? day : start) }
      : { kind: 'weekly', time, weekdays: random.pick(WEEKDAYS) },
    channel: random.pick(CHANNELS),
  };
}

export function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function planTroubles(random: Random, backend: Backend, start: Date, end: Date): Trouble[] {
  const troubles: Trouble[] = [];
  const count = random.between(4, 9);
  // The last days are quiet, so that what is retried has time.
  const lastMs = (end.getTime() - start.getTime()) * 0.8;
  for (let index = 0; index < count; index += 1) {
    const at = new Date(start.getTime() + random.next() * lastMs);
    for (const what of planWhat(random, backend)) troubles.push({ at, ...what });
  }
  return troubles.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const AWAY_MS = [0, 0, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 5 * HOUR_MS, 30 * HOUR_MS];

function planWhat(random: Random, backend: Backend): What[] {
  const kinds = ['kill', 'kill', 'kill', 'discord', 'discord', 'outage', 'gateway', 'permission', 'guild'];
  if (backend === 'postgres') kinds.push('suspend', 'suspend', 'restart', 'cut', 'channel');
  switch (random.pick(kinds)) {
    case 'kill':
      return planKill(random);
    case 'suspend':
      return planSuspension(random);
    case 'discord':
      return [planDiscord(random)];
    case 'outage':
      return [{ kind: 'outage', signal: random.pick(['SIGKILL', 'SIGTERM']), forMs: random.pick(AWAY_MS) }];
    case 'gateway':
      return [{ kind: 'gateway', how: random.pick(['close', 'close', 'reconnect', 'invalid session']) }];
    case 'permission':
      return [
        {
          kind: 'permission',
          channel: random.pick(CHANNELS),
          deny: random.pick(['SendMessages', 'ViewChannel', 'EmbedLinks']),
          forMs: random.between(1, 40) * HOUR_MS,
        },
      ];
    case 'guild':
      return [{ kind: 'guild unavailable', forMs: random.between(1, 300) * MINUTE_MS }];
    case 'restart':
      return [{ kind: 'database restart' }];
    case 'cut':
      return [{ kind: 'connections cut' }];
    default:
      return random.chance(0.3) ? [{ kind: 'channel deleted', channel: random.pick(CHANNELS) }] : [];
  }
}

function planDiscord(random: Random): What {
  return { kind: 'discord', answer: random.pick(DISCORD_ANSWERS), times: random.between(1, 9) };
}

/** Some steps are reached only after another trouble. */
function planKill(random: Random): What[] {
  const step = random.pick(STEPS);
  const backAfterMs = random.pick(AWAY_MS);
  const everywhere = step.startsWith('look-up') || random.chance(0.2);
  const nth = everywhere ? 1 : random.pick([1, 1, 2, 3]);
  return [...provoke(random, step), { kind: 'kill', step, nth, backAfterMs, everywhere }];
}

/**
 * Suspended just before the request leaves, for longer than Discord remembers its nonce, a process may send what another
 * one has sent: the one window that is left (docs/reliability.md). There it sleeps for less.
 */
function planSuspension(random: Random): What[] {
  const step = random.pick(STEPS);
  const isInWindow = step === 'send: about to be sent' || step === 'send: on its way';
  const forMs = isInWindow
    ? random.between(10, 150) * 1_000
    : random.pick([30_000, 90_000, ...AWAY_MS.slice(2)]);
  return [...provoke(random, step), { kind: 'suspend', step, nth: random.pick([1, 1, 2]), forMs }];
}

function provoke(random: Random, step: Step): What[] {
  if (step.startsWith('look-up'))
    return [
      {
        kind: 'kill',
        step: random.pick(['claim: committed', 'send: on its way', 'settle: about to begin'] as const),
        nth: 1,
        backAfterMs: random.pick([5 * MINUTE_MS, HOUR_MS]),
        everywhere: true,
      },
    ];
  if (step.startsWith('put off')) return [{ kind: 'discord', answer: '500', times: 8 }];
  return [];
}
