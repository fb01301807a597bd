import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PermissionFlagsBits as P, type APIChannel, type APIMessage } from 'discord-api-types/v10';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { permissionsIn } from '../../../sandbox/state/interactions.ts';
import type { GuildChannelRecord } from '../../../sandbox/state/channel-records.ts';
import type { Config } from '../../../src/config.ts';
import { Bot } from '../bot.ts';
import { FileClock } from '../file-clock.ts';
import type { RunDatabase, Stage } from '../stage.ts';
import { inconsistencies } from './checker.ts';
import { LOGGED, type Recovery, type Seen, type SeenChannel, type TicketHistory } from './history.ts';
import type { Written } from './history.ts';
import type { PlannedAct, TicketPlan } from './plan.ts';
import type { BoundaryTrap, FromTicketBot, ToTicketBot, What } from './protocol.ts';

type TicketBot = Bot<ToTicketBot, FromTicketBot>;
type Kind = (typeof LOGGED)[number];

const START = new Date('2027-01-04T12:00:00Z');
/** Real time, in place of Discord's three seconds: how quickly a busy machine answers is not what is tried here. */
const INTERACTION_DEADLINE_MS = 15_000;
/** Real time: as long as events take to the bot and back. */
const SETTLE_MS = 30;
const POLL_MS = 5;
const DO_TRIES = 3;
const START_TRIES = 5;
/** As often as the bot sweeps. */
const SWEEP_MS = 5_000;
const PATIENCE_MS = 10 * 60_000;
/** After all is done: renames wait for ten minutes, retries for less. */
const QUIET_STEPS_MS = [60_000, ...Array<number>(6).fill(10 * 60_000)];
/** A member may try to open a ticket once in half a minute, and each process that heard of it counts. */
const AGAIN_MS = 31_000;
/** Between acts, so that Discord's memory of an act's nonces is not what holds the next. */
const BETWEEN_MS = 10_000;

const SETTINGS = {
  'system.log_channel_id': '#log',
  'ticketbot.category_id': 'Help',
  'ticketbot.staff_role_id': '@Support',
};

const ACTS: Readonly<Record<Exclude<What, 'open'>, { kind: Kind; command: string; said: RegExp }>> = {
  close: { kind: 'closed', command: '/ticket_close', said: /is closed\.$/ },
  reopen: { kind: 'reopened', command: '/ticket_reopen', said: /is open again\.$/ },
  delete: { kind: 'archived', command: '/ticket_status', said: /is being deleted/ },
};

/**
 * Plays a plan with real processes: a member opens a ticket, staff close it and more, and whoever acts is killed.
 * @param program the bot, as `bundleBot` made it.
 * @param folder for what the run needs on disk, logs too. It is for the caller to remove.
 */
export async function playTickets(
  plan: TicketPlan,
  stage: Stage,
  program: string,
  folder: string,
): Promise<TicketHistory> {
  await mkdir(folder, { recursive: true });
  const clockFile = path.join(folder, 'clock');
  const clock = new FileClock(clockFile, START);
  const sandbox = await startSandbox({ clock, interactionDeadlineMs: INTERACTION_DEADLINE_MS });
  const database = await stage.create(path.basename(folder).replaceAll('-', '_'));
  const play = new TicketPlay({ plan, clock, clockFile, sandbox, database, program, folder });
  try {
    return await play.history();
  } finally {
    await play.end();
    await sandbox.close();
    await database.remove();
  }
}

interface PlayOptions {
  readonly plan: TicketPlan;
  readonly clock: FileClock;
  readonly clockFile: string;
  readonly sandbox: Sandbox;
  readonly database: RunDatabase;
  readonly program: string;
  readonly folder: string;
}

class TicketPlay {
  readonly #options: PlayOptions;
  readonly #config: Config;
  readonly #guild: SandboxGuild;
  readonly #bots: TicketBot[] = [];
  readonly #made = new Map<string, number>();
  readonly #written: Written[] = [];
  readonly #confirmed: { kind: Kind; ticket: number }[] = [];
  readonly #recoveries: Recovery[] = [];
  readonly #struck: string[] = [];
  readonly #faults: string[] = [];
  readonly #passed: { what: What; boundaries: number }[] = [];
  #number = 0;
  /** What the member read when she last asked for a ticket. */
  #lastReply = '';

