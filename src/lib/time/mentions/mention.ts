import type { Weekday } from '../calendar.ts';
import type { PartOfDay } from './vocabulary.ts';

/** Where in the tokens something was found: from the first to behind the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time of day. */
export interface ClockMention extends Span {
  readonly kind: 'clock';
  /** As written, 0–24. */
  readonly hour: number;
  readonly minute: number;
  /**
   * How sure the half of the day is: `exact` for 24 hours with minutes, am and pm, and what words say; `bare` for an hour alone, as in "at
   * 8"; `spoken` for "half acht".
   */
  readonly precision: 'exact' | 'bare' | 'spoken';
  readonly half: 'am' | 'pm' | 'midnight' | undefined;
  readonly part: PartOfDay | undefined;
  /** IANA name, where the text names a zone. */
  readonly zone: string | undefined;
  readonly isRange: boolean;
}

/** A day, as it was said. */
export interface DateMention extends Span {
  readonly kind: 'date';
  readonly day: DayReference;
  readonly part: PartOfDay | undefined;
  /** "from", "starting", "vanaf" or "until", "tot" before it. */
  readonly role: 'on' | 'from' | 'until';
}

export type DayReference =
  | {
      readonly is: 'calendar';
      readonly month: number;
      readonly day: number;
      readonly year: number | undefined;
      readonly weekday: Weekday | undefined;
      /** The other days that were named with it: "3, 10 and 17 May". */
      readonly more: readonly number[];
    }
  | { readonly is: 'day-of-month'; readonly day: number; readonly weekday: Weekday | undefined }
  | {
      readonly is: 'weekday';
      readonly weekday: Weekday;
      readonly which: 'bare' | 'this' | 'next';
      readonly weeks: number;
    }
  | { readonly is: 'ahead'; readonly days: number; readonly weekday: Weekday | undefined };

/** A day that was read, and the position behind it. */
export interface FoundDay {
  readonly day: DayReference;
  readonly part?: PartOfDay | undefined;
  readonly to: number;
}

/** A moment counted from now, or one that says itself which it is. */
export interface InstantMention extends Span {
  readonly kind: 'instant';
  readonly at:
    | { readonly is: 'minutes-ahead'; readonly minutes: number }
    | { readonly is: 'stamp'; readonly seconds: number };
}

/** Something that comes back. */
export interface RecurrenceMention extends Span {
  readonly kind: 'recurrence';
  readonly rule: RecurrenceReference;
  readonly part: PartOfDay | undefined;
}

export type RecurrenceReference =
  | { readonly every: 'day'; readonly interval: number }
  | { readonly every: 'week'; readonly interval: number; readonly days: readonly Weekday[] }
  | { readonly every: 'month'; readonly nth: readonly number[]; readonly weekday: Weekday }
  | { readonly every: 'month'; readonly day: number }
  | { readonly every: 'year'; readonly month: number; readonly day: number }
  /** "weekly", "monthly", "every two weeks" alone: what the day is, another word says. */
  | { readonly every: 'week' | 'month' | 'year'; readonly interval: number; readonly open: true };

/** One that says itself on which days it falls. */
export type ClosedRecurrence = Exclude<RecurrenceReference, { open: true }>;

/** A moment or a day that is over: "yesterday at 20:00", "two hours ago". */
export interface PastMention extends Span {
  readonly kind: 'past';
}

/** "in the evening" by itself. */
export interface PartMention extends Span {
  readonly kind: 'part';
  readonly part: PartOfDay;
}

export type Mention =
  | ClockMention
  | DateMention
  | InstantMention
  | RecurrenceMention
  | PastMention
  | PartMention;
