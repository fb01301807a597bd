import { DiscordAPIError, RESTJSONErrorCodes, type Guild } from 'discord.js';
import { FORMER_MEMBER } from '#lib/access/who';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { safeEmbedText } from '#lib/text/sanitize';
import { readCategory } from './categories.ts';
import type { TicketDeps } from './deps.ts';
import {
  addDuties,
  claimDuties,
  continueDuty,
  endDuty,
  postponeDuty,
  type Duty,
  type DutyKind,
} from './duties.ts';
import { logEvent, logLevelOf, sayEvent } from './event-views.ts';
import { readEvent, type TicketEvent } from './events.ts';
import { recordChannel } from './record/whole-channel.ts';
import { renameChannel } from './rename.ts';
import { syncDueTickets, syncTicket, type Synced } from './sync.ts';
import { readTicket, type Ticket } from './ticket.ts';
import { warnByMessage } from './direct-messages.ts';
import { ratingRow } from './rating-row.ts';
import { isOpen } from './status.ts';
import { writeMetrics } from './stats/metrics.ts';
import { summarise } from './topics/summarise.ts';
import { handOutTranscript } from './transcript/hand-out.ts';

/** What is owed for a closed ticket once all that was said in it is known. */
const AFTER_CLOSING: readonly DutyKind[] = ['summary', 'transcript'];

/** What became of a duty. */
type Result =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'later'; readonly reason: string; readonly waitMs?: number };

const DONE: Result = { outcome: 'done' };
/** Of a guild that is away, or that removed the bot, nobody needs to read. */
const AWAY: Result = { outcome: 'later', reason: 'the guild is unavailable' };
const DUTIES_PER_SWEEP = 20;
const SLOW_DUTIES_PER_SWEEP = 5;
const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 15 * 60_000;
/** A line in a ticket that comes later than a day surprises more than it helps; what must not be lost has no end. */
const LINE_LIFE_MS = 24 * 60 * 60_000;
const LINES = new Set<Duty['kind']>(['say', 'log', 'tell', 'rename', 'summary']);
/** Discord refuses these for good. */
const HOPELESS = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
]);

/** Does what is owed and due, each duty once whoever asks. Never throws for what Discord refuses. @param of only this ticket's. */
export async function performTicketDuties(
  deps: TicketDeps,
  of?: { readonly guildId: string; readonly ticketId: number },
): Promise<void> {
  const which = { now: deps.clock.now(), limit: DUTIES_PER_SWEEP, slow: false } as const;
  await performAll(deps, await claimDuties(deps.db, of === undefined ? which : { ...which, of }));
}

/** The same for what takes long, such as reading a whole channel. */
export async function performSlowDuties(deps: TicketDeps): Promise<void> {
  const which = { now: deps.clock.now(), limit: SLOW_DUTIES_PER_SWEEP, slow: true } as const;
  await performAll(deps, await claimDuties(deps.db, which));
}

async function performAll(deps: TicketDeps, claimed: readonly Duty[]): Promise<void> {
  const tickets = Map.groupBy(claimed, ({ guildId, ticketId }) => `${guildId}:${ticketId}`);
  await Promise.all(
    [...tickets.values()].map(async (duties) => {
      // In the order in which things happened.
      for (const duty of duties) await performOne(deps, duty);
    }),
  );
}

/** Makes a ticket's channel look like its row and does what is owed because of what just happened to it. */
export async function settleTicket(
  deps: TicketDeps,
  of: { readonly guildId: string; readonly ticketId: number },
): Promise<Synced | null> {
  const synced = await syncTicket(deps, of.guildId, of.ticketId);
  await performTicketDuties(deps, of);
  return synced;
}

/** The same for all tickets whose channels are due. What waited for a channel is done as soon as it is there. */
export async function settleDueTickets(deps: TicketDeps): Promise<void> {
  for (const { guildId, id } of await syncDueTickets(deps))
    await performTicketDuties(deps, { guildId, ticketId: id });
}

async function performOne(deps: TicketDeps, duty: Duty): Promise<void> {
  const { db, clock, log } = deps;
  const where = { guildId: duty.guildId, ticket: duty.ticketId, kind: duty.kind };
  let result: Result;
  try {
    result = await attempt(deps, duty);
  } catch (error) {
    // Removed meanwhile, the bot finds no channel that is there.
    if (!deps.client.guilds.cache.has(duty.guildId)) result = AWAY;
    else if (error instanceof DiscordAPIError && HOPELESS.has(error.code)) result = DONE;
    else {
      log.warn({ err: error, ...where }, 'tickets: a duty failed');
      result = { outcome: 'later', reason: error instanceof Error ? error.message : String(error) };
    }
  }
  const isOld = clock.now().getTime() - duty.createdAt.getTime() >= LINE_LIFE_MS;
  if (result.outcome === 'later' && isOld && LINES.has(duty.kind)) {
    if (result !== AWAY) log.warn({ ...where, reason: result.reason }, 'tickets: a duty was given up');
    result = DONE;
  }
  try {
    if (result.outcome === 'done') await endDuty(db, duty);
    else {
      const waitMs =
        result.waitMs ?? Math.min(FIRST_RETRY_MS * 2 ** Math.min(duty.attempts - 1, 20), LAST_RETRY_MS);
      await postponeDuty(db, duty, {
        until: new Date(clock.now().getTime() + waitMs),
        reason: result.reason,
      });
    }
  } catch (error) {
    // The lease runs out by itself and it is done again; Discord takes a nonce twice for once.
    log.error({ err: error, ...where }, 'tickets: a duty could not be settled');
  }
}

