import type { MadeReminder, OccurrenceRow } from './protocol.ts';
import type { Plan, What } from './plan.ts';
import type { Schedule } from './schedules.ts';
import type { Step } from './steps.ts';

/** What a reminder came from, and what a person did to it, for the counts. */
export type Kind = 'weekly' | 'once' | 'rule' | 'post' | 'edited' | 'snoozed';

/** A definition of a reminder, until the next one. */
export interface Version {
  /** Null: there is nothing more of it. */
  readonly schedule: Schedule | null;
  /** The instant as of which words like "every other Monday" count. */
  readonly readAt: Date;
  /** From when on the bot can know of it. */
  readonly from: Date;
  /** From when on it does. */
  certain: Date;
}

/** A reminder as the bot took it. */
export interface AddedReminder {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  /** Of the plan; null for a direct message. */
  readonly channel: string | null;
  readonly channelId: string;
  readonly isDirect: boolean;
  /** The post that it was made from. */
  readonly postId: string | null;
  readonly versions: readonly Version[];
}

/** A message of the bot in one of the guild's channels, or to its owner. */
export interface SeenDelivery {
  readonly channelId: string;
  readonly messageId: string;
  readonly reminder: number;
  readonly due: Date;
  readonly event: Date;
  readonly at: Date;
}

/** What the log channel was told of a message that was not sent. */
export interface SeenNotice {
  readonly kind: 'parked' | 'missed';
  readonly reminder: number;
  /** In whole seconds, as people are shown it. */
  readonly due: Date;
  /** Why, in words. */
  readonly text: string;
  readonly at: Date;
}

/** Somebody said in that time that nothing is left to do for an event. */
export interface DonePress {
  readonly reminder: number;
  readonly event: Date;
  readonly from: Date;
  readonly certain: Date;
}

/** Somebody asked in that time to be told again, an hour later; the bot made this reminder of it. */
export interface SnoozePress {
  readonly reminder: number;
  readonly from: Date;
  readonly certain: Date;
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
  readonly dones: readonly DonePress[];
  readonly snoozes: readonly SnoozePress[];
  /** What people did, for the counts. */
  readonly acts: readonly string[];
  /** Changes of posts that the bot did not follow. */
  readonly unfollowed: readonly string[];
  readonly deliveries: readonly SeenDelivery[];
  readonly notices: readonly SeenNotice[];
  readonly rows: readonly OccurrenceRow[];
  /** The reminders that the database holds at the end. */
  readonly made: readonly MadeReminder[];
  readonly hindrances: readonly Hindrance[];
  /** The steps at which a process was killed or suspended. */
  readonly struck: readonly Step[];
  /** When all reminders were added; what came due before waited for that. */
  readonly begunAt: Date;
  /** The instant at which the run ended. */
  readonly endedAt: Date;
}
