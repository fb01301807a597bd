import { effectiveValue, type Overrides } from '#lib/settings/settings';

const DAY_MS = 24 * 60 * 60_000;

/** After how many days without a message something happens to a ticket. */
export interface IdleDays {
  /** The member is asked whether it is still needed. */
  readonly warn: number;
  /** It is closed. */
  readonly close: number;
}

/** What a guild has chosen. */
export function idleDaysOf(overrides: Overrides): IdleDays {
  return {
    warn: effectiveValue(overrides, 'ticketbot.idle_days_threshold'),
    close: effectiveValue(overrides, 'ticketbot.auto_close_days_threshold'),
  };
}

/** When something is due for a ticket in which nobody writes. Where it would close before the member was asked, they are asked no more. */
export function idleDueAt({ warn, close }: IdleDays, lastActivityAt: Date, warnedAt: Date | null): Date {
  const days = warnedAt === null ? Math.min(warn, close) : close;
  return new Date(lastActivityAt.getTime() + days * DAY_MS);
}

/** What is due then. */
export function idleStep({ warn, close }: IdleDays, warnedAt: Date | null): 'warn' | 'close' {
  return warnedAt === null && warn < close ? 'warn' : 'close';
}
