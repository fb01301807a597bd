import {
  GatewayIntentBits,
  type Client,
  type GuildMember,
  type Message,
  type PartialMessage,
} from 'discord.js';
import type { Database } from '#lib/database/database';
import { rulesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { colleagueOf, isTicketStaff } from '../staff.ts';
import type { Ticket } from '../ticket.ts';
import { ticketIn } from './channels.ts';
import { recordedOf } from './recorded.ts';
import { markDeleted, storeMessages, type StoreContext } from './store.ts';

export type RecordDeps = Pick<TicketDeps, 'db' | 'client' | 'settings' | 'clock' | 'log' | 'remembered'>;

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
  const { db, clock, client, remembered } = deps;
  const isStaff = await staffTest(deps, ticket);
  const recorded = { ...recordedOf(message), isStaff: isStaff(message.member) };
  await db
    .transaction()
    .execute((trx) => storeMessages(trx, ticket, [recorded], storeContext(client, clock.now())));
  const deletedAt = remembered.deletions.get(message.id);
  if (deletedAt !== undefined) await markDeleted(db, ticket, [message.id], deletedAt);
}

/** Marks messages as deleted, if they are a ticket's. */
export async function watchTicketDeletion(
  { db, clock, remembered }: RecordDeps,
  gone: {
    readonly guildId: string | null;
    readonly channelId: string;
    readonly messageIds: readonly string[];
  },
): Promise<void> {
  const { guildId, channelId, messageIds } = gone;
  if (guildId === null) return;
  const ticket = await ticketIn({ db, remembered }, guildId, channelId);
  if (ticket === undefined) return;
  const now = clock.now();
  for (const id of messageIds) remembered.deletions.set(id, now);
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
