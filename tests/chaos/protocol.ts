import type { Start, Started } from './child-program.ts';
import type { Trap } from './steps.ts';

/** What a run tells one of its bots. Instants are ISO text. */
export type ToBot =
  | Start
  | { readonly kind: 'arm'; readonly trap: Trap | null }
  /** The clock was moved: do what became due, until it is done. */
  | { readonly kind: 'sweep' }
  /** What the database says of what is due; see {@link Dues}. */
  | { readonly kind: 'look' }
  /** Give all the rows that the checker wants. */
  | { readonly kind: 'rows' }
  /** Which reminders there are. */
  | { readonly kind: 'reminders' };

/** Questions carry a number, for a process that was suspended answers what it was asked before. */
export type Numbered<T> = T & { readonly number: number };

export type FromBot =
  | Started
  | { readonly kind: 'swept' }
  | ({ readonly kind: 'dues' } & Dues)
  | { readonly kind: 'rows'; readonly rows: readonly OccurrenceRow[] }
  | { readonly kind: 'reminders'; readonly reminders: readonly MadeReminder[] };

export interface Dues {
  /** How many messages are due already, or with a process whose lease has run out. */
  readonly overdue: number;
  /** When something is next due, or a lease runs out; null when nothing is owed. */
  readonly next: string | null;
}

/** A row of reminder_occurrences; instants as ISO text. */
export interface OccurrenceRow {
  readonly reminder: number;
  readonly kind: string;
  readonly due: string;
  readonly event: string;
  readonly state: string;
  readonly messageId: string | null;
  readonly error: string | null;
  readonly settledAt: string | null;
}

/** A row of reminders. */
export interface MadeReminder {
  readonly id: number;
  /** From a command, a post or snoozing. */
  readonly source: string;
  /** The message that it came from. */
  readonly originMessageId: string | null;
  /** The instant of a one-off, as ISO text. */
  readonly eventTime: string | null;
  /** Another text for another definition. */
  readonly definition: string;
}
