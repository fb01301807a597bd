import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromBot, Numbered, ToBot } from './protocol.ts';

/** Nothing that a bot is asked takes this long, on a busy machine either. */
const ANSWER_TIMEOUT_MS = 60_000;
const POLL_MS = 10;

/** How a bot's process is. */
export type Condition = 'alive' | 'suspended' | 'dead';

interface Message {
  readonly kind: string;
}

/** One process of a run. `To` is what it can be told, `From` what it answers. */
export class Bot<To extends Message = ToBot, From extends Message = FromBot> {
  readonly #process: ChildProcess;
  readonly #struckFile: string;
  readonly #exited: Promise<unknown>;
  #asked = 0;

  /**
   * Begins to load the bot's code; it starts with {@link start}.
   * @param program what `bundleBot` made.
   */
  constructor(program: string, folder: string, name: string) {
    this.#struckFile = path.join(folder, `${name}.struck`);
    const output = openSync(path.join(folder, `${name}.log`), 'a');
    this.#process = fork(program, [this.#struckFile], {
      stdio: ['ignore', output, output, 'ipc'],
      execArgv: [],
      // What one process compiled need not be compiled by the next; it is kept beside the program and goes with it.
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(path.dirname(program), 'compiled') },
    });
    closeSync(output);
    this.#exited = new Promise((resolve) => this.#process.once('exit', resolve));
    // The channel of a process that was killed.
    this.#process.on('error', () => undefined);
  }

  get condition(): Condition {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return 'dead';
    try {
      const stat = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8');
      const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
      if (state === 'T') return 'suspended';
      return state === 'Z' || state === 'X' ? 'dead' : 'alive';
    } catch {
      return 'dead';
    }
  }

  /** The steps at which a trap struck. */
  get struck(): string[] {
    try {
      return readFileSync(this.#struckFile, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  }

  /** @returns whether it is ready; not, when a trap struck or it could not start. */
  async start(message: Extract<To, { kind: 'start' }>): Promise<boolean> {
    return (await this.ask(message))?.kind === 'ready';
  }

  /** @returns its answer; null when it dies or is suspended over it. */
  async ask(message: To): Promise<From | null> {
    if (this.condition !== 'alive') return null;
    this.#asked += 1;
    const number = this.#asked;
    const asked = { isOver: false };
    let listen: (from: Numbered<From>) => void = () => undefined;
    const answer = new Promise<From | null>((resolve) => {
      listen = (from) => {
        if (from.number === number) resolve(from);
      };
      this.#process.on('message', listen);
      this.#process.send({ ...message, number } satisfies Numbered<To>, (error) => {
        if (error !== null) resolve(null);
      });
    });
    try {
      return await Promise.race([answer, this.#untilHindered(asked)]);
    } finally {
      asked.isOver = true;
      this.#process.off('message', listen);
    }
  }

  /** Says something that is not answered. */
  tell(message: To): void {
    if (this.condition !== 'dead') this.#process.send(message, () => undefined);
  }

  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGCONT'): void {
    this.#process.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.condition === 'dead') return;
    this.signal(signal);
    await this.#exited;
  }

  async #untilHindered(asked: { readonly isOver: boolean }): Promise<null> {
    const end = performance.now() + ANSWER_TIMEOUT_MS;
    while (!asked.isOver) {
      if (this.condition !== 'alive') return null;
      if (performance.now() > end) throw new Error('a bot does not answer');
      await sleep(POLL_MS);
    }
    return null;
  }
}
