import type { Weekday } from '#lib/time/calendar';
import type { Spot } from './moments.ts';
import type { Silence } from './read.ts';

interface Base {
  readonly instant: Date;
  /** `HH:MM` in the server's zone. */
  readonly time: string;
  readonly evidence: readonly string[];
  readonly spots: readonly Spot[];
  /** Among those of its kind, as the post has them. */
  readonly order: number;
}

interface FoundOneOff extends Base {
  readonly kind: 'one-off';
}

interface FoundRecurring extends Base {
  readonly kind: 'recurring';
  readonly rrule: string;
  readonly days: readonly Weekday[] | null;
  readonly from: string | null;
  readonly until: string | null;
}

/** A day and a time that belong together, before anything is said of how likely they are an event. */
export type Found = FoundOneOff | FoundRecurring;

interface Judged {
  /** 0 to 1. */
  readonly confidence: number;
  /** Why it is not sure, where there is one reason. */
  readonly doubt: Silence | undefined;
  /** Of several, the one with the most is what the post is about. */
  readonly weight: number;
}

export type OneOffCandidate = FoundOneOff & Judged;
export type RecurringCandidate = FoundRecurring & Judged;
/** What a post may announce. */
export type Candidate = OneOffCandidate | RecurringCandidate;

/** What became of a moment: something that may be announced, or why it is nothing. */
export type Finding =
  | {
      readonly found: Found;
      /** Before what the words around it say. */
      readonly confidence: number;
      readonly weight: number;
    }
  | { readonly found: null; readonly reason: Silence; readonly evidence: readonly string[] };