async function attempt(deps: TicketDeps, duty: Duty): Promise<Result> {
  const { db, client } = deps;
  const ticket = await readTicket(db, duty.guildId, duty.ticketId);
  const event = duty.eventId === null ? undefined : await readEvent(db, duty.guildId, duty.eventId);
  if (ticket === undefined || event === undefined) return DONE;
  const guild = client.guilds.cache.get(duty.guildId);
  if (guild === undefined || !guild.available) return AWAY;
  switch (duty.kind) {
    case 'say':
      return say(deps, guild, ticket, event, duty);
    case 'log':
      // Its channel is named in it.
      if (event.kind === 'opened' && ticket.openedAt === null)
        return { outcome: 'later', reason: 'its channel is not ready' };
      return logIt(deps, ticket, event, duty);
    case 'tell':
      if (ticket.userId !== FORMER_MEMBER) await warnByMessage(deps, guild, ticket, duty.nonce);
      return DONE;
    case 'rename': {
      const waitMs = await renameChannel(deps, guild, ticket);
      return waitMs === 0 ? DONE : { outcome: 'later', reason: 'Discord allows few renames', waitMs };
    }
    case 'delete':
      return deleteChannel(guild, ticket);
    case 'record':
      return record(deps, ticket, event, duty);
    case 'summary':
      await summarise(deps, guild, ticket, event, { nonce: duty.nonce, ...attemptOf(duty) });
      return DONE;
    case 'transcript':
      return handOut(deps, guild, ticket, duty);
  }
}

/** Reads what the channel holds, and owes then what is made of it. */
async function record(deps: TicketDeps, ticket: Ticket, event: TicketEvent, duty: Duty): Promise<Result> {
  const { db, clock } = deps;
  const outcome = await recordChannel(deps, ticket, {
    position: duty.position,
    onPage: (position) => continueDuty(db, duty, { now: clock.now(), position }),
  });
  if (outcome === 'later') return { outcome: 'later', reason: 'Discord did not give all of the channel' };
  await writeMetrics(db, ticket.guildId, '7d', null, clock.now());
  await db.transaction().execute(async (trx) => {
    await addDuties(trx, { ...event, at: clock.now() }, AFTER_CLOSING);
    await endDuty(trx, duty);
  });
  return DONE;
}

/** Gives the opener the transcript of their closed ticket, and asks how the help was; where no direct message gets through, in the ticket. */
async function handOut(deps: TicketDeps, guild: Guild, ticket: Ticket, duty: Duty): Promise<Result> {
  // Opened again in between it is not over.
  if (isOpen(ticket.status)) return DONE;
  const components = [ratingRow(guild.id, ticket.id)];
  const t = translator(effectiveValue(await deps.settings.overrides(guild.id), 'system.language'));
  const question = t('tickets:rate.ask', { number: ticket.id, server: safeEmbedText(guild.name) });
  const outcome = await handOutTranscript(deps, ticket, {
    nonce: duty.nonce,
    attempt: attemptOf(duty),
    question,
    components,
  });
  if (outcome !== 'refused' || ticket.channelId === null) return DONE;
  const channel = await guild.channels.fetch(ticket.channelId);
  if (channel === null || !channel.isTextBased()) return DONE;
  await sendOnce(deps.db, channel, { content: question, components, nonce: duty.nonce }, attemptOf(duty));
  return DONE;
}

async function say(
  deps: TicketDeps,
  guild: Guild,
  ticket: Ticket,
  event: TicketEvent,
  duty: Duty,
): Promise<Result> {
  if (ticket.channelId === null) return DONE;
  const channel =
    guild.channels.cache.get(ticket.channelId) ?? (await guild.channels.fetch(ticket.channelId));
  if (channel === null || !channel.isTextBased()) return DONE;
  const t = translator(effectiveValue(await deps.settings.overrides(guild.id), 'system.language'));
  const message = sayEvent(t, ticket, event, await categoryName(deps, guild.id, event.categoryId));
  if (message !== null) await sendOnce(deps.db, channel, { ...message, nonce: duty.nonce }, attemptOf(duty));
  return DONE;
}

async function logIt(deps: TicketDeps, ticket: Ticket, event: TicketEvent, duty: Duty): Promise<Result> {
  const entry = logEvent(ticket, event, await categoryName(deps, ticket.guildId, ticket.categoryId));
  const outcome = await deps.logChannel.deliver(ticket.guildId, logLevelOf(event), entry, {
    nonce: duty.nonce,
    attempt: attemptOf(duty),
  });
  return outcome === 'failed' ? { outcome: 'later', reason: 'Discord did not take the log entry' } : DONE;
}

async function categoryName(deps: TicketDeps, guildId: string, id: number | null): Promise<string | null> {
  return id === null ? null : ((await readCategory(deps.db, guildId, id))?.name ?? null);
}

async function deleteChannel(guild: Guild, { id, channelId, status }: Ticket): Promise<Result> {
  if (channelId === null || status !== 'archived') return DONE;
  const channel = guild.channels.cache.get(channelId) ?? (await guild.channels.fetch(channelId));
  await channel?.delete(`Ticket ${id}`);
  return DONE;
}

function attemptOf({ attempts, createdAt }: Duty): Attempt {
  return { attempts, since: createdAt };
}
