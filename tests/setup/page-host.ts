import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { PageHost } from '../../sandbox/web/host.ts';
import type { MovableClock } from '../../src/lib/time/clock.ts';

/** A host of the page whose bot is no process of its own, and which cannot start anew. */
export function bareHost(
  sandbox: Sandbox,
  clock: MovableClock,
  advance = (ms: number): Promise<void> => Promise.resolve(clock.advance(ms)),
): PageHost {
  return {
    sandbox,
    clock,
    bot: null,
    visitorTokens: [],
    logFile: null,
    advance,
    reset: () => Promise.reject(new Error('This sandbox has nothing to start anew with.')),
  };
}
