/** The shortest of a few runs in milliseconds: what the work itself costs, whatever else the machine does. */
export function fastestRunMs(work: () => unknown): number {
  const runs = Array.from({ length: 7 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...runs);
}

/** Ten times what linear work on 32,000 characters takes here; a quadratic pattern takes seconds. */
export const LINEAR_MS = 200;
