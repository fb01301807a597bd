import { rmSync } from 'node:fs';
import { MovableClock } from '../src/lib/time/clock.ts';
import { BotChild } from './bot-child.ts';
import { plantFixture, type GuildKind } from './fixtures.ts';
import { openHome, type Home } from './home.ts';
import type { SandboxGuild } from './people/guild.ts';
import { startSandbox, type BotAccount, type Sandbox } from './sandbox.ts';
import { StartError } from './start-error.ts';
import { toContents, type KeptWorld } from './state-file/kept-world.ts';
import { StateKeeper } from './state-file/keeper.ts';
import type { PageHost } from './web/host.ts';

export interface DemoOptions {
  /** What the clock shows at first; the real time when left out. */
  readonly start?: Date;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** What to begin with; null, the default, is the small one, or what the kept world began with. */
  readonly guild?: GuildKind | null;
  /** Where the world is kept; null, the default, for nowhere. */
  readonly stateFile?: string | null;
  /** True: no bot is started. */
  readonly isExternal?: boolean;
  /** One for each bot. */
  readonly tokens?: readonly string[];
}

interface Parts {
  readonly sandbox: Sandbox;
  readonly clock: MovableClock;
  readonly bot: BotChild | null;
  readonly visitorTokens: readonly string[];
  readonly home: Home;
  readonly kind: GuildKind;
  readonly keeper: StateKeeper | null;
}

const DEFAULT_TOKENS = ['sandbox.bot.token'];

/** Starts the demo. Rejects with a sentence when something is in its way; nothing is left running then. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { start, port = 0, guild = null, stateFile = null, isExternal = false } = options;
  const tokens = options.tokens ?? DEFAULT_TOKENS;
  await using toUndo = new AsyncDisposableStack();
  const home = openHome(stateFile);
  toUndo.defer(() => home.leave());
  const { kept } = home;
  if (kept !== null) checkFits(kept, guild, tokens.length, stateFile ?? '');
  const kind = guild ?? kept?.kind ?? 'small';
  const clock = new MovableClock(kept === null ? start : new Date(Date.now() + kept.clockAheadMs));
  const sandbox = await startSandbox({
    clock,
    port,
    bots: accountsOf(tokens, isExternal),
    ...(kept === null ? {} : { contents: toContents(kept) }),
  });
  toUndo.defer(() => sandbox.close());
  if (kept === null) plantFixture(sandbox, kind);
  const keeper =
    stateFile === null ? null : new StateKeeper({ file: stateFile, world: sandbox.world, clock, kind });
  toUndo.defer(() => keeper?.close());
  const bot = isExternal ? null : new BotChild({ sandbox, ...home });
  toUndo.defer(() => bot?.stop());
  await bot?.start();
  const visitorTokens = isExternal ? tokens : tokens.slice(1);
  return new Demo({ sandbox, clock, bot, visitorTokens, home, kind, keeper }, toUndo.move());
}

/** A local Discord with the servers of a fixture, and the bot in a process of its own. */
export class Demo implements PageHost {
  readonly sandbox: Sandbox;
  readonly clock: MovableClock;
  readonly bot: BotChild | null;
  readonly visitorTokens: readonly string[];
  readonly logFile: string | null;
  readonly #parts: Parts;
  readonly #running: AsyncDisposableStack;
  #resetting: Promise<void> | null = null;

  constructor(parts: Parts, running: AsyncDisposableStack) {
    this.#parts = parts;
    this.#running = running;
    this.sandbox = parts.sandbox;
    this.clock = parts.clock;
    this.bot = parts.bot;
    this.visitorTokens = parts.visitorTokens;
    this.logFile = parts.bot === null ? null : parts.home.logFile;
  }

  /** The first server. */
  get guild(): SandboxGuild {
    const [guild] = this.sandbox.guilds;
    if (guild === undefined) throw new Error('There is no server in this Discord.');
    return guild;
  }

  async advance(ms: number): Promise<void> {
    const { clock, bot } = this;
    const end = new Date(clock.now().getTime() + ms);
    // From one due moment to the next, so that each message arrives at its own time.
    for (let due = await bot?.nextDue(end); due; due = await bot?.nextDue(end)) {
      clock.moveTo(new Date(Math.max(due.getTime(), clock.now().getTime())));
      await bot?.clockMoved();
    }
    clock.moveTo(new Date(Math.max(end.getTime(), clock.now().getTime())));
    await bot?.clockMoved();
    // A bot's database that is ahead of the clock would not fit it.
    this.#parts.keeper?.write();
  }

  reset(): Promise<void> {
    this.#resetting ??= this.#reset().finally(() => (this.#resetting = null));
    return this.#resetting;
  }

  async #reset(): Promise<void> {
    const { sandbox, bot, home, kind, keeper } = this.#parts;
    await bot?.kill();
    rmSync(home.dataDirectory, { recursive: true, force: true });
    sandbox.faults.clear();
    sandbox.clear();
    plantFixture(sandbox, kind);
    keeper?.write();
    await bot?.start();
  }

  /** Ends everything that was started, keeps what is to be kept and removes the rest. */
  close(): Promise<void> {
    return this.#running.disposeAsync();
  }
}

/** @throws StartError when the kept world began otherwise than is asked for. */
function checkFits(kept: KeptWorld, guild: GuildKind | null, bots: number, file: string): void {
  if (guild !== null && guild !== kept.kind)
    throw new StartError(`${file} began with --guild ${kept.kind}; leave --guild out or name another file.`);
  const { size } = kept.applications;
  if (size !== bots)
    throw new StartError(
      `${file} was kept with ${size === 1 ? 'one bot' : `${size} bots`}; give as many tokens.`,
    );
}

function accountsOf(tokens: readonly string[], isExternal: boolean): [BotAccount, ...BotAccount[]] {
  const [first = '', ...others] = tokens;
  return [
    { token: first, name: isExternal ? 'Bot 1' : 'Alphapy' },
    ...others.map((token, index) => ({ token, name: `Bot ${index + 2}` })),
  ];
}
