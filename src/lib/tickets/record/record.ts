import { LRUCache } from 'lru-cache';
import {
  GatewayIntentBits,
  type Client,
  type GuildMember,
  type Message,
  type PartialMessage,
} from 'discord.js';
import type { Database } from '#lib/database/database';
import { perClient } from '#lib/discord/per-client';
import { rulesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { colleagueOf, isTicketStaff } from '../staff.ts';
import type { Ticket } from '../ticket.ts';
import { ticketIn } from './channels.ts';
import { recordedOf } from './recorded.ts';
import { markDeleted, storeMessages, type StoreContext } from './store.ts';

export type RecordDeps = Pick<TicketDeps, 'db' | 'client' | 'settings' | 'clock' | 'log'>;

const DELETIONS_REMEMBERED = 5_000;
const REMEMBERED_MS = 10 * 60_000;

/** When messages were deleted; a deletion may overtake the message itself. */
const deletionsOf = perClient(
  () => new LRUCache<string, Date>({ max: DELETIONS_REMEMBERED, ttl: REMEMBERED_MS }),
);

/** Keeps a message that was posted or edited, if it is in a ticket. */
export async function watchTicketMessage(deps: RecordDeps, message: Message | PartialMessage): Promise<void> {
  const { guildId, channelId } = message;
  if (guildId === null) return;
  const ticket = await ticketIn(deps, guildId, channelId);
  if (ticket === undefined) return;
  const whole = message.partial ? await fetched(deps, message) : message;
  if (whole?.inGuild() === true) await recordMessage(deps, ticket, whole);
}

/** Some changes are told in part only. What cannot be read now is read when the ticket is closed. */
async function fetched({ log }: RecordDeps, message: PartialMessage): Promise<Message | null> {
  try {
    return await message.fetch();
  } catch (error) {
    log.info({ err: error, guildId: message.guildId }, 'tickets: a changed message could not be read');
    return null;
  }
}

/** Keeps what a message of a ticket says now. Discord's own notices are none. */
export async function recordMessage(deps: RecordDeps, ticket: Ticket, message: Message<true>): Promise<void> {
  if (message.system) return;
  const { db, clock, client } = deps;
  const isStaff = await staffTest(deps, ticket);
  const recorded = { ...recordedOf(message), isStaff: isStaff(message.member) };
  await db
    .transaction()
    .execute((trx) => storeMessages(trx, ticket, [recorded], storeContext(client, clock.now())));
  const deletedAt = deletionsOf(client).get(message.id);
  if (deletedAt !== undefined) await markDeleted(db, ticket, [message.id], deletedAt);
}

/** Marks messages as deleted, if they are a ticket's. */
export async function watchTicketDeletion(
  { db, client, clock }: RecordDeps,
  gone: {
    readonly guildId: string | null;
    readonly channelId: string;
    readonly messageIds: readonly string[];
  },
): Promise<void> {
  const { guildId, channelId, messageIds } = gone;
  if (guildId === null) return;
  const ticket = await ticketIn({ db, client }, guildId, channelId);
  if (ticket === undefined) return;
  const now = clock.now();
  const deletions = deletionsOf(client);
  for (const id of messageIds) deletions.set(id, now);
  await markDeleted(db, ticket, messageIds, now);
}

/** Tells whether a member helps in this ticket; whoever opened it does not, whatever they are elsewhere. */
export async function staffTest(
  { db, settings }: Pick<RecordDeps, 'settings'> & { readonly db: Database },
  ticket: Ticket,
): Promise<(member: GuildMember | null) => boolean> {
  const { guildId, categoryId, userId } = ticket;
  const rules = await rulesOf(db, await settings.overrides(guildId), guildId, categoryId);
  return (member) =>
    member !== null && member.id !== userId && isTicketStaff(colleagueOf(member), rules, ticket);
}

/** What storing depends on beside the messages. */
export function storeContext(client: Client, now: Date): StoreContext {
  return {
    now,
    isContentGranted: client.options.intents.has(GatewayIntentBits.MessageContent),
    botId: client.user?.id ?? '',
  };
}
