import type { OccurrenceRow } from './protocol.ts';
import type { Plan, PlannedReminder, What } from './plan.ts';
import type { Step } from './steps.ts';

/** A reminder as the bot took it. */
export interface AddedReminder {
  readonly id: number;
  readonly planned: PlannedReminder;
  readonly channelId: string;
  readonly addedAt: Date;
}

/** A message of the bot in one of the guild's channels. */
export interface SeenDelivery {
  readonly channelId: string;
  readonly messageId: string;
  readonly reminder: number;
  readonly due: Date;
  readonly at: Date;
}

/** A trouble as it came: from when to when it hindered. */
export interface Hindrance {
  readonly what: What;
  readonly from: Date;
  to: Date;
}

/** All that a run leaves behind for the checker. */
export interface History {
  readonly plan: Plan;
  readonly reminders: readonly AddedReminder[];
  readonly deliveries: readonly SeenDelivery[];
  readonly rows: readonly OccurrenceRow[];
  readonly hindrances: readonly Hindrance[];
  /** The steps at which a process was killed or suspended. */
  readonly struck: readonly Step[];
  /** The instant at which the run ended. */
  readonly endedAt: Date;
}
