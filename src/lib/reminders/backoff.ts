const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 15 * 60_000;

/** How long to wait after the n-th failed attempt: doubling from five seconds to a quarter of an hour, with a quarter of chance. */
export function backoffMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), MAX_BACKOFF_MS);
  return Math.round(full * (0.75 + random() * 0.25));
}
