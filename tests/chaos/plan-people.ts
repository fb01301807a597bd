import { CHANNELS, dateOf, TIMES, WEEKDAYS, type Plan, type PlannedReminder, type Trouble } from './plan.ts';
import type { Random } from './random.ts';
import type { Rule } from './schedules.ts';

type Planned = PlannedReminder['schedule'];

/** What a person does within a run, as soon as it can be done from an instant on. `reminder` is its place in the plan. */
export type Act = { readonly reminder: number; readonly at: Date } & (
  | { readonly kind: 'edit'; readonly to: Planned }
  /** To `to`; null deletes the post. `whileDown`: when no process runs. */
  | { readonly kind: 'post'; readonly to: Planned | null; readonly whileDown: boolean }
  /** Again in an hour, of a message that came. */
  | { readonly kind: 'snooze' }
  /** Of an announcement. */
  | { readonly kind: 'done' }
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DAY_MINUTES = 1440;

const PRE_ALERTS = [[DAY_MINUTES, 30], [120], [60, 10], [2 * DAY_MINUTES, 15], [90, 30, 5]] as const;

interface Frame {
  readonly start: Date;
  readonly end: Date;
  readonly offsetMinutes: number;
  readonly added: readonly PlannedReminder[];
}

type People = Pick<Plan, 'preAlerts' | 'announcements' | 'reminders' | 'acts'> & {
  /** In which posts are changed. */
  readonly outages: readonly Trouble[];
};

/** Plans the newer kinds of reminders, and what people do to reminders. */
export function planPeople(random: Random, frame: Frame): People {
  const preAlerts = random.chance(1 / 3) ? random.pick(PRE_ALERTS) : [];
  const announcements = random.pick(CHANNELS);
  const added = frame.added.map((one) =>
    one.schedule.kind === 'weekly' && random.chance(0.45)
      ? { ...one, schedule: { kind: 'rule' as const, time: one.schedule.time, rule: planRule(random) } }
      : one,
  );
  const posts = Array.from({ length: random.between(1, 3) }, (_, index) =>
    planPost(random, `Meetup ${index + 1}`, announcements, frame),
  );
  const reminders = [...added, ...posts];
  const acts: Act[] = [];
  const outages: Trouble[] = [];
  for (const [index, { by, schedule }] of reminders.entries()) {
    if (by === 'command' || random.chance(0.5)) continue;
    const whileDown = random.chance(0.5);
    const at = within(random, frame, 1, schedule.kind === 'once' ? 3 : 9);
    const to = random.chance(0.35) ? null : replan(random, schedule, frame);
    acts.push({ kind: 'post', reminder: index, at, to, whileDown });
    if (whileDown)
      outages.push({
        kind: 'outage',
        signal: random.pick(['SIGKILL', 'SIGTERM']),
        forMs: random.pick([HOUR_MS, 5 * HOUR_MS, 30 * HOUR_MS]),
        at,
      });
  }
  const hasAdvance = frame.offsetMinutes > 0 || preAlerts.length > 0;
  for (const [index, { by, schedule }] of added.entries()) {
    const at = within(random, frame, 1, 9);
    if (by === 'command' && random.chance(0.3))
      acts.push({ kind: 'edit', reminder: index, at, to: replan(random, schedule, frame) });
    else if (hasAdvance && random.chance(schedule.kind === 'once' || preAlerts.length > 0 ? 0.5 : 0))
      acts.push({ kind: 'done', reminder: index, at: frame.start });
    else if (random.chance(0.3)) acts.push({ kind: 'snooze', reminder: index, at });
  }
  return { preAlerts, announcements, reminders, acts, outages };
}

/** An instant, not on a whole minute, so many days after the start. */
function within(random: Random, { start }: Frame, least: number, most: number): Date {
  const days = least + random.next() * (most - least);
  return new Date(Math.floor((start.getTime() + days * DAY_MS) / MINUTE_MS) * MINUTE_MS + 17_000);
}

function planRule(random: Random): Rule {
  const weekday = random.between(1, 7);
  if (random.chance(0.5)) return { every: 'other week', weekday };
  if (random.chance(0.3)) return { every: 'month', day: random.between(4, 20) };
  return { every: 'month', nth: random.pick([1, 2, 3, 4, -1]), weekday };
}

function planPost(random: Random, name: string, channel: string, frame: Frame): PlannedReminder {
  const schedule = planSchedule(random, frame, random.chance(0.6) ? 'once' : 'again');
  return { name, by: 'post', channel, schedule };
}

function planSchedule(random: Random, { start }: Frame, how: 'once' | 'again'): Planned {
  const time = random.pick(TIMES);
  if (how === 'once') {
    const date = dateOf(new Date(start.getTime() + random.between(5, 12) * DAY_MS));
    return { kind: 'once', time, date };
  }
  return random.chance(0.5)
    ? { kind: 'weekly', time, weekdays: random.pick(WEEKDAYS) }
    : { kind: 'rule', time, rule: planRule(random) };
}

/** Another definition: of a one-off another date, of what recurs another time or other days; sometimes one in place of the other. */
function replan(random: Random, before: Planned, frame: Frame): Planned {
  for (;;) {
    const how = random.chance(0.2) !== (before.kind === 'once') ? 'once' : 'again';
    const next = planSchedule(random, frame, how);
    if (next.time !== before.time) return next;
  }
}
