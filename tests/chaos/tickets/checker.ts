import { LINES, LOGGED, type Access, type Seen, type SeenChannel, type TicketHistory } from './history.ts';
import type { TicketRow } from './protocol.ts';

/** A lease of a dead process ends after a minute; a sweep, which comes every five seconds, takes over, and the next does what that one owes. */
const RECOVERY_MS = 71_000;
/** Where Discord failed too, what is left is put off, at first for seconds. */
const FAULTED_RECOVERY_MS = 3 * 60_000;
const OPEN = new Set(['open', 'claimed', 'waiting_for_user', 'escalated']);
/** May wait: for Discord's limit, or for the channel to be read. */
const SLOW = new Set(['rename', 'record', 'transcript']);

/** What is wrong in a run, by what Discord's side holds; empty: nothing. */
export function check(history: TicketHistory): string[] {
  const { end, recoveries } = history;
  return [
    ...inconsistencies(end, history.openerId),
    ...end.duties.map(({ ticket, kind, error }) => `ticket ${ticket}: still owes ${kind} (${error ?? ''})`),
    ...misnamed(end),
    ...recoveries.flatMap(({ what, ms, isFaulted, left }) => {
      if (left.length > 0) return [`after ${what} it never became well: ${left.join('; ')}`];
      const isLate = ms > (isFaulted ? FAULTED_RECOVERY_MS : RECOVERY_MS);
      return isLate ? [`after ${what} it took ${ms / 1000} s to become well`] : [];
    }),
    ...madeTwice(history),
    ...told(history),
    ...unkept(history),
  ];
}

/** What may not be once everybody had time: rows, channels and buttons that do not fit each other. */
export function inconsistencies({ tickets, duties, channels }: Seen, openerId: string): string[] {
  const open = tickets.filter(({ userId, status }) => userId === openerId && OPEN.has(status));
  const rowless = channels.filter(({ ticket }) => !tickets.some(({ id }) => id === ticket));
  return [
    ...(open.length > 1 ? [`${open.length} tickets are open`] : []),
    ...rowless.map(({ name }) => `${name} is nobody's channel`),
    ...tickets.flatMap((ticket) => {
      const own = channels.filter((channel) => channel.ticket === ticket.id);
      return wrongOf(ticket, own).map((wrong) => `ticket ${ticket.id}: ${wrong}`);
    }),
    ...duties
      .filter(({ kind }) => !SLOW.has(kind))
      .map(({ ticket, kind }) => `ticket ${ticket}: owes ${kind}`),
  ];
}

function wrongOf({ status, channelId, messageId, isDue }: TicketRow, own: readonly SeenChannel[]): string[] {
  const due = isDue ? ['its channel is due'] : [];
  if (status === 'archived') return own.length > 0 ? [...due, 'its channel is still there'] : due;
  const [channel] = own;
  if (channel === undefined) return [...due, 'has no channel'];
  if (own.length > 1) return [...due, `has ${own.length} channels`];
  const isOpen = OPEN.has(status);
  const [control] = channel.controls;
  return [
    ...due,
    ...(channel.id === channelId ? [] : ['does not know its channel']),
    ...(channel.controls.length === 1 ? [] : [`has ${channel.controls.length} messages with buttons`]),
    ...(control === undefined || control.messageId === messageId ? [] : ['does not know its buttons']),
    ...(control === undefined || (control.shows === 'open') === isOpen ? [] : [`shows ${control.shows}`]),
    ...access('the opener', channel.opener, { sees: true, writes: isOpen }),
    ...access('staff', channel.staff, { sees: true, writes: true }),
    ...access('a stranger', channel.stranger, { sees: false, writes: false }),
  ];
}

function access(who: string, has: Access, wanted: Access): string[] {
  return [
    ...(has.sees === wanted.sees ? [] : [`${who} ${has.sees ? 'sees' : 'does not see'} it`]),
    ...(has.sees && has.writes !== wanted.writes ? [`${who} ${has.writes ? 'can' : 'cannot'} write`] : []),
  ];
}

function misnamed({ tickets, channels }: Seen): string[] {
  return tickets.flatMap(({ id, status }) => {
    const name = channels.find(({ ticket }) => ticket === id)?.name;
    const wanted = OPEN.has(status) ? 'ticket-' : 'closed-';
    return name === undefined || name.startsWith(wanted) ? [] : [`ticket ${id}: is called ${name}`];
  });
}

function madeTwice({ made }: TicketHistory): string[] {
  return [...new Set(made)].flatMap((ticket) => {
    const count = made.filter((one) => one === ticket).length;
    return count > 1 ? [`ticket ${ticket}: ${count} channels were made`] : [];
  });
}

/** What happened is said once and logged once. */
function told({ written, end }: TicketHistory): string[] {
  const countOf = (where: string, ticket: number, about: string): number =>
    written.filter((one) => one.where === where && one.ticket === ticket && one.about === about).length;
  return end.tickets.flatMap(({ id }) => {
    const happened = (kind: string): number =>
      end.events.filter((event) => event.ticket === id && event.kind === kind).length;
    const differing = (where: 'ticket' | 'log', kind: string): string[] => {
      const [is, should] = [countOf(where, id, kind), happened(kind)];
      return is === should ? [] : [`ticket ${id}: ${kind} ${should} times, in the ${where} ${is} times`];
    };
    const handed = countOf('direct', id, 'transcript');
    return [
      ...LINES.flatMap((kind) => differing('ticket', kind)),
      ...LOGGED.flatMap((kind) => differing('log', kind)),
      ...(handed > happened('closed') ? [`ticket ${id}: its transcript came ${handed} times`] : []),
    ];
  });
}

function unkept({ confirmed, end }: TicketHistory): string[] {
  return confirmed
    .filter(({ kind, ticket }) => !end.events.some((one) => one.ticket === ticket && one.kind === kind))
    .map(({ kind, ticket }) => `ticket ${ticket}: somebody was told that it is ${kind}, and it is not`);
}
