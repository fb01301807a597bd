import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  type Guild,
  type GuildTextBasedChannel,
  type TextChannel,
} from 'discord.js';
import { classifyError } from '#lib/errors/classify';
import { admitToThread, handlerInGuild, membersInGuild, setOverwrites } from './admission.ts';
import { rulesOf } from './categories.ts';
import { changeTicket } from './changes.ts';
import { findControl, showControl } from './control-message.ts';
import type { TicketDeps } from './deps.ts';
import { LEASE_MS } from './duties.ts';
import { idleDaysOf } from './idle-days.ts';
import { overwritesOf } from './overwrites.ts';
import { findLostPlace, makePlace, type PlaceTrouble } from './place.ts';
import { forgetChannel } from './record/channels.ts';
import { renameChannel } from './rename.ts';
import { isOpen } from './status.ts';
import { readTicket, toTicket, type Ticket } from './ticket.ts';
import { permissionLogEntry, troubleLogEntry } from './trouble-view.ts';

/** What became of making a ticket's channel look like its row. */
export type Synced =
  | { readonly outcome: 'done'; readonly channelId: string | null }
  /** Discord did not do it; it is tried again. */
  | { readonly outcome: 'later' }
  /** Its channel could not be made, and the ticket is gone again. */
  | { readonly outcome: 'undone'; readonly trouble: PlaceTrouble };

interface Claimed {
  readonly ticket: Ticket;
  /** What it became due by; a later change makes it due once more. */
  readonly dueAt: Date;
  readonly attempts: number;
  readonly toldAt: Date | null;
}

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 15 * 60_000;
const SYNCS_PER_SWEEP = 10;

/** Takes on tickets whose channels are due, so that no other process does. What a dead process left is taken again after a minute. */
async function claimSyncs(
  { db, clock }: TicketDeps,
  of?: { readonly guildId: string; readonly ticketId: number },
): Promise<Claimed[]> {
  const now = clock.now();
  const rows = await db
    .with('due', (cte) => {
      const due = cte
        .selectFrom('support_tickets')
        .select('id')
        .where('sync_due_at', 'is not', null)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('sync_due_at')
        .limit(SYNCS_PER_SWEEP)
        .forUpdate()
        .skipLocked();
      return of === undefined
        ? due.where('sync_due_at', '<=', now)
        : due.where('guild_id', '=', of.guildId).where('id', '=', of.ticketId);
    })
    .updateTable('support_tickets')
    .from('due')
    .whereRef('support_tickets.id', '=', 'due.id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      sync_attempts: eb('support_tickets.sync_attempts', '+', 1),
    }))
    .returningAll('support_tickets')
    .execute();
  return rows.map((row) => ({
    ticket: toTicket(row),
    dueAt: row.sync_due_at as Date,
    attempts: row.sync_attempts,
    toldAt: row.told_at,
  }));
}

/**
 * Makes the channels of tickets that are due look like their rows. Never throws for what Discord refuses.
 * @returns the tickets that now have a channel and had none.
 */
export async function syncDueTickets(deps: TicketDeps): Promise<Ticket[]> {
  const claimed = await claimSyncs(deps);
  const synced = await Promise.all(claimed.map((one) => syncOne(deps, one)));
  return claimed.flatMap(({ ticket }, index) =>
    ticket.openedAt === null && synced[index]?.outcome === 'done' ? [ticket] : [],
  );
}

/**
 * Makes the channel of one ticket look like its row, at once if no other process is about it.
 * @returns null when another one is, or it looks so already.
 */
export async function syncTicket(
  deps: TicketDeps,
  guildId: string,
  ticketId: number,
): Promise<Synced | null> {
  const [claimed] = await claimSyncs(deps, { guildId, ticketId });
  return claimed === undefined ? null : syncOne(deps, claimed);
}

