import { setTimeout as sleep } from 'node:timers/promises';
import type { PermissionInput } from '../../sandbox/permissions.ts';
import { until } from '../../sandbox/people/waiting.ts';
import type { Hindrance } from './history.ts';
import { CHANNELS, type What } from './plan.ts';
import { Random } from './random.ts';
import type { Stageplay } from './run.ts';

/** Real time that a refused request is to wait. */
const RETRY_AFTER_MS = 200;
/** Real time: somewhere within a sweep. */
const WITHIN_SWEEP_MS = 25;
/** Real time: longer than discord.js takes to sign in again. */
const SIGN_IN_MS = 10_000;

/** Lets the troubles of a plan begin and end. */
export class Troubles {
  readonly #play: Stageplay;
  readonly #random: Random;

  constructor(play: Stageplay) {
    this.#play = play;
    this.#random = new Random(play.plan.seed + 1);
  }

  begin(what: What): void | Promise<void> {
    switch (what.kind) {
      case 'kill':
      case 'suspend':
        return this.#setTrap(what);
      case 'outage':
        return this.#outage(what);
      case 'database restart':
        return this.#duringSweep(what, () => this.#play.database.restart());
      case 'connections cut':
        return this.#duringSweep(what, () => this.#play.database.cutConnections());
      case 'discord':
        return this.#discord(what);
      case 'gateway':
        return this.#gateway(what);
      case 'guild unavailable':
        return this.#unavailable(what);
      case 'permission':
        return this.#permission(what);
      case 'channel deleted':
        if (this.#hasChannel(what.channel)) this.#play.guild.deleteChannel(what.channel);
        this.#hinder(what, Number.MAX_SAFE_INTEGER);
    }
  }

  /** Everything is well again: who sleeps wakes, who is dead is started. */
  async endAll(): Promise<void> {
    const { crew, sandbox, plan } = this.#play;
    sandbox.faults.clear();
    await crew.removeTraps();
    for (const channel of CHANNELS) this.#allow(channel);
    for (let index = 0; index < plan.processes; index += 1) crew.resume(index);
    await crew.startAll();
  }

  /** Notes that it hinders from now on, for some time. */
  #hinder(what: What, forMs: number): Hindrance {
    const from = this.#play.clock.now();
    const hindrance = { what, from, to: new Date(Math.min(from.getTime() + forMs, 8.64e15)) };
    this.#play.hindrances.push(hindrance);
    return hindrance;
  }

  #setTrap(what: Extract<What, { kind: 'kill' | 'suspend' }>): void {
    const { crew, plan } = this.#play;
    const { step, nth } = what;
    const isKill = what.kind === 'kill';
    const one = this.#random.between(0, plan.processes - 1);
    for (let index = 0; index < plan.processes; index += 1) {
      if (index !== one && !(isKill && what.everywhere)) continue;
      crew.setTrap(index, {
        trap: { step, nth, signal: isKill ? 'SIGKILL' : 'SIGSTOP' },
        onStruck: (slot) => {
          const forMs = isKill ? what.backAfterMs : what.forMs;
          this.#hinder(what, forMs);
          this.#play.later(forMs, () => (isKill ? crew.start(slot) : crew.resume(slot)));
        },
      });
    }
  }

  async #outage(what: Extract<What, { kind: 'outage' }>): Promise<void> {
    this.#hinder(what, what.forMs);
    await this.#play.crew.end(what.signal);
    if (what.forMs > 0) this.#play.later(what.forMs / 2, () => this.#play.acts?.whileDown());
    this.#play.later(what.forMs, () => this.#play.crew.startAll());
  }

  #duringSweep(what: What, act: () => Promise<void>): void {
    this.#play.duringNextSweep(async () => {
      await sleep(this.#random.between(0, WITHIN_SWEEP_MS));
      this.#hinder(what, 0);
      await act();
    });
  }

  #discord(what: Extract<What, { kind: 'discord' }>): void {
    const { sandbox, clock, guild, directChannelId } = this.#play;
    const channels: string[] = CHANNELS.filter((name) => this.#hasChannel(name));
    // Where the log channel refuses a notice for good, it goes to the maker alone, who is refused as well.
    if (what.answer !== '403' && what.answer !== '404') channels.push('log');
    let hindrance: Hindrance | null = null;
    sandbox.faults.switchOn(
      {
        fault: what.answer,
        on: [...channels.map((name) => guild.channel(name).id), directChannelId].map(
          (id) => `POST /channels/${id}/messages`,
        ),
        times: what.times,
        waitMs: RETRY_AFTER_MS,
      },
      () => {
        hindrance ??= this.#hinder(what, 0);
        hindrance.to = clock.now();
      },
    );
  }

  #gateway(what: Extract<What, { kind: 'gateway' }>): void {
    this.#hinder(what, 0);
    this.#play.sandbox.faults.switchOn({ fault: what.how });
  }

  #unavailable(what: Extract<What, { kind: 'guild unavailable' }>): void {
    const { sandbox, guild } = this.#play;
    this.#hinder(what, what.forMs);
    const outage = sandbox.faults.switchOn({ fault: 'server unavailable', guildId: guild.id });
    this.#play.later(what.forMs, async () => {
      await this.#signedIn();
      sandbox.faults.switchOff(outage);
    });
  }

  /** Who is just signing in hears of the end only afterwards: a second of real time, in which hours of virtual time would pass. */
  async #signedIn(): Promise<void> {
    const { sandbox, crew } = this.#play;
    const areIn = (): true | null => (sandbox.connectedSessions >= crew.alive ? true : null);
    await until(sandbox.world, areIn, SIGN_IN_MS);
  }

  #permission(what: Extract<What, { kind: 'permission' }>): void {
    if (!this.#hasChannel(what.channel)) return;
    this.#hinder(what, what.forMs);
    this.#play.guild.setOverwrite(what.channel, { role: 'Alphapy', deny: [what.deny] as PermissionInput });
    this.#play.later(what.forMs, () => this.#allow(what.channel));
  }

  #allow(channel: string): void {
    if (this.#hasChannel(channel)) this.#play.guild.setOverwrite(channel, { role: 'Alphapy' });
  }

  #hasChannel(name: string): boolean {
    return this.#play.guild.channels.some((channel) => channel.name === name);
  }
}
