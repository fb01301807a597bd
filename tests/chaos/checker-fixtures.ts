/** Four days of a daily reminder, as a run leaves them behind, for the tests of the checker. */
import { check } from './checker.ts';
import type { AddedReminder, Hindrance, History, SeenDelivery, SeenNotice, Version } from './history.ts';
import { makePlan, type Plan } from './plan.ts';
import type { MadeReminder, OccurrenceRow } from './protocol.ts';
import type { Schedule } from './schedules.ts';

const START = new Date('2027-03-26T12:00:00Z');
const END = new Date('2027-03-30T12:00:00Z');
export const plan: Plan = {
  ...makePlan(1, 'postgres'),
  zone: 'Europe/Brussels',
  offsetMinutes: 0,
  preAlerts: [],
  start: START,
  end: END,
};
export const version = (schedule: Schedule | null, from = START, certain = from): Version => ({
  schedule,
  readAt: from,
  from,
  certain,
});
export const daily: AddedReminder = {
  id: 1,
  name: 'Daily',
  kind: 'weekly',
  channel: 'one',
  channelId: '10',
  isDirect: false,
  postId: null,
  versions: [version({ kind: 'weekly', time: '02:30', weekdays: [1, 2, 3, 4, 5, 6, 7] })],
};
export const made = (id: number, more: Partial<MadeReminder> = {}): MadeReminder => ({
  id,
  source: 'command',
  originMessageId: null,
  eventTime: null,
  definition: '',
  ...more,
});

/** 02:30 does not exist on the 28th, so it comes at 03:30; afterwards it is summer. */
export const DUES = [
  '2027-03-27T01:30:00Z',
  '2027-03-28T01:30:00Z',
  '2027-03-29T00:30:00Z',
  '2027-03-30T00:30:00Z',
];

export const iso = (instant: string | number): string => new Date(instant).toISOString();
export const afterMs = (due: string, ms: number): Date => new Date(Date.parse(due) + ms);

export function delivery(due: string, lateMs = 20, more: Partial<SeenDelivery> = {}): SeenDelivery {
  const at = afterMs(due, lateMs);
  const instant = new Date(due);
  return { channelId: '10', messageId: `m ${due}`, reminder: 1, due: instant, event: instant, at, ...more };
}

export function row(due: string, more: Partial<OccurrenceRow> = {}): OccurrenceRow {
  return {
    reminder: 1,
    kind: 'event',
    due: iso(due),
    event: iso(due),
    state: 'sent',
    messageId: `m ${due}`,
    error: null,
    settledAt: afterMs(due, 30).toISOString(),
    ...more,
  };
}

export const notice = (due: string, kind: SeenNotice['kind'], text = 'x'): SeenNotice => ({
  kind,
  reminder: 1,
  due: new Date(due),
  text,
  at: afterMs(due, 3_600_000),
});

export function historyOf(more: Partial<History> = {}): History {
  return {
    plan,
    reminders: [daily],
    dones: [],
    snoozes: [],
    acts: [],
    unfollowed: [],
    made: [made(1)],
    deliveries: DUES.map((due) => delivery(due)),
    notices: [],
    rows: DUES.map((due) => row(due)),
    hindrances: [],
    struck: [],
    begunAt: new Date(0),
    endedAt: END,
    ...more,
  };
}

export const problemsOf = (more: Partial<History>) => check(historyOf(more)).problems.join('\n');
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);
export const [first = '', second = '', third = ''] = DUES;
export const rows = DUES.map((due) => row(due));
export const deliveries = DUES.map((due) => delivery(due));
export const outage = (from: string, hours: number): Hindrance => ({
  what: { kind: 'outage', signal: 'SIGKILL', forMs: hours * 3_600_000 },
  from: new Date(from),
  to: afterMs(from, hours * 3_600_000),
});
