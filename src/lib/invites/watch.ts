import { setTimeout as delay } from 'node:timers/promises';
import type { LRUCache } from 'lru-cache';
import type { Guild } from 'discord.js';
import type { Caches } from '#lib/limits/caches';
import { InOrder } from '#lib/limits/in-order';
import { inTurns } from '#lib/limits/turns';
import type { Log } from '#lib/logging/logger';
import type { Clock } from '#lib/time/clock';
import { attribute, type KnownInvite, type Snapshot, type Verdict } from './attribute.ts';
import { fetchSnapshot, maySeeInvites } from './fetch.ts';

/** Somebody who joined. */
export interface Arrival {
  readonly memberId: string;
  readonly joinedAt: Date;
  /** The account is so young that it may be there for the count alone. */
  readonly isFake: boolean;
}

interface Watched {
  snapshot: Snapshot | null;
  /** When Discord was last asked for it without a join. */
  triedAt: number;
  /** Invites that were deleted of late, as they were known. */
  deleted: { readonly invite: KnownInvite; readonly at: number }[];
  waiting: Arrival[];
  /** When the bot heard of the first of them. */
  heardAt: number;
  isSettling: boolean;
}

interface WatchOptions {
  readonly caches: Caches;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a guild wants its invites counted. */
  readonly isEnabled: (guildId: string) => Promise<boolean>;
  /** Writes down how members came. @returns what follows from it, which holds up nobody's verdict. */
  readonly record: (
    guild: Guild,
    arrivals: readonly Arrival[],
    verdict: Verdict,
  ) => Promise<() => Promise<void>>;
}

/** Guilds whose invites are remembered; one that had to make room is asked for at its next join. */
const WATCHED_GUILDS = 2_000;
/** Between a join and the list: those who come at the same time are looked at together, and Discord has counted them. */
const SETTLE_MS = 500;
/** Between the list and the verdict: whoever the list has counted already has been heard of by then. */
const GRACE_MS = 300;
/** Lists of one verdict, where ever more people come. */
const LISTS_MAX = 3;
/** Discord deletes a used-up invite at the moment of the join: one deleted longer before was deleted by a person. */
const DELETED_BEFORE_MS = 5_000;
/** Before a guild that could not be asked is asked again. */
const RETRY_MS = 60_000;
const RETRIES_AT_ONCE = 5;
const LISTS_AT_ONCE = 2;
const RECORD_AGAIN_MS = [500, 2_000, 5_000];
/** Members of a guild who may wait for one verdict: more than any raid brings in the minute that Discord takes at most. */
const WAITING_MAX = 10_000;

/**
 * Remembers the invites of guilds with their uses, and tells from what changed how members joined: in each guild one verdict at a time, for all
 * who came meanwhile.
 */
