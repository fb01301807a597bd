import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { directChannelsOf } from '../../sandbox/state/channels.ts';
import { Crew } from './crew.ts';
import { FileClock } from './file-clock.ts';
import { Acts } from './acts.ts';
import { addReminders } from './adding.ts';
import type { Hindrance, History, SeenDelivery, SeenNotice } from './history.ts';
import { CHANNELS, type Plan } from './plan.ts';
import type { RunDatabase, Stage } from './stage.ts';
import { Troubles } from './troubles.ts';

const MINUTE_MS = 60_000;
/** Real time: as long as events take to the bot and back. */
const SETTLE_MS = 20;
const OVERDUE_TRIES = 100;
/** Real time, in place of Discord's three seconds: how quickly a busy machine answers a command is not what is tried here. */
const INTERACTION_DEADLINE_MS = 30_000;
/** After the end all that hinders is over, and retries, at most a quarter of an hour apart, have time. */
const QUIET_MS = 90 * MINUTE_MS;

/** The titles of what the log channel is told. */
const NOTICES: Readonly<Record<string, SeenNotice['kind']>> = {
  'Reminder could not be sent': 'parked',
  'Reminder missed': 'missed',
};

/** Something that happens at an instant of the run. */
export interface AgendaItem {
  readonly at: Date;
  readonly act: () => void | Promise<void>;
}

/** A run in progress, for the troubles. */
export interface Stageplay {
  readonly plan: Plan;
  readonly clock: FileClock;
  readonly sandbox: Sandbox;
  readonly guild: SandboxGuild;
  readonly crew: Crew;
  readonly database: RunDatabase;
  readonly hindrances: Hindrance[];
  /** The channel in which the bot writes to the owner alone. */
  readonly directChannelId: string;
  /** What people do; null until the reminders are added. */
  readonly acts: Acts | null;
  /** Lets nobody sleep over an instant. */
  wakeAt(at: Date): void;
  /** Puts something on the agenda. */
  later(ms: number, act: AgendaItem['act']): void;
  /** Does something in the middle of the next sweep that has messages to send. */
  duringNextSweep(act: () => Promise<void>): void;
}

/**
 * Plays a plan with real processes, from the first reminder to the last message.
 * @param program the bot, as `bundleBot` made it.
 * @param folder for what the run needs on disk, logs too. It is for the caller to remove.
 */
export async function play(plan: Plan, stage: Stage, program: string, folder: string): Promise<History> {
  await mkdir(folder, { recursive: true });
  const clockFile = path.join(folder, 'clock');
  const clock = new FileClock(clockFile, plan.start);
  const sandbox = await startSandbox({ clock, interactionDeadlineMs: INTERACTION_DEADLINE_MS });
  const database = await stage.create(path.basename(folder).replaceAll('-', '_'));
  const { databaseUrl, dataDirectory } = database;
  const crew = new Crew({
    program,
    clockFile,
    folder,
    processes: plan.processes,
    config: {
      botToken: sandbox.token,
      databaseUrl,
      dataDirectory,
      enableEveryoneMentions: false,
      logLevel: 'info',
      discordApiUrl: sandbox.apiUrl,
      openai: null,
      supabase: null,
      telemetryEveryS: null,
      http: null,
    },
  });
  try {
    return await new Play(plan, clock, sandbox, crew, database).history();
  } finally {
    await crew.end('SIGKILL');
    await sandbox.close();
    await database.remove();
  }
}

class Play implements Stageplay {
  readonly hindrances: Hindrance[] = [];
  readonly guild: SandboxGuild;
  readonly directChannelId: string;
  acts: Acts | null = null;
  readonly #agenda: AgendaItem[] = [];
  readonly #deliveries: SeenDelivery[] = [];
  readonly #notices: SeenNotice[] = [];
  #duringSweep: (() => Promise<void>)[] = [];

  constructor(
    readonly plan: Plan,
    readonly clock: FileClock,
    readonly sandbox: Sandbox,
    readonly crew: Crew,
    readonly database: RunDatabase,
  ) {
    this.guild = sandbox.createGuild({
      name: `Seed ${plan.seed}`,
      owner: 'olivia',
      channels: [{ name: 'log' }, ...CHANNELS.map((name) => ({ name }))],
    });
    const [direct] = directChannelsOf(sandbox.world, this.guild.owner.id);
    if (direct === undefined) throw new Error('there is no bot to hear from');
    this.directChannelId = direct.id;
    sandbox.world.dispatchListeners.add((name, data) => {
      if (name === 'MESSAGE_CREATE') this.#see(data as APIMessage);
    });
  }

  later(ms: number, act: AgendaItem['act']): void {
    this.#put({ at: new Date(this.clock.now().getTime() + ms), act });
  }

  wakeAt(at: Date): void {
    this.#put({ at, act: () => undefined });
  }

  duringNextSweep(act: () => Promise<void>): void {
    this.#duringSweep.push(act);
  }

