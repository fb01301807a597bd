import { z } from 'zod';
import { ClientRefusal } from '../people/client-refusal.ts';
import type { Act } from './act.ts';
import { act, DONE } from './act.ts';

/** What is done to this Discord and its bot from outside. */
export const worldActs = {
  advance: act(
    z.object({
      ms: z
        .number()
        .int()
        .min(1)
        .max(10 * 366 * 86_400_000),
    }),
    async ({ host }, { ms }) => {
      await host.advance(ms);
      return DONE;
    },
  ),
  'advance-to': act(
    z.object({ instant: z.iso.datetime({ offset: true }) }),
    async ({ host }, { instant }) => {
      const ms = Date.parse(instant) - host.clock.now().getTime();
      if (ms <= 0) throw new ClientRefusal('Time does not go back: choose a later moment.');
      await host.advance(ms);
      return DONE;
    },
  ),
  bot: act(z.object({ order: z.enum(['start', 'kill', 'stop']) }), async ({ host }, { order }) => {
    if (host.bot === null) throw new ClientRefusal('The bot is not a process of this sandbox.');
    if (order === 'start' && host.bot.isRunning) throw new ClientRefusal('The bot runs already.');
    await host.bot[order]();
    return DONE;
  }),
  reset: act(z.object({}), async ({ host }) => {
    await host.reset();
    return DONE;
  }),
} satisfies Record<string, Act>;
