import type { Database } from '#lib/database/database';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import type { LogLevel } from '#lib/ui/embeds';
import { claimDue, releaseClaims, renewLeases, type ClaimedOccurrence } from './claims.ts';
import { backoffMs } from './backoff.ts';
import { renewNotices, type Notice } from './notices.ts';
import { PAUSED } from './pause.ts';
import { postpone, settle, TOO_LATE, type Ending, type Settlement } from './settlement.ts';
import { isDone, isFollowedByNearer } from './nearer.ts';
import { isRecurring, latestDueEvent } from './schedule.ts';
import { writeParkReason, type SendResult } from './send-result.ts';
import { sentLogEntry } from './views.ts';

export interface DeliveryDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** IANA name of the guild's zone. */
  readonly zoneOf: (guildId: string) => Promise<string>;
  /** Whether this guild wants reminders. */
  readonly isEnabled: (guildId: string) => Promise<boolean>;
  /** How late a message of this guild may be, in ms. */
  readonly maxLatenessMs: (guildId: string) => Promise<number>;
  /** Waits until one more request may go to Discord. */
  readonly turn: () => Promise<void>;
  /** Makes sure, with requests of its own if need be, that the message can be sent without waiting for anything. */
  readonly prepare: (occurrence: ClaimedOccurrence) => Promise<void>;
  /** @param isMine whether this process may still send it; asked before each request that it takes. */
  readonly send: (occurrence: ClaimedOccurrence, isMine: () => boolean) => Promise<SendResult>;
  /** Looks in the channel for a message that an earlier attempt may have sent: its id, or null. */
  readonly findSent: (occurrence: ClaimedOccurrence) => Promise<string | null>;
  /** Writes to the guild's log channel; never throws. */
  readonly tellLog: (guildId: string, level: LogLevel, entry: LogEntry) => Promise<void>;
  /** Tells somebody who can mend it that a message was not sent, and notes that in its row; never throws. */
  readonly tellNotice: (
    occurrence: ClaimedOccurrence,
    notice: Notice,
    isMine: () => boolean,
  ) => Promise<void>;
  /** Told what became of each attempt, and how long after its time, in ms; must not throw. */
  readonly onOutcome?: (outcome: DeliveryOutcome, lateMs: number) => void;
}

/** What became of an attempt to send a message: it was sent, left out, put off, or set aside for somebody to mend something. */
export type DeliveryOutcome = 'sent' | 'missed' | 'later' | 'parked';

/**
 * Messages that one process has taken on at the same time, most of them waiting for Discord or for their turn. Enough to keep
 * it busy, at fifty a second, from the end of one sweep to the next, and far less than a lease has time for.
 */
const MAX_IN_FLIGHT = 100;
/** Longer than any request takes with its repetitions, and renewed while it works. */
const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 20_000;
/** A sweep that has taken this long leaves the rest to the next tick: what hangs holds up nothing else. */
const SWEEP_BUDGET_MS = 2_000;

/** For the process log. */
function placeOf({ id, reminder }: ClaimedOccurrence): Readonly<Record<string, string | number>> {
  return { guildId: reminder.guildId, reminder: reminder.id, occurrence: id };
}

/** Why a message that is due is not sent. */
type Hindrance =
  | 'reminders are off'
  | typeof PAUSED
  | 'its event is done'
  | 'a nearer one is due'
  | 'a newer one is due'
  | typeof TOO_LATE;

interface InFlight {
  readonly occurrence: ClaimedOccurrence;
  leasedUntil: Date;
  /** Whether its sending has begun; before, it can be given back. */
  isBegun: boolean;
  readonly done: Promise<void>;
}

