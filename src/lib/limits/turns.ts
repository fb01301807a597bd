/**
 * Lets a few pieces of work run at once and the others wait in order, in this process: so that many who want the same at once do not take
 * all connections to the database, and none gives up waiting for one.
 * @param most how many run at once, asked for whenever somebody comes or ends where it changes.
 * @param turnMs whoever is not done after that long waits for somebody else and is in nobody's way: the next one begins. Forever when left
 * out.
 */
export function inTurns(
  most: number | (() => number),
  turnMs: number | null = null,
): <T>(work: () => Promise<T>) => Promise<T> {
  const limit = typeof most === 'number' ? () => most : most;
  const waiting: (() => void)[] = [];
  let running = 0;
  const end = (): void => {
    running -= 1;
    // Whoever waits takes a place over, so that nobody new comes between.
    while (waiting.length > 0 && running < limit()) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return async (work) => {
    if (waiting.length > 0 || running >= limit()) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    let isEnded = false;
    const endOnce = (): void => {
      if (!isEnded) end();
      isEnded = true;
    };
    const timer = turnMs === null ? undefined : setTimeout(endOnce, turnMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      endOnce();
    }
  };
}
