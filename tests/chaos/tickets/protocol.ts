import type { Start, Started } from '../child-program.ts';

export const WHATS = ['open', 'close', 'reopen', 'delete'] as const;
/** What is done with a ticket while a trap is set. */
export type What = (typeof WHATS)[number];

/** The process kills itself at a boundary: before or after a statement, or where a request has come to. */
export interface BoundaryTrap {
  readonly what: What | 'recovery';
  /** Strikes at the n-th boundary, 1 the first; null: they are only counted. */
  readonly nth: number | null;
}

/** What a run tells one of its bots. */
export type ToTicketBot =
  | Start
  /** Takes the place of a trap that has not struck. */
  | { readonly kind: 'arm'; readonly trap: BoundaryTrap | null }
  /** The clock was moved: do what became due. */
  | { readonly kind: 'sweep' }
  | { readonly kind: 'rows' };

export type FromTicketBot =
  | Started
  /** `passed`: how many boundaries since the last trap was set. */
  | { readonly kind: 'armed'; readonly passed: number }
  | { readonly kind: 'swept' }
  | ({ readonly kind: 'rows' } & TicketRows);

/** What the database holds of tickets. */
export interface TicketRows {
  readonly tickets: readonly TicketRow[];
  readonly events: readonly TicketEventRow[];
  readonly duties: readonly {
    readonly ticket: number;
    readonly kind: string;
    readonly error: string | null;
  }[];
}

export interface TicketRow {
  readonly id: number;
  readonly userId: string;
  readonly status: string;
  readonly channelId: string | null;
  readonly messageId: string | null;
  /** Whether its channel is still to be made to look like it. */
  readonly isDue: boolean;
}

export interface TicketEventRow {
  readonly ticket: number;
  readonly kind: string;
}
