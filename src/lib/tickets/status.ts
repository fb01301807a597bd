export const ticketStatuses = [
  'open',
  'claimed',
  'waiting_for_user',
  'escalated',
  'closed',
  'archived',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** What each status may become; nothing else is possible, whoever asks and by whatever way. */
const NEXT: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ['claimed', 'waiting_for_user', 'escalated', 'closed'],
  claimed: ['open', 'waiting_for_user', 'escalated', 'closed'],
  waiting_for_user: ['open', 'claimed', 'escalated', 'closed'],
  escalated: ['claimed', 'waiting_for_user', 'closed'],
  // Opened again it is claimed by whoever had it.
  closed: ['open', 'claimed', 'archived'],
  archived: [],
};

/** Whether a ticket may go from one status to another. */
export function mayBecome(from: TicketStatus, to: TicketStatus): boolean {
  return NEXT[from].includes(to);
}

/** Statuses of tickets in which somebody may still write. */
export const openStatuses = ticketStatuses.filter((status) => mayBecome(status, 'closed'));

/** Whether somebody may still write in a ticket. */
export function isOpen(status: TicketStatus): boolean {
  return openStatuses.includes(status);
}
