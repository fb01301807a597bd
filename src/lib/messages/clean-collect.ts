import type { GuildTextBasedChannel } from 'discord.js';
import { isWanted, type CleanFilter } from './clean-filter.ts';

/** A message that is to go. */
export interface Doomed {
  readonly id: string;
  readonly authorId: string;
}

/** What was found of what somebody wants to have deleted. */
export interface Collected {
  /** The newest first. */
  readonly messages: readonly Doomed[];
  /** Pinned ones that fit otherwise and stay. */
  readonly pinned: number;
  /** Whether it was given up before the first message was reached, for there are too many to look through. */
  readonly isCutShort: boolean;
}

const PAGE = 100;
/** Requests for one look; the oldest messages it reaches are so many pages back. */
const PAGES_MAX = 50;

/** Looks through a channel from its newest message, or the boundary, on. @param most how many are taken. @throws what Discord answers. */
export async function collect(
  channel: GuildTextBasedChannel,
  filter: CleanFilter,
  most: number,
): Promise<Collected> {
  const messages: Doomed[] = [];
  let pinned = 0;
  let before = filter.before;
  const { after } = filter;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const found = await channel.messages.fetch({
      limit: PAGE,
      cache: false,
      ...(before !== null && { before }),
    });
    const ordered = [...found.values()].sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
    for (const message of ordered) {
      if (after !== null && BigInt(message.id) <= BigInt(after))
        return { messages, pinned, isCutShort: false };
      if (isWanted(message, filter)) messages.push({ id: message.id, authorId: message.author.id });
      else if (message.pinned && isWanted(message, { ...filter, withPinned: true })) pinned += 1;
      if (messages.length === most) return { messages, pinned, isCutShort: false };
    }
    const last = ordered.at(-1);
    if (last === undefined || ordered.length < PAGE) return { messages, pinned, isCutShort: false };
    before = last.id;
  }
  return { messages, pinned, isCutShort: true };
}