  async history(): Promise<History> {
    const { plan, clock, crew, sandbox } = this;
    await crew.startAll();
    const reminders = await addReminders(this);
    // What came due meanwhile is not to wait for what is due next.
    await this.#doWhatIsDue();
    const begunAt = clock.now();
    const acts = new Acts(this, reminders, this.#deliveries);
    this.acts = acts;
    await acts.remember();
    const troubles = new Troubles(this);
    for (const trouble of plan.troubles) this.#put({ at: trouble.at, act: () => troubles.begin(trouble) });
    await this.#playUntil(plan.end);
    await troubles.endAll();
    this.#agenda.length = 0;
    await this.#doWhatIsDue();
    await acts.now();
    await this.#playUntil(new Date(clock.now().getTime() + QUIET_MS));
    await this.#doWhatIsDue();
    const wrong = sandbox.violations.map(({ kind, problems }) => `${kind}: ${problems.join('; ')}`);
    if (wrong.length > 0) throw new Error(`Discord would refuse what the bot asks: ${wrong.join(' | ')}`);
    return {
      plan,
      reminders,
      dones: acts.dones,
      snoozes: acts.snoozes,
      acts: acts.done,
      unfollowed: acts.unfollowed,
      deliveries: this.#deliveries,
      notices: this.#notices,
      rows: await crew.rows(),
      made: (await crew.reminders()) ?? [],
      hindrances: this.hindrances,
      struck: crew.struck,
      begunAt,
      endedAt: clock.now(),
    };
  }

  async #playUntil(end: Date): Promise<void> {
    for (;;) {
      let dues = await this.crew.dues();
      // What came due since the last sweep is not to wait for what is due next.
      if (dues !== null && dues.overdue > 0) {
        await this.#doWhatIsDue();
        dues = await this.crew.dues();
      }
      const dueAt = dues?.next ?? null;
      const due = dueAt === null ? null : new Date(dueAt);
      const [first] = this.#agenda;
      const next = due === null || (first !== undefined && first.at < due) ? first?.at : due;
      if (next === undefined || next > end) break;
      this.clock.moveTo(next);
      for (let item = this.#agenda[0]; item !== undefined && item.at <= this.clock.now();) {
        this.#agenda.shift();
        await item.act();
        item = this.#agenda[0];
      }
      await this.#doWhatIsDue(next === due ? this.#takeDuringSweep() : undefined);
      await this.acts?.now();
    }
    this.clock.moveTo(end);
  }

  /** Until nothing is due any more that somebody alive could send. */
  async #doWhatIsDue(meanwhile?: () => Promise<void>): Promise<void> {
    await sleep(SETTLE_MS);
    await this.crew.sweep(meanwhile);
    for (let tries = 1; ; tries += 1) {
      const dues = await this.crew.dues();
      if (dues === null || dues.overdue === 0) return;
      // It may hold a lock on what is due, until it wakes or the database ends its transaction.
      if (this.crew.isAnyoneAsleep) return;
      if (tries === OVERDUE_TRIES) throw new Error(`${dues.overdue} messages are due and do not go out`);
      await sleep(SETTLE_MS);
      await this.crew.sweep();
    }
  }

  #takeDuringSweep(): (() => Promise<void>) | undefined {
    const acts = this.#duringSweep;
    if (acts.length === 0) return undefined;
    this.#duringSweep = [];
    return async () => {
      for (const act of acts) await act();
    };
  }

  #put(item: AgendaItem): void {
    const index = this.#agenda.findIndex(({ at }) => at > item.at);
    this.#agenda.splice(index === -1 ? this.#agenda.length : index, 0, item);
  }

  #see(message: APIMessage): void {
    if (message.author.id !== this.sandbox.world.application.botId) return;
    if (message.channel_id === this.guild.channel('log').id) this.#seeNotice(message);
    if (!this.#isWatched(message.channel_id)) return;
    for (const { footer, timestamp, fields } of message.embeds) {
      const reminder = Number(/#(\d+)$/.exec(footer?.text ?? '')?.[1]);
      const eventSeconds = Number(/^<t:(\d+):F>/.exec(fields?.[0]?.value ?? '')?.[1]);
      if (!Number.isInteger(reminder) || !Number.isInteger(eventSeconds) || timestamp === undefined) continue;
      const due = new Date(timestamp);
      this.#deliveries.push({
        channelId: message.channel_id,
        messageId: message.id,
        reminder,
        due,
        // People are shown whole seconds.
        event: Math.floor(due.getTime() / 1000) === eventSeconds ? due : new Date(eventSeconds * 1000),
        at: this.clock.now(),
      });
    }
  }

  #seeNotice({ embeds }: APIMessage): void {
    for (const { title = '', description = '', fields = [] } of embeds) {
      const kind = NOTICES[title];
      const values = fields.map(({ value }) => value);
      const reminder = Number(/^#(\d+) /.exec(values[0] ?? '')?.[1]);
      const due = new Date(Number(/^<t:(\d+):F>/.exec(values[2] ?? '')?.[1]) * 1000);
      if (kind !== undefined)
        this.#notices.push({ kind, reminder, due, text: description, at: this.clock.now() });
    }
  }

  #isWatched(channelId: string): boolean {
    const name = this.guild.channels.find(({ id }) => id === channelId)?.name;
    return channelId === this.directChannelId || CHANNELS.some((watched) => watched === name);
  }
}
