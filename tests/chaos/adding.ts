import { setTimeout as sleep } from 'node:timers/promises';
import type { AddedReminder, Version } from './history.ts';
import type { PlannedReminder } from './plan.ts';
import type { Stageplay } from './run.ts';
import { announced, daysOption, durations, inWords, type Schedule } from './schedules.ts';

const MINUTE_MS = 60_000;
/** Real time: how long a post takes to become a reminder, on a busy machine too. */
const FOLLOW_TRIES = 400;
const FOLLOW_POLL_MS = 25;

/** A reminder of the run, whose definition may change yet. */
export type RunReminder = Omit<AddedReminder, 'versions'> & { readonly versions: Version[] };

/** A definition that holds from an instant on. */
export function versionFrom(schedule: Schedule | null, from: Date, certain = from, readAt = from): Version {
  return { schedule, readAt, from, certain };
}

/** Sets the guild up and adds the reminders of the plan, before the troubles begin. */
export async function addReminders(play: Stageplay): Promise<RunReminder[]> {
  const { plan, guild } = play;
  const set = async (setting: string, value: string): Promise<void> => {
    const reply = await guild.owner.runs('/config set', { setting, value }, { in: 'log' });
    if (reply.failed !== null) throw new Error(`${setting} could not be set: ${reply.failed}`);
  };
  await set('system.timezone', plan.zone);
  await set('reminders.offset_minutes', String(plan.offsetMinutes));
  if (plan.preAlerts.length > 0) await set('reminders.pre_alerts', durations(plan.preAlerts));
  await set('system.log_channel_id', 'log');
  await set('embedwatcher.announcements_channel_id', plan.announcements);
  const added: RunReminder[] = [];
  for (const planned of plan.reminders)
    added.push(planned.by === 'post' ? await post(play, planned) : await add(play, planned));
  return added;
}

async function add({ clock, guild }: Stageplay, planned: PlannedReminder): Promise<RunReminder> {
  const { name, schedule, channel } = planned;
  // A member may add five a minute, and each process that takes a command up late counts it in its own minute.
  clock.moveTo(new Date(clock.now().getTime() + MINUTE_MS));
  const addedAt = clock.now();
  const reply = await guild.owner.runs(
    '/add_reminder',
    { name, channel, ...optionsOf(schedule) },
    { in: 'log' },
  );
  const id = Number(/#(\d+)/.exec(reply.text)?.[1]);
  if (!Number.isInteger(id)) throw new Error(`${name} could not be added: ${reply.text}`);
  return begun(planned, id, guild.channel(channel).id, addedAt, null);
}

function optionsOf(schedule: PlannedReminder['schedule']): Record<string, string> {
  const { time } = schedule;
  switch (schedule.kind) {
    case 'once':
      return { time, date: schedule.date };
    case 'weekly':
      return { time, days: daysOption(schedule.weekdays) };
    case 'rule':
      return { time: inWords(schedule) };
  }
}

async function post(play: Stageplay, planned: PlannedReminder): Promise<RunReminder> {
  const { clock, guild, crew } = play;
  const { name, schedule, channel } = planned;
  const addedAt = clock.now();
  const { id: postId } = guild.owner.writes(channel, announced(name, schedule));
  for (let tries = 1; tries <= FOLLOW_TRIES; tries += 1) {
    await sleep(FOLLOW_POLL_MS);
    const made = (await crew.reminders())?.filter(({ originMessageId }) => originMessageId === postId);
    const [first] = made ?? [];
    if (first !== undefined) return begun(planned, first.id, guild.channel(channel).id, addedAt, postId);
  }
  throw new Error(`${name} was posted and did not become a reminder`);
}

function begun(
  { name, schedule, channel, by }: PlannedReminder,
  id: number,
  channelId: string,
  addedAt: Date,
  postId: string | null,
): RunReminder {
  const kind = by === 'post' ? 'post' : schedule.kind;
  return {
    id,
    name,
    kind,
    channel,
    channelId,
    isDirect: false,
    postId,
    versions: [versionFrom(schedule, addedAt)],
  };
}

/** Waits in real time until something holds. @returns whether it did. */
export async function waitsUntil(
  holds: () => boolean | Promise<boolean>,
  tries = FOLLOW_TRIES,
): Promise<boolean> {
  for (let tried = 1; tried <= tries; tried += 1) {
    if (await holds()) return true;
    await sleep(FOLLOW_POLL_MS);
  }
  return false;
}
