import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { Crew } from './crew.ts';
import { FileClock } from './file-clock.ts';
import type { AddedReminder, Hindrance, History, SeenDelivery } from './history.ts';
import { CHANNELS, type Plan, type PlannedReminder } from './plan.ts';
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
  readonly #agenda: AgendaItem[] = [];
  readonly #deliveries: SeenDelivery[] = [];
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
    sandbox.world.dispatchListeners.add((name, data) => {
      if (name === 'MESSAGE_CREATE') this.#see(data as APIMessage);
    });
  }

  later(ms: number, act: AgendaItem['act']): void {
    this.#put({ at: new Date(this.clock.now().getTime() + ms), act });
  }

  duringNextSweep(act: () => Promise<void>): void {
    this.#duringSweep.push(act);
  }

  async history(): Promise<History> {
    const { plan, clock, crew, sandbox } = this;
    await crew.startAll();
    const reminders = await this.#addReminders();
    const troubles = new Troubles(this);
    for (const trouble of plan.troubles) this.#put({ at: trouble.at, act: () => troubles.begin(trouble) });
    await this.#playUntil(plan.end);
    await troubles.endAll();
    this.#agenda.length = 0;
    await this.#doWhatIsDue();
    await this.#playUntil(new Date(clock.now().getTime() + QUIET_MS));
    await this.#doWhatIsDue();
    const wrong = sandbox.violations.map(({ kind, problems }) => `${kind}: ${problems.join('; ')}`);
    if (wrong.length > 0) throw new Error(`Discord would refuse what the bot asks: ${wrong.join(' | ')}`);
    return {
      plan,
      reminders,
      deliveries: this.#deliveries,
      rows: await crew.rows(),
      hindrances: this.hindrances,
      struck: crew.struck,
      endedAt: clock.now(),
    };
  }

  async #addReminders(): Promise<AddedReminder[]> {
    const { owner } = this.guild;
    const { zone, offsetMinutes } = this.plan;
    const set = async (setting: string, value: string): Promise<void> => {
      const reply = await owner.runs('/config set', { setting, value }, { in: 'log' });
      if (reply.failed !== null) throw new Error(`${setting} could not be set: ${reply.failed}`);
    };
    await set('system.timezone', zone);
    await set('reminders.offset_minutes', String(offsetMinutes));
    await set('system.log_channel_id', 'log');
    const added: AddedReminder[] = [];
    for (const planned of this.plan.reminders) added.push(await this.#add(planned));
    return added;
  }

  async #add(planned: PlannedReminder): Promise<AddedReminder> {
    const { name, time, date, weekdays, channel } = planned;
    // A member may add five a minute, and each process that takes a command up late counts it in its own minute.
    this.clock.moveTo(new Date(this.clock.now().getTime() + MINUTE_MS));
    const addedAt = this.clock.now();
    const reply = await this.guild.owner.runs(
      '/add_reminder',
      {
        name,
        time,
        channel,
        ...(date === null ? { days: weekdays.map((day) => WEEKDAY_NAMES[day]).join(', ') } : { date }),
      },
      { in: 'log' },
    );
    const id = Number(/#(\d+)/.exec(reply.text)?.[1]);
    if (!Number.isInteger(id)) throw new Error(`${name} could not be added: ${reply.text}`);
    return { id, planned, channelId: this.guild.channel(channel).id, addedAt };
  }

  async #playUntil(end: Date): Promise<void> {
    for (;;) {
      const dues = await this.crew.dues();
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
    for (const { footer, timestamp } of message.embeds) {
      const reminder = Number(/#(\d+)$/.exec(footer?.text ?? '')?.[1]);
      if (!Number.isInteger(reminder) || timestamp === undefined) continue;
      const channel = this.guild.channels.find(({ id }) => id === message.channel_id);
      if (channel === undefined || !CHANNELS.some((name) => name === channel.name)) continue;
      this.#deliveries.push({
        channelId: message.channel_id,
        messageId: message.id,
        reminder,
        due: new Date(timestamp),
        at: this.clock.now(),
      });
    }
  }
}

const WEEKDAY_NAMES = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