async function syncOne(deps: TicketDeps, claimed: Claimed): Promise<Synced> {
  const { log } = deps;
  const { ticket } = claimed;
  const where = { guildId: ticket.guildId, ticket: ticket.id };
  try {
    const guild = deps.client.guilds.cache.get(ticket.guildId);
    if (guild === undefined || !guild.available)
      return await later(deps, claimed, 'the guild is unavailable');
    return await sync(deps, guild, claimed);
  } catch (error) {
    if (deps.client.guilds.cache.has(ticket.guildId))
      log.warn({ err: error, ...where }, 'tickets: a channel could not be brought up to date');
    const reason = error instanceof Error ? error.message : String(error);
    try {
      await tellOnce(deps, claimed, error);
      return await later(deps, claimed, reason);
    } catch (failure) {
      // The lease runs out by itself.
      log.error({ err: failure, ...where }, 'tickets: nothing could be written');
      return { outcome: 'later' };
    }
  }
}

/** Tells staff once that the bot may no longer do in a ticket's channel what it must. */
async function tellOnce(
  { db, clock, logChannel }: TicketDeps,
  claimed: Claimed,
  error: unknown,
): Promise<void> {
  const { ticket, toldAt } = claimed;
  if (toldAt !== null || classifyError(error) !== 'discord-permission') return;
  const isTold = await logChannel.post(ticket.guildId, 'error', permissionLogEntry(ticket), {
    nonce: `tk:${ticket.id}:${clock.now().getTime()}`.slice(0, 25),
  });
  if (!isTold) return;
  await db
    .updateTable('support_tickets')
    .set({ told_at: clock.now() })
    .where('id', '=', ticket.id)
    .where('guild_id', '=', ticket.guildId)
    .execute();
}

async function later({ db, clock }: TicketDeps, claimed: Claimed, reason: string): Promise<Synced> {
  const { ticket, dueAt, attempts } = claimed;
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
  await db
    .updateTable('support_tickets')
    .set({
      leased_until: null,
      sync_error: reason,
      sync_due_at: new Date(clock.now().getTime() + waitMs),
    })
    .where('id', '=', ticket.id)
    .where('guild_id', '=', ticket.guildId)
    .where('sync_due_at', '=', dueAt)
    .execute();
  // Changed meanwhile it stays due as it is.
  await db
    .updateTable('support_tickets')
    .set({ leased_until: null })
    .where('id', '=', ticket.id)
    .where('guild_id', '=', ticket.guildId)
    .execute();
  return { outcome: 'later' };
}

