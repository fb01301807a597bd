import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  SnowflakeUtil,
  type GuildMember,
  type GuildTextBasedChannel,
  type Message,
} from 'discord.js';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Ticket } from '../ticket.ts';
import { staffTest, storeContext, type RecordDeps } from './record.ts';
import { recordedOf, type Recorded } from './recorded.ts';
import { storeMessages, type TicketRef } from './store.ts';

export interface WholeChannelOptions {
  /** Where an earlier reading came to; null: the beginning. */
  readonly position: string | null;
  /** Called when what comes up to here is kept. @returns false to stop: somebody else has taken over. */
  readonly onPage: (position: string) => Promise<boolean>;
}

/** As many messages as one request gives. */
const PAGE = 100;
/** What is newer may have been posted while the page was on its way. */
const SETTLED_MS = 60_000;
/** Members looked up in one reading. */
const MEMBERS_MAX = 200;

/**
 * Reads a ticket's whole channel, so that what was said or deleted while the bot was away is kept too.
 * @returns `gone`: there is no channel; `later`: Discord did not give all of it, or somebody else goes on.
 */
export async function recordChannel(
  deps: RecordDeps,
  ticket: Ticket,
  { position, onPage }: WholeChannelOptions,
): Promise<'done' | 'later' | 'gone'> {
  const { db, client, clock, log } = deps;
  const isStaff = await staffTest(deps, ticket);
  const memberOf = memberFinder();
  let after = position ?? '0';
  for (;;) {
    const readAt = clock.now();
    let page: Message<true>[];
    try {
      const channel = await channelOf(deps, ticket);
      if (channel === null) return 'gone';
      page = await readPage(channel, after);
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel) return 'gone';
      log.warn(
        { err: error, guildId: ticket.guildId, ticket: ticket.id },
        'tickets: a channel could not be read',
      );
      return 'later';
    }
    const isLast = page.length < PAGE;
    const settled = SnowflakeUtil.generate({ timestamp: readAt.getTime() - SETTLED_MS }).toString();
    const until = isLast ? larger(settled, page.at(-1)?.id ?? after) : (page.at(-1)?.id ?? after);
    const recorded: (Recorded & { readonly isStaff: boolean })[] = [];
    for (const message of page)
      if (!message.system)
        recorded.push({ ...recordedOf(message), isStaff: isStaff(await memberOf(message)) });
    const isThere = await db.transaction().execute(async (trx) => {
      const context = storeContext(client, readAt);
      if (!(await storeMessages(trx, ticket, recorded, context))) return false;
      await markMissing(trx, ticket, { after, until, present: page.map(({ id }) => id), at: readAt });
      return true;
    });
    if (!isThere) return 'gone';
    after = page.at(-1)?.id ?? after;
    if (!(await onPage(after))) return 'later';
    if (isLast) return 'done';
  }
}

/** @returns null when it was deleted. */
async function channelOf(
  { client }: RecordDeps,
  { guildId, channelId }: Ticket,
): Promise<GuildTextBasedChannel | null> {
  if (channelId === null) return null;
  // While a server is unavailable none of its channels is known, and nobody deleted anything.
  if (client.guilds.cache.get(guildId)?.available !== true) throw new Error('the server is unavailable');
  const channel = await client.channels.fetch(channelId);
  if (channel?.isTextBased() !== true || channel.isDMBased() || channel.guildId !== guildId) return null;
  return channel;
}

/** The next messages, oldest first. */
async function readPage(channel: GuildTextBasedChannel, after: string): Promise<Message<true>[]> {
  const messages = await channel.messages.fetch({ after, limit: PAGE, cache: false });
  return [...messages.values()].toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
}

/** Messages come without their members here; each author is looked up once. */
function memberFinder(): (message: Message<true>) => Promise<GuildMember | null> {
  const found = new Map<string, GuildMember | null>();
  return async ({ author, guild, webhookId }) => {
    if (author.bot || webhookId !== null) return null;
    const cached = guild.members.cache.get(author.id) ?? found.get(author.id);
    if (cached !== undefined || found.size >= MEMBERS_MAX) return cached ?? null;
    const member = await guild.members.fetch(author.id).catch(() => null);
    found.set(author.id, member);
    return member;
  };
}

/** Marks as deleted what is kept of a part of the channel and no longer there. */
async function markMissing(
  trx: Transaction<DB>,
  { guildId, id }: TicketRef,
  part: {
    readonly after: string;
    readonly until: string;
    readonly present: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  let update = trx
    .updateTable('ticket_messages')
    .set({ deleted_at: part.at })
    .where('guild_id', '=', guildId)
    .where('ticket_id', '=', id)
    .where('message_id', '>', part.after)
    .where('message_id', '<=', part.until)
    .where('deleted_at', 'is', null);
  if (part.present.length > 0) update = update.where('message_id', 'not in', [...part.present]);
  await update.execute();
}

function larger(one: string, other: string): string {
  return BigInt(one) > BigInt(other) ? one : other;
}
