import type { MovableClock } from '#lib/time/clock';
import type { Sandbox } from '../sandbox.ts';

/** What the page stands on: the local Discord, and the bot when it is a child of this process. */
export interface PageHost {
  readonly sandbox: Sandbox;
  readonly clock: MovableClock;
  /** Null when somebody else's bot is connected from outside. */
  readonly bot: PageBot | null;
  /** Of the bots that others may connect from outside; how they log in is told on the page. */
  readonly visitorTokens: readonly string[];
  /** Where the bot's log goes; null when nobody here writes it. */
  readonly logFile: string | null;
  /** Moves the clock on, and lets the bot do what became due on the way. */
  advance(ms: number): Promise<void>;
  /** Puts back everything that it began with, and starts the bot anew with an empty database. Time does not go back. */
  reset(): Promise<void>;
}

export interface PageBot {
  readonly isRunning: boolean;
  start(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}