/** Sends what is due. Channels do not wait for one another; within a channel messages go out in order. */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #inFlight = new Map<string, InFlight>();
  readonly #channels = new Map<string, Promise<void>>();
  #renewal: NodeJS.Timeout | null = null;
  #isStopping = false;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** How many messages it has taken on and not settled. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Takes on all that is due and waits for it, at most two seconds; the next sweep finds the rest. */
  async sweep(): Promise<void> {
    const end = performance.now() + SWEEP_BUDGET_MS;
    while (!this.#isStopping && performance.now() < end) {
      const free = MAX_IN_FLIGHT - this.#inFlight.size;
      // From before the claim: whoever is suspended after it must not take its lease for a new one.
      const now = this.#deps.clock.now();
      const claimed = free > 0 ? await this.#claim(free, now) : [];
      for (const occurrence of claimed) this.#start(occurrence, new Date(now.getTime() + LEASE_MS));
      if (claimed.length === 0 && this.#inFlight.size === 0) return;
      // What follows from a message may be due as well, so it asks once more when all is done.
      await this.#wait(claimed.length < free ? 'all' : 'any', end);
    }
  }

  /** Begins nothing more, waits for what is on its way, and gives back the rest. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    // Taken down before the wait: what is next in a channel leaves the list without having begun.
    const waiting = [...this.#inFlight.values()].filter(({ isBegun }) => !isBegun);
    await this.#wait('all', performance.now() + timeoutMs);
    if (this.#renewal !== null) clearInterval(this.#renewal);
    await releaseClaims(
      this.#deps.db,
      waiting.map(({ occurrence }) => occurrence),
    );
  }

  #claim(limit: number, now: Date): Promise<ClaimedOccurrence[]> {
    const except = [...this.#inFlight.keys()];
    return claimDue(this.#deps.db, { now, limit, leaseMs: LEASE_MS, except });
  }

  #start(occurrence: ClaimedOccurrence, leasedUntil: Date): void {
    const { channelId, recipientId } = occurrence.reminder;
    const place = recipientId ?? channelId;
    const before = this.#channels.get(place) ?? Promise.resolve();
    const done = before.then(() => this.#deliver(occurrence));
    this.#channels.set(place, done);
    this.#inFlight.set(occurrence.id, {
      occurrence,
      leasedUntil,
      isBegun: false,
      done,
    });
    void done.finally(() => {
      // It may have been released and taken on again while it was being told that it could not be sent.
      if (this.#inFlight.get(occurrence.id)?.done === done) this.#inFlight.delete(occurrence.id);
      if (this.#channels.get(place) === done) this.#channels.delete(place);
    });
    this.#renewal ??= setInterval(() => void this.#renew(), RENEW_EVERY_MS).unref();
  }

  async #wait(which: 'all' | 'any', end: number): Promise<void> {
    const running = [...this.#inFlight.values()].map(({ done }) => done);
    if (running.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(0, end - performance.now()));
    });
    await Promise.race([expired, which === 'all' ? Promise.all(running) : Promise.race(running)]);
    clearTimeout(timer);
  }

  async #renew(): Promise<void> {
    const { db, clock, log } = this.#deps;
    const mine = [...this.#inFlight.values()];
    if (mine.length === 0) return;
    const until = new Date(clock.now().getTime() + LEASE_MS);
    try {
      const claims = mine.map(({ occurrence }) => occurrence);
      const renewed = new Set([
        ...(await renewLeases(db, claims, until)),
        ...(await renewNotices(db, claims, until)),
      ]);
      for (const item of mine) item.leasedUntil = renewed.has(item.occurrence.id) ? until : new Date(0);
    } catch (error) {
      log.warn({ err: error }, 'reminders: leases could not be renewed');
    }
  }

  /** Never rejects: whatever happens, the lease runs out by itself and the message is taken again. */
  async #deliver(occurrence: ClaimedOccurrence): Promise<void> {
    const item = this.#inFlight.get(occurrence.id);
    if (item === undefined || this.#isStopping) return;
    item.isBegun = true;
    try {
      await this.#deliverOrThrow(item);
    } catch (error) {
      this.#deps.log.error({ err: error, ...placeOf(occurrence) }, 'reminder: could not be settled');
    }
  }

  async #deliverOrThrow(item: InFlight): Promise<void> {
    const { occurrence } = item;
    const { db, clock, log } = this.#deps;
    const where = placeOf(occurrence);
    const sentBefore = await this.#sentBefore(occurrence);
    // A process that was suspended for longer than its lease must not send what another one has taken over.
    const isMine = (): boolean => item.leasedUntil > clock.now();
    const hindrance = sentBefore === null ? await this.#whyNotToSend(occurrence) : null;
    if (hindrance !== null) {
      const settlement = await this.#settle(occurrence, { state: 'missed', reason: hindrance });
      this.#told('missed', occurrence);
      log[hindrance === TOO_LATE ? 'warn' : 'info']({ ...where, hindrance }, 'reminder: missed');
      if (settlement === 'owes-notice') await this.#deps.tellNotice(occurrence, { kind: 'missed' }, isMine);
      return;
    }
    if (sentBefore === null) {
      await this.#deps.prepare(occurrence);
      await this.#deps.turn();
    }
    if (!isMine()) return;
    const result: SendResult =
      sentBefore === null
        ? await this.#deps.send(occurrence, isMine)
        : { outcome: 'sent', messageId: sentBefore };
    switch (result.outcome) {
      case 'lost':
        // Whoever claims it knows from its lease that it may have been sent.
        return;
      case 'sent':
        // What an earlier attempt sent was late by nobody knows how much, and is counted by whoever sent it.
        if (sentBefore === null) this.#told('sent', occurrence);
        if ((await this.#settle(occurrence, { state: 'sent', messageId: result.messageId })) !== 'taken-over')
          await this.#tellSent(occurrence);
        return;
      case 'later': {
        const until = new Date(clock.now().getTime() + backoffMs(occurrence.attempts));
        await postpone(db, occurrence, { ...result, until });
        this.#told('later', occurrence);
        log.warn(
          { ...where, attempts: occurrence.attempts, reason: result.reason },
          'reminder: will be tried again',
        );
        return;
      }
      case 'parked': {
        const reason = writeParkReason(result.reason);
        this.#told('parked', occurrence);
        const settlement = await this.#settle(occurrence, { state: 'parked', reason });
        if (settlement === 'taken-over' || settlement === 'repeated') return;
        // A guild that removed the bot is nothing that the host could mend.
        const level = result.reason.kind === 'left-guild' ? 'info' : 'warn';
        log[level]({ ...where, reason: result.reason }, 'reminder: set aside');
        if (settlement === 'owes-notice')
          await this.#deps.tellNotice(occurrence, { kind: 'parked', reason: result.reason }, isMine);
      }
    }
  }

  #told(outcome: DeliveryOutcome, { dueAt }: ClaimedOccurrence): void {
    this.#deps.onOutcome?.(outcome, this.#deps.clock.now().getTime() - dueAt.getTime());
  }

  /** What goes to one member alone is nobody else's to read. */
  async #tellSent(occurrence: ClaimedOccurrence): Promise<void> {
    const { guildId, recipientId } = occurrence.reminder;
    if (recipientId === null) await this.#deps.tellLog(guildId, 'debug', sentLogEntry(occurrence));
  }

  #settle(occurrence: ClaimedOccurrence, ending: Ending): Promise<Settlement> {
    return settle(this.#deps.db, occurrence, ending, this.#deps.clock.now());
  }

  /**
   * An attempt of unknown outcome is looked up in the channel, however short ago: Discord forgets its nonce after minutes,
   * and this process may be suspended for minutes before it sends.
   */
  async #sentBefore(occurrence: ClaimedOccurrence): Promise<string | null> {
    if (occurrence.maybeSentAt === null) return null;
    await this.#deps.turn();
    return this.#deps.findSent(occurrence);
  }

  /** What is due but not to be sent any more; of what is merely late a person who asked for it knows better. */
  async #whyNotToSend(occurrence: ClaimedOccurrence): Promise<Hindrance | null> {
    if (!(await this.#deps.isEnabled(occurrence.reminder.guildId))) return 'reminders are off';
    if (occurrence.reminder.pausedAt !== null) return PAUSED;
    if (occurrence.isRetried) return null;
    if (await isDone(this.#deps.db, occurrence)) return 'its event is done';
    const now = this.#deps.clock.now();
    if (await isFollowedByNearer(this.#deps.db, occurrence, now)) return 'a nearer one is due';
    if (await this.#isSuperseded(occurrence, now)) return 'a newer one is due';
    return (await this.#isTooLate(occurrence)) ? TOO_LATE : null;
  }

  /** After an outage, of what is over only the newest is told. */
  async #isSuperseded({ reminder, eventAt, offsetMinutes }: ClaimedOccurrence, now: Date): Promise<boolean> {
    if (eventAt > now || !isRecurring(reminder)) return false;
    const zone = await this.#deps.zoneOf(reminder.guildId);
    const newest = latestDueEvent(reminder, zone, now, offsetMinutes);
    return newest !== null && newest > eventAt;
  }

  async #isTooLate(occurrence: ClaimedOccurrence): Promise<boolean> {
    const lateMs = this.#deps.clock.now().getTime() - occurrence.dueAt.getTime();
    return lateMs > (await this.#deps.maxLatenessMs(occurrence.reminder.guildId));
  }
}