  constructor(options: PlayOptions) {
    this.#options = options;
    const { sandbox, database, plan } = options;
    this.#config = {
      botToken: sandbox.token,
      databaseUrl: database.databaseUrl,
      dataDirectory: database.databaseUrl === null ? database.dataDirectory : options.folder,
      enableEveryoneMentions: false,
      logLevel: 'info',
      discordApiUrl: sandbox.apiUrl,
      openai: null,
      supabase: null,
      telemetryEveryS: null,
      http: null,
    };
    this.#guild = sandbox.createGuild({
      name: `Seed ${plan.seed}`,
      owner: 'olivia',
      roles: [{ name: 'Support' }],
      members: ['mia', 'sam', { name: 'sue', roles: ['Support'] }],
      channels: [{ name: 'general' }, { name: 'log' }, { name: 'Help', type: 'category' }],
    });
    sandbox.world.dispatchListeners.add((name, data) => {
      if (name === 'CHANNEL_CREATE') this.#seeChannel(data as APIChannel);
      if (name === 'MESSAGE_CREATE') this.#seeMessage(data as APIMessage);
    });
  }

  async history(): Promise<TicketHistory> {
    const { plan, sandbox } = this.#options;
    for (let index = 0; index < plan.processes; index += 1) await this.#start();
    for (const [setting, value] of Object.entries(SETTINGS)) {
      const reply = await this.#guild.owner.runs('/config set', { setting, value }, { in: 'log' });
      if (!reply.text.includes('now')) throw new Error(`${setting}: ${reply.text}`);
    }
    for (const act of plan.acts) await this.#perform(act);
    for (const step of QUIET_STEPS_MS) await this.#advance(step);
    await this.#advance(SWEEP_MS);
    const wrong = sandbox.violations.map(({ kind, problems }) => `${kind}: ${problems.join('; ')}`);
    if (wrong.length > 0) throw new Error(`Discord would refuse what the bot asks: ${wrong.join(' | ')}`);
    return {
      plan,
      openerId: this.#mia.id,
      made: [...this.#made.values()],
      written: this.#written,
      confirmed: this.#confirmed,
      recoveries: this.#recoveries,
      struck: this.#struck,
      faults: this.#faults,
      passed: this.#passed,
      end: await this.#look(),
    };
  }

  async end(): Promise<void> {
    await Promise.all(this.#bots.map((bot) => bot.end('SIGKILL')));
  }

  get #mia(): Person {
    return this.#guild.member('mia');
  }

  async #start(): Promise<TicketBot> {
    const { program, folder, clockFile } = this.#options;
    for (let tries = 1; ; tries += 1) {
      this.#number += 1;
      const bot: TicketBot = new Bot(program, folder, `bot-${this.#number}`);
      if (await bot.start({ kind: 'start', config: this.#config, clockFile })) {
        this.#bots.push(bot);
        return bot;
      }
      await bot.end('SIGKILL');
      if (tries === START_TRIES) throw new Error('a bot cannot start; see its log');
    }
  }

  /** Does it with a trap set, sees to it that all becomes well again, and does it again if nothing came of it. */
  async #perform(act: PlannedAct): Promise<void> {
    const { sandbox, plan } = this.#options;
    let strikes = 0;
    if (act.fault !== null) {
      const { kind, on, times } = act.fault;
      sandbox.faults.switchOn({ fault: kind, on, times }, () => {
        strikes += 1;
        this.#faults.push(`${act.what}: ${kind}`);
      });
    }
    await Promise.all(this.#bots.map((bot) => this.#arm(bot, { what: act.what, nth: act.nth })));
    const begun = this.#do(act.what).catch(() => undefined);
    const died = await this.#untilDeath(begun);
    const [passed] = await Promise.all(this.#bots.map((bot) => this.#arm(bot, null)));
    if (act.nth === null && strikes === 0 && plan.processes === 1)
      this.#passed.push({ what: act.what, boundaries: passed ?? 0 });
    if (this.#bots.length === 0)
      await this.#arm(await this.#start(), { what: 'recovery', nth: act.recoveryNth });
    if (act.what === 'open' && plan.triesAgain && died) await this.#open().catch(() => undefined);
    await this.#recover(act.what, () => strikes > 0);
    sandbox.faults.clear();
    // Not only once: a second bot that came late to the first command counts it for the cooldown of the next.
    for (let tries = 0; tries < DO_TRIES && !(await this.#isDone(act.what)); tries += 1) {
      await this.#advance(AGAIN_MS);
      await this.#do(act.what);
      await this.#recover(act.what, () => false);
    }
    await this.#advance(BETWEEN_MS);
  }

  async #arm(bot: TicketBot, trap: BoundaryTrap | null): Promise<number> {
    const answer = await bot.ask({ kind: 'arm', trap });
    return answer?.kind === 'armed' ? answer.passed : 0;
  }

  /** @returns whether somebody died; else it is over. */
  async #untilDeath(begun: Promise<void>): Promise<boolean> {
    const state = { isOver: false };
    void begun.then(() => (state.isOver = true));
    for (;;) {
      if (this.#noticeDeaths()) return true;
      if (state.isOver) return false;
      await sleep(POLL_MS);
    }
  }

  /** @returns whether somebody died since. */
  #noticeDeaths(): boolean {
    const dead = this.#bots.filter(({ condition }) => condition === 'dead');
    for (const bot of dead) {
      if (bot.struck.length === 0) throw new Error('a bot ended by itself; see its log');
      this.#struck.push(...bot.struck);
      this.#bots.splice(this.#bots.indexOf(bot), 1);
    }
    return dead.length > 0;
  }

  /** Lets time go on until all is well. */
  async #recover(what: What, isFaulted: () => boolean): Promise<void> {
    const { clock } = this.#options;
    let since = clock.now();
    const begun = since;
    for (;;) {
      await sleep(SETTLE_MS);
      if (this.#noticeDeaths() && this.#bots.length === 0) await this.#start();
      const seen = await this.#look().catch(() => null);
      if (this.#noticeDeaths() || seen === null) {
        if (this.#bots.length === 0) await this.#start();
        since = clock.now();
        continue;
      }
      const left = inconsistencies(seen, this.#mia.id);
      const now = clock.now().getTime();
      if (left.length === 0 || now - begun.getTime() > PATIENCE_MS) {
        const ms = now - since.getTime();
        this.#recoveries.push({ what, ms, isFaulted: isFaulted(), left });
        await Promise.all(this.#bots.map((bot) => this.#arm(bot, null)));
        return;
      }
      const count = this.#bots.length;
      await this.#advance(SWEEP_MS);
      if (this.#bots.length < count) {
        if (this.#bots.length === 0) await this.#start();
        since = clock.now();
      }
    }
  }

  async #advance(ms: number): Promise<void> {
    const { clock } = this.#options;
    clock.moveTo(new Date(clock.now().getTime() + ms));
    await Promise.all(this.#bots.map((bot) => bot.ask({ kind: 'sweep' })));
    this.#noticeDeaths();
  }

  async #do(what: What): Promise<void> {
    if (what === 'open') {
      const ticket = await this.#open();
      if (ticket !== null) this.#confirmed.push({ kind: 'opened', ticket });
      return;
    }
    const { kind, command, said } = ACTS[what];
    const channel = this.#ticketChannels.at(-1);
    const ticket = this.#made.get(channel?.id ?? '');
    if (channel === undefined || ticket === undefined) {
      const { tickets } = await this.#look();
      throw new Error(
        `there is no channel of a ticket: ${JSON.stringify({ tickets, last: this.#lastReply })}`,
      );
    }
    const options: Record<string, string> = what === 'delete' ? { status: 'archived' } : {};
    const reply = await this.#guild.member('sue').runs(command, options, { in: channel });
    if (said.test(reply.text)) this.#confirmed.push({ kind, ticket });
  }

  /** @returns null when she has one already, or nobody answers. */
  async #open(): Promise<number | null> {
    const reply = await this.#mia.runs('/ticket', { description: 'My key does not work' }, { in: 'general' });
    this.#lastReply = reply.text;
    const number = /Your ticket #(\d+) is (?:open|noted)/.exec(reply.text)?.[1];
    return number === undefined ? null : Number(number);
  }

  async #isDone(what: What): Promise<boolean> {
    const { tickets } = await this.#look();
    const status = tickets.at(-1)?.status;
    switch (what) {
      case 'open':
        return status !== undefined;
      case 'close':
        return status === 'closed';
      case 'reopen':
        return status === 'open';
      case 'delete':
        return status === 'archived';
    }
  }

  get #ticketChannels(): GuildChannelRecord[] {
    const help = this.#guild.channel('Help').id;
    return this.#guild.channels.filter(({ parentId }) => parentId === help);
  }

  async #look(): Promise<Seen> {
    const answer = await this.#bots[0]?.ask({ kind: 'rows' });
    if (answer?.kind !== 'rows') throw new Error('the rows cannot be read');
    return { ...answer, channels: this.#ticketChannels.map((channel) => this.#seen(channel)) };
  }

  #seen(channel: GuildChannelRecord): SeenChannel {
    const { world } = this.#options.sandbox;
    const accessOf = (name: string) => {
      const bits = permissionsIn(world, this.#guild.record, channel, this.#guild.member(name).id);
      return { sees: (bits & P.ViewChannel) !== 0n, writes: (bits & P.SendMessages) !== 0n };
    };
    return {
      id: channel.id,
      ticket: numberIn(channel.topic ?? ''),
      name: channel.name,
      controls: [...channel.messages.values()].flatMap(({ id, components }): SeenChannel['controls'] => {
        const text = JSON.stringify(components);
        if (/"ticket:1:close:\d+"/.test(text)) return [{ messageId: id, shows: 'open' }];
        return /"ticket:1:reopen:\d+"/.test(text) ? [{ messageId: id, shows: 'closed' }] : [];
      }),
      opener: accessOf('mia'),
      staff: accessOf('sue'),
      stranger: accessOf('sam'),
    };
  }

  #seeChannel(channel: APIChannel): void {
    const ticket = 'topic' in channel ? numberIn(channel.topic ?? '') : null;
    if (ticket !== null) this.#made.set(channel.id, ticket);
  }

  #seeMessage(message: APIMessage): void {
    const { world } = this.#options.sandbox;
    if (message.author.id !== world.application.botId) return;
    const title = /^Ticket (\d+): (.+)$/.exec(message.embeds[0]?.title?.replace(/^\P{L}+/u, '') ?? '');
    if (message.channel_id === this.#guild.channel('log').id && title !== null) {
      const said = title[2] === 'channel deleted' ? 'archived' : title[2];
      const about = LOGGED.find((kind) => kind === said);
      if (about !== undefined) this.#written.push({ where: 'log', ticket: Number(title[1]), about });
      return;
    }
    const inTicket = this.#made.get(message.channel_id);
    const line = / has (closed|reopened) this ticket/.exec(message.content)?.[1];
    if (inTicket !== undefined && line !== undefined)
      this.#written.push({ where: 'ticket', ticket: inTicket, about: line === 'closed' ? line : 'reopened' });
    const file = /ticket-(\d+)/.exec(message.attachments[0]?.filename ?? '')?.[1];
    if (inTicket === undefined && file !== undefined)
      this.#written.push({ where: 'direct', ticket: Number(file), about: 'transcript' });
  }
}

/** The number in a ticket channel's topic. */
function numberIn(topic: string): number | null {
  const number = /^🎫 (\d+) ·/u.exec(topic)?.[1];
  return number === undefined ? null : Number(number);
}