async function sync(deps: TicketDeps, guild: Guild, claimed: Claimed): Promise<Synced> {
  const { db, settings, clock } = deps;
  const { ticket, dueAt, attempts } = claimed;
  const overrides = await settings.overrides(guild.id);
  const rules = await rulesOf(db, overrides, guild.id, ticket.categoryId);
  const done = async (set: { message_id?: string; opened_at?: Date }): Promise<void> => {
    await db
      .updateTable('support_tickets')
      .set((eb) => ({
        ...set,
        leased_until: null,
        sync_attempts: 0,
        sync_error: null,
        told_at: null,
        // Changed meanwhile it is due once more.
        sync_due_at: eb.case().when('sync_due_at', '=', dueAt).then(null).else(eb.ref('sync_due_at')).end(),
      }))
      .where('id', '=', ticket.id)
      .where('guild_id', '=', ticket.guildId)
      .execute();
  };
  // A process that died may have made its channel and not have written so.
  const mayBeLost = attempts > 1 && ticket.channelId === null && ticket.openedAt === null;
  const lost = mayBeLost ? await findLostPlace(guild, ticket) : null;
  if (ticket.channelId === null && lost === null && !isOpen(ticket.status)) {
    await done({});
    return { outcome: 'done', channelId: null };
  }
  const members = await membersInGuild(deps, guild, ticket);
  const admitted = {
    memberIds: members.present,
    staffRoleIds: rules.staffRoleIds,
    handlerId: await handlerInGuild(guild, ticket),
  };
  const held = guild.members.me?.permissions.bitfield ?? 0n;
  const wanted = overwritesOf(guild, ticket, admitted, held);

  let channel: GuildTextBasedChannel | null;
  if (ticket.channelId === null) {
    const place = lost ?? (await makePlace(guild, ticket, rules, wanted));
    if ('trouble' in place) {
      await undo(deps, ticket, place.trouble);
      return { outcome: 'undone', trouble: place.trouble };
    }
    channel = place.channel;
    forgetChannel(deps, channel.id);
    const [written] = await db
      .updateTable('support_tickets')
      .set({ channel_id: channel.id, is_thread: place.isThread })
      .where('id', '=', ticket.id)
      .where('guild_id', '=', guild.id)
      .where('channel_id', 'is', null)
      .execute();
    if (written?.numUpdatedRows === 0n) {
      // Discord took longer than the lease, and another process has made one or taken the ticket back.
      const now = await readTicket(db, guild.id, ticket.id);
      if (now?.channelId !== channel.id) await channel.delete(`Ticket ${ticket.id}`);
      return { outcome: 'later' };
    }
    if (channel.isThread()) await admitToThread(channel, members.present, isOpen(ticket.status));
    // It was made for the ticket as it was then.
    else if (lost !== null && 'permissionOverwrites' in channel) {
      await setOverwrites(channel as TextChannel, wanted, members.absent, rules, ticket);
      await renameChannel(deps, guild, { ...ticket, channelId: channel.id });
    }
  } else {
    channel = await reach(guild, ticket.channelId);
    if (channel === null) {
      await channelGone(deps, ticket);
      return { outcome: 'done', channelId: null };
    }
    if (channel.isThread()) await admitToThread(channel, members.present, isOpen(ticket.status));
    else if ('permissionOverwrites' in channel)
      await setOverwrites(channel as TextChannel, wanted, members.absent, rules, ticket);
  }
  const found = ticket.messageId ?? (attempts > 1 ? await findControl(channel, ticket) : null);
  const messageId = await showControl(deps, channel, { ...ticket, messageId: found }, rules);
  await done({
    message_id: messageId,
    ...(ticket.openedAt === null && { opened_at: clock.now() }),
  });
  return { outcome: 'done', channelId: channel.id };
}

async function reach(guild: Guild, channelId: string): Promise<GuildTextBasedChannel | null> {
  try {
    const channel = guild.channels.cache.get(channelId) ?? (await guild.channels.fetch(channelId));
    return channel !== null && channel.isTextBased() ? channel : null;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel) return null;
    throw error;
  }
}

/** Takes back a ticket whose channel cannot be made; its member and staff learn why. */
async function undo(deps: TicketDeps, ticket: Ticket, trouble: PlaceTrouble): Promise<void> {
  await deps.db
    .deleteFrom('support_tickets')
    .where('guild_id', '=', ticket.guildId)
    .where('id', '=', ticket.id)
    .where('channel_id', 'is', null)
    .execute();
  await deps.logChannel.post(ticket.guildId, 'error', troubleLogEntry(ticket, trouble), {
    nonce: `tk:${ticket.id}:undone`,
  });
}

/** A ticket's channel was deleted by hand: the ticket closes, and what was recorded of it stays. */
export async function channelGone(deps: TicketDeps, ticket: Ticket): Promise<void> {
  const { db, settings, clock } = deps;
  const { guildId, id: ticketId } = ticket;
  if (isOpen(ticket.status))
    await changeTicket(
      db,
      {
        guildId,
        ticketId,
        actorId: null,
        now: clock.now(),
        idleDays: idleDaysOf(await settings.overrides(guildId)),
      },
      { do: 'close', reason: null },
    );
  await db
    .updateTable('support_tickets')
    .set({ channel_id: null, message_id: null, leased_until: null, sync_due_at: null })
    .where('guild_id', '=', guildId)
    .where('id', '=', ticketId)
    .execute();
}