export class InviteWatch {
  readonly #options: WatchOptions;
  readonly #guilds: LRUCache<string, Watched>;
  readonly #inOrder = new InOrder();
  readonly #turn = inTurns(LISTS_AT_ONCE);
  readonly #settling = new Set<Promise<void>>();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#guilds = options.caches.create('invite_lists', { max: WATCHED_GUILDS });
  }

  /** Does something in a guild once all joins of before are written down. */
  async afterJoins<Result>(guildId: string, work: () => Promise<Result>): Promise<Result> {
    return this.#inOrder.run(guildId, work);
  }

  /** Forgets what was known of a guild, whose events may have been missed, and asks anew where it wants its invites counted. */
  async refresh(guild: Guild): Promise<void> {
    await this.#inOrder.run(guild.id, async () => {
      const watched = this.#watched(guild.id);
      watched.snapshot = null;
      watched.deleted = [];
      watched.triedAt = this.#now();
      if (!maySeeInvites(guild) || !(await this.#options.isEnabled(guild.id))) return;
      const list = await this.#turn(() => this.#fetch(guild));
      if (typeof list !== 'string') watched.snapshot = list;
    });
  }

  /** Asks for the invites of a few guilds that could not be asked before: Discord failed, the permission was missing, or they were not wanted. */
  async refreshLost(guilds: ReadonlyMap<string, Guild>): Promise<void> {
    const longAgo = this.#now() - RETRY_MS;
    const lost = [...this.#guilds.entries()].flatMap(([guildId, { snapshot, triedAt, isSettling }]) => {
      const guild = guilds.get(guildId);
      return snapshot === null && !isSettling && triedAt <= longAgo && guild?.available === true
        ? [guild]
        : [];
    });
    for (const guild of lost.slice(0, RETRIES_AT_ONCE)) await this.refresh(guild);
  }

  /** Forgets a guild that the bot is no longer in. */
  forget(guildId: string): void {
    this.#guilds.delete(guildId);
  }

  created(guildId: string, invite: KnownInvite): void {
    const watched = this.#guilds.get(guildId);
    if (watched === undefined || watched.snapshot === null) return;
    const invites = new Map(watched.snapshot.invites).set(invite.code, invite);
    watched.snapshot = { ...watched.snapshot, invites };
  }

  deleted(guildId: string, code: string): void {
    const watched = this.#guilds.get(guildId);
    if (watched === undefined || watched.snapshot === null) return;
    const invite = watched.snapshot.invites.get(code);
    if (invite === undefined) return;
    const invites = new Map(watched.snapshot.invites);
    invites.delete(code);
    watched.snapshot = { ...watched.snapshot, invites };
    const kept = watched.waiting.length > 0 ? watched.deleted : this.#recent(watched, this.#now());
    watched.deleted = [...kept, { invite, at: this.#now() }];
  }

  /**
   * Takes note of a join, and writes down how the member came once that is decided.
   * @throws what the settings or `record` throw.
   */
  async joined(guild: Guild, arrival: Arrival): Promise<void> {
    if (!(await this.#options.isEnabled(guild.id))) {
      // Its uses go unnoticed from now on.
      const known = this.#guilds.get(guild.id);
      if (known !== undefined) known.snapshot = null;
      return;
    }
    const watched = this.#watched(guild.id);
    if (watched.waiting.length >= WAITING_MAX) {
      // Its use is counted without it, so nobody is credited for the others either.
      this.#options.log.warn({ guildId: guild.id, max: WAITING_MAX }, 'invites: too many joins at once');
      return;
    }
    if (watched.waiting.length === 0) watched.heardAt = this.#now();
    watched.waiting.push(arrival);
    if (watched.isSettling) return;
    watched.isSettling = true;
    const settling = this.#settle(guild, watched);
    this.#settling.add(settling);
    try {
      await settling;
    } finally {
      this.#settling.delete(settling);
    }
  }

  /** Waits until what is known of joins is written down and announced, at most this long. */
  async settled(timeoutMs: number): Promise<void> {
    await Promise.race([Promise.allSettled(this.#settling), delay(timeoutMs)]);
  }

  async #settle(guild: Guild, watched: Watched): Promise<void> {
    const followed: Promise<void>[] = [];
    await this.#inOrder.run(guild.id, async () => {
      try {
        while (watched.waiting.length > 0) {
          const { arrivals, verdict } = await this.#decide(guild, watched);
          const follow = await this.#record(guild, arrivals, verdict);
          followed.push(follow());
        }
      } finally {
        watched.isSettling = false;
      }
    });
    await Promise.all(followed);
  }

  /** Nobody says again how they came, so a database that is away for a moment is waited for. */
  async #record(guild: Guild, arrivals: readonly Arrival[], verdict: Verdict): Promise<() => Promise<void>> {
    const { record, log } = this.#options;
    for (const waitMs of RECORD_AGAIN_MS) {
      try {
        return await record(guild, arrivals, verdict);
      } catch (error) {
        log.warn({ err: error, guildId: guild.id }, 'invites: joins could not be written down; again soon');
        await delay(waitMs);
      }
    }
    return record(guild, arrivals, verdict);
  }

  async #decide(guild: Guild, watched: Watched): Promise<{ arrivals: Arrival[]; verdict: Verdict }> {
    await delay(SETTLE_MS);
    let list: Awaited<ReturnType<typeof fetchSnapshot>>;
    let lists = 0;
    let counted: number;
    do {
      counted = watched.waiting.length;
      list = await this.#fetch(guild);
      lists += 1;
      if (typeof list === 'string') break;
      await delay(GRACE_MS);
    } while (watched.waiting.length > counted && lists < LISTS_MAX);
    const arrivals = watched.waiting;
    watched.waiting = [];
    const { snapshot: before } = watched;
    const deleted = this.#recent(watched, watched.heardAt);
    if (typeof list === 'string') {
      watched.snapshot = null;
      watched.deleted = [];
      watched.triedAt = this.#now();
      return { arrivals, verdict: { certainty: 'unknown', reason: list } };
    }
    // What was deleted since the list was made is not in it for the next verdict.
    const invites = new Map(list.invites);
    watched.deleted = deleted.flatMap(({ invite: { code }, at }) => {
      const invite = invites.get(code);
      return invite === undefined ? [] : [{ invite, at }];
    });
    for (const { invite } of watched.deleted) invites.delete(invite.code);
    watched.snapshot = { ...list, invites };
    if (before === null) return { arrivals, verdict: { certainty: 'unknown', reason: 'not_watched' } };
    const verdict = attribute({
      before: { ...before, invites: withChannel(before.invites, guild) },
      after: list,
      deleted: deleted.map(({ invite }) => invite),
      joins: arrivals.length,
      firstJoinAt: new Date(Math.min(...arrivals.map(({ joinedAt }) => joinedAt.getTime()))),
    });
    return { arrivals, verdict };
  }

  #watched(guildId: string): Watched {
    const known = this.#guilds.get(guildId);
    if (known !== undefined) return known;
    const watched: Watched = {
      snapshot: null,
      triedAt: 0,
      deleted: [],
      waiting: [],
      heardAt: 0,
      isSettling: false,
    };
    this.#guilds.set(guildId, watched);
    return watched;
  }

  #recent({ deleted }: Watched, at: number): Watched['deleted'] {
    return deleted.filter((one) => one.at >= at - DELETED_BEFORE_MS);
  }

  #fetch(guild: Guild): ReturnType<typeof fetchSnapshot> {
    return fetchSnapshot(guild, this.#options.log, () => this.#options.clock.now());
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

/** The invites whose channel is still there: with it they go unheard. */
function withChannel(
  invites: ReadonlyMap<string, KnownInvite>,
  { channels }: Guild,
): ReadonlyMap<string, KnownInvite> {
  return new Map(
    [...invites].filter(([, { channelId }]) => channelId === null || channels.cache.has(channelId)),
  );
}
