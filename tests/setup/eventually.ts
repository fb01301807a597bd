import { vi } from 'vitest';

/** Far more than it takes: how fast a machine that does other things as well comes to it is not what is tested. */
const WAIT_MS = 10_000;

/** Looks again and again until what is expected is so. @returns what `look` does. @throws what it last threw, after ten seconds. */
export function eventually<Seen>(look: () => Seen | Promise<Seen>): Promise<Seen> {
  return vi.waitFor(look, { timeout: WAIT_MS, interval: 20 });
}
