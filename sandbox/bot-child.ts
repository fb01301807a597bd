import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './sandbox.ts';

/** What the sandbox tells the bot's process. Instants are ISO text. */
export type ToBot =
  | { readonly kind: 'start'; readonly now: string }
  | { readonly kind: 'move'; readonly to: string }
  | { readonly kind: 'next'; readonly until: string };
/** What the bot's process answers. */
export type FromBot =
  | { readonly kind: 'ready'; readonly port: number | null }
  | { readonly kind: 'moved' }
  /** The next instant at which something becomes due, or null when nothing does until then. */
  | { readonly kind: 'due'; readonly at: string | null }
  | { readonly kind: 'failed'; readonly reason: string };

const STOP_TIMEOUT_MS = 10_000;

interface BotChildOptions {
  readonly sandbox: Sandbox;
  readonly dataDirectory: string;
  /** Where the bot's log goes. */
  readonly logFile: string;
}

/** A bot in a process of its own, which can be killed. */
export class BotChild {
  readonly #options: BotChildOptions;
  #process: ChildProcess | null = null;
  /** Where it listened last; it does so again. */
  #port: number | null = null;

  constructor(options: BotChildOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Where its dashboard is; null before it has started. */
  get dashboardUrl(): string | null {
    return this.#port === null ? null : `http://localhost:${this.#port}`;
  }

  /** Starts it and waits until it is ready. Rejects with its own words when it cannot start. */
  async start(): Promise<void> {
    if (this.isRunning) throw new Error('The bot is running already.');
    const { sandbox, dataDirectory, logFile } = this.#options;
    const output = openSync(logFile, 'a');
    // The runner's own flags are inherited, so that the pieces' TypeScript is understood there too.
    const child = fork(fileURLToPath(new URL('./bot-process.ts', import.meta.url)), [], {
      stdio: ['ignore', output, output, 'ipc'],
      env: {
        ...process.env,
        BOT_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.apiUrl,
        DISCORD_CLIENT_SECRET: sandbox.clientSecret,
        DATABASE_URL: '',
        DATA_DIRECTORY: dataDirectory,
        ENABLE_EVERYONE_MENTIONS: 'true',
        // Several sandboxes may run beside each other.
        PORT: process.env['PORT'] ?? String(this.#port ?? 0),
      },
    });
    closeSync(output);
    this.#process = child;
    const answered = this.#nextMessage(child);
    this.#send({ kind: 'start', now: sandbox.clock.now().toISOString() });
    const answer = await answered;
    if (answer.kind === 'ready') this.#port = answer.port;
    if (answer.kind !== 'failed') return;
    this.#process = null;
    throw new Error(`The bot could not start: ${answer.reason}`);
  }

  /** Tells it that the clock was moved, and waits until it has done what became due. */
  async clockMoved(): Promise<void> {
    const child = this.#process;
    if (child === null || !this.isRunning) return;
    const answered = this.#nextMessage(child);
    this.#send({ kind: 'move', to: this.#options.sandbox.clock.now().toISOString() });
    await answered;
  }

  /** When the bot next has something to send, up to an instant; null when it has not, or does not run. */
  async nextDue(until: Date): Promise<Date | null> {
    const child = this.#process;
    if (child === null || !this.isRunning) return null;
    const answered = this.#nextMessage(child);
    this.#send({ kind: 'next', until: until.toISOString() });
    const answer = await answered;
    return answer.kind === 'due' && answer.at !== null ? new Date(answer.at) : null;
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Lets it end in order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  }

  #send(message: ToBot): void {
    this.#process?.send(message);
  }

  async #nextMessage(child: ChildProcess): Promise<FromBot> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: FromBot): void => {
        child.off('exit', onExit);
        resolve(message);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        child.off('message', onMessage);
        const how = signal ?? `exit code ${code}`;
        // The log itself may go with the sandbox.
        reject(new Error(`The bot ended (${how}). Its log ends with: ${lastLineOf(this.#options.logFile)}`));
      };
      child.once('message', onMessage);
      child.once('exit', onExit);
    });
  }
}

function lastLineOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  } catch {
    return '(it is gone)';
  }
}
