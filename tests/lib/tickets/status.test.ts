import { expect, test } from 'vitest';
import { isOpen, mayBecome, openStatuses, ticketStatuses, type TicketStatus } from '#lib/tickets/status';

test('each status may become exactly these', () => {
  const next = Object.fromEntries(
    ticketStatuses.map((from) => [from, ticketStatuses.filter((to) => mayBecome(from, to))]),
  ) as Record<TicketStatus, TicketStatus[]>;
  expect(next).toEqual({
    open: ['claimed', 'waiting_for_user', 'escalated', 'closed'],
    claimed: ['open', 'waiting_for_user', 'escalated', 'closed'],
    waiting_for_user: ['open', 'claimed', 'escalated', 'closed'],
    escalated: ['claimed', 'waiting_for_user', 'closed'],
    closed: ['open', 'claimed', 'archived'],
    archived: [],
  });
});

test('one writes in a ticket until it is closed', () => {
  expect(openStatuses).toEqual(['open', 'claimed', 'waiting_for_user', 'escalated']);
  expect(ticketStatuses.filter((status) => !isOpen(status))).toEqual(['closed', 'archived']);
});
