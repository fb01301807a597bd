import { isOpen } from './status.ts';
import type { Ticket } from './ticket.ts';

const NAME_MAX = 100;

/** A channel's name: lower case letters, digits and hyphens, as Discord makes of it anyway. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);
}

/** What a ticket's channel is called. */
export function channelName({ id, username, status }: Pick<Ticket, 'id' | 'username' | 'status'>): string {
  const who = slug(username ?? '');
  return `${isOpen(status) ? 'ticket' : 'closed'}-${id}${who === '' ? '' : `-${who}`}`.slice(0, NAME_MAX);
}

/** For where Discord refuses the name, such as for a number that it does not allow in a discoverable server. */
export const NEUTRAL_NAME = 'ticket';

/** The start of the topic of a ticket's channel, by which one is found again whose number was not written down any more. */
export function topicMark(id: number): string {
  return `🎫 ${id} ·`;
}
