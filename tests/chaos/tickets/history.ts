import type { TicketPlan } from './plan.ts';
import type { TicketRows, What } from './protocol.ts';

/** A channel in the category of tickets, as Discord has it. */
export interface SeenChannel {
  readonly id: string;
  /** The number in its topic. */
  readonly ticket: number | null;
  readonly name: string;
  /** Messages with a ticket's buttons. */
  readonly controls: readonly { readonly messageId: string; readonly shows: 'open' | 'closed' }[];
  readonly opener: Access;
  readonly staff: Access;
  readonly stranger: Access;
}

export interface Access {
  readonly sees: boolean;
  readonly writes: boolean;
}

/** What there is at one moment. */
export interface Seen extends TicketRows {
  readonly channels: readonly SeenChannel[];
}

export const LINES = ['closed', 'reopened'] as const;
export const LOGGED = ['opened', 'closed', 'reopened', 'archived'] as const;

/** Something that the bot ever wrote about a ticket. */
export interface Written {
  readonly where: 'ticket' | 'log' | 'direct';
  readonly ticket: number;
  /** Which event it tells of; of a direct message: that it brings the transcript. */
  readonly about: (typeof LOGGED)[number] | 'transcript';
}

/** How it came to be well again. */
export interface Recovery {
  readonly what: What;
  /** Virtual time since a process was there again. */
  readonly ms: number;
  /** Whether Discord failed meanwhile as well. */
  readonly isFaulted: boolean;
  /** What was still wrong when nobody waited any longer. */
  readonly left: readonly string[];
}

/** All that happened in a run. */
export interface TicketHistory {
  readonly plan: TicketPlan;
  /** The member who opens tickets. */
  readonly openerId: string;
  /** Tickets whose channels were ever made. */
  readonly made: readonly number[];
  readonly written: readonly Written[];
  /** What a person was told is done. */
  readonly confirmed: readonly { readonly kind: (typeof LOGGED)[number]; readonly ticket: number }[];
  readonly recoveries: readonly Recovery[];
  /** Where a process died: part of the act, tab, boundary. */
  readonly struck: readonly string[];
  /** How often Discord failed. */
  readonly faults: readonly string[];
  /** Boundaries of acts that nothing disturbed. */
  readonly passed: readonly { readonly what: What; readonly boundaries: number }[];
  readonly end: Seen;
}
