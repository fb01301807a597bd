import type { Config } from '../../src/config.ts';
import { Bot } from './bot.ts';
import type { Dues, FromBot, MadeReminder, OccurrenceRow, ToBot } from './protocol.ts';
import type { Step, Trap } from './steps.ts';

/** What happens after a trap has struck. */
export interface SetTrap {
  readonly trap: Trap;
  readonly onStruck: (slot: number) => void;
}

interface Slot {
  bot: Bot | null;
  readonly traps: SetTrap[];
}

interface CrewOptions {
  readonly program: string;
  readonly config: Config;
  readonly clockFile: string;
  /** For the processes' logs. */
  readonly folder: string;
  readonly processes: number;
}

const START_TRIES = 20;
const QUESTION_TRIES = 20;

/** The bots of a run. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #slots: Slot[];
  readonly #struck: Step[] = [];
  readonly #asleep = new WeakSet<Bot>();
  #number = 0;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.processes }, () => ({ bot: null, traps: [] }));
  }

  get struck(): readonly Step[] {
    return this.#struck;
  }

  get isAnyoneAsleep(): boolean {
    return this.#slots.some(({ bot }) => bot?.condition === 'suspended');
  }

  /** How many processes live and are not suspended. */
  get alive(): number {
    return this.#slots.filter(({ bot }) => bot?.condition === 'alive').length;
  }

  /** Whether all processes live and none is suspended. */
  get isComplete(): boolean {
    return this.alive === this.#slots.length;
  }

  get isAnyoneThere(): boolean {
    return this.#slots.some(({ bot }) => bot !== null);
  }

  /** Starts the process of a slot, unless it lives. A trap may strike before it is ready, and then it is started again later. */
  async start(index: number): Promise<void> {
    const slot = this.#slot(index);
    if (slot.bot !== null) return;
    for (let tries = 1; ; tries += 1) {
      this.#number += 1;
      const bot = new Bot(this.#options.program, this.#options.folder, `bot-${this.#number}`);
      const { config, clockFile } = this.#options;
      if (await bot.start({ kind: 'start', config, clockFile })) {
        slot.bot = bot;
        this.#arm(slot);
        return;
      }
      await bot.end('SIGKILL');
      // The database or the gateway is coming back just now.
      if (tries === START_TRIES) throw new Error('a bot cannot start; see its log');
    }
  }

  async startAll(): Promise<void> {
    // One after the other, as a process manager does.
    for (const index of this.#slots.keys()) await this.start(index);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await Promise.all(
      this.#slots.map(async (slot) => {
        const bot = slot.bot;
        slot.bot = null;
        // One that is suspended hears nothing but this.
        await bot?.end(bot.condition === 'suspended' ? 'SIGKILL' : signal);
      }),
    );
  }

  /** Sets a trap for one of the processes, after those that it has already. */
  setTrap(index: number, trap: SetTrap): void {
    const slot = this.#slot(index);
    slot.traps.push(trap);
    if (slot.traps.length === 1) this.#arm(slot);
  }

  /** Takes all traps away; those that struck just before have struck. */
  async removeTraps(): Promise<void> {
    for (const { bot } of this.#slots) {
      bot?.tell({ kind: 'arm', trap: null });
      // Answered only after the trap is gone.
      await bot?.ask({ kind: 'look' });
    }
    this.#notice();
    for (const { traps } of this.#slots) traps.length = 0;
  }

  resume(index: number): void {
    const slot = this.#slot(index);
    if (slot.bot?.condition !== 'suspended') return;
    this.#asleep.delete(slot.bot);
    slot.bot.signal('SIGCONT');
    this.#arm(slot);
  }

  /** Lets all who live do what is due, and meanwhile something else. */
  async sweep(meanwhile?: () => Promise<void>): Promise<void> {
    const sweeps = this.#slots.map(async ({ bot }) => bot?.ask({ kind: 'sweep' }));
    await meanwhile?.();
    await Promise.all(sweeps);
    this.#notice();
  }

  /** Of the first process that can tell; null when none can. */
  async dues(): Promise<Dues | null> {
    for (const { bot } of this.#slots) {
      const answer = bot && (await askAgain(bot, { kind: 'look' }));
      if (answer?.kind === 'dues') return answer;
    }
    return null;
  }

  async rows(): Promise<readonly OccurrenceRow[]> {
    const { bot } = this.#slot(0);
    const answer = bot && (await askAgain(bot, { kind: 'rows' }));
    if (answer?.kind !== 'rows') throw new Error('the rows cannot be read');
    return answer.rows;
  }

  /** Of the first process that can tell; null when none can. */
  async reminders(): Promise<readonly MadeReminder[] | null> {
    for (const { bot } of this.#slots) {
      const answer = bot && (await askAgain(bot, { kind: 'reminders' }));
      if (answer?.kind === 'reminders') return answer.reminders;
    }
    return null;
  }

  /** Whom a trap has struck since. */
  #notice(): void {
    for (const [index, slot] of this.#slots.entries()) {
      const condition = slot.bot?.condition;
      if (slot.bot === null || condition === 'alive') continue;
      if (this.#asleep.has(slot.bot)) continue;
      const trap = slot.traps.shift();
      if (trap === undefined || slot.bot.struck.length === 0)
        throw new Error('a bot ended by itself; see its log');
      this.#struck.push(trap.trap.step);
      if (condition === 'suspended') this.#asleep.add(slot.bot);
      else slot.bot = null;
      trap.onStruck(index);
    }
  }

  #arm(slot: Slot): void {
    slot.bot?.tell({ kind: 'arm', trap: slot.traps[0]?.trap ?? null });
  }

  #slot(index: number): Slot {
    const slot = this.#slots[index];
    if (slot === undefined) throw new RangeError(`there is no process ${index}`);
    return slot;
  }
}

/** Asks until it is answered: the connection that a first question was sent over may just have been cut. */
async function askAgain(bot: Bot, question: ToBot): Promise<FromBot | null> {
  for (let tries = 1; ; tries += 1) {
    const answer = await bot.ask(question);
    if (answer?.kind !== 'failed') return answer;
    if (tries === QUESTION_TRIES) throw new Error(`a bot cannot tell what it is asked: ${answer.reason}`);
  }
}
