/**
 * Lets a few pieces of work run at once and the others wait in order, in this process: so that many who want the same at once do not take
 * all connections to the database, and none gives up waiting for one.
 * @param most how many run at once.
 */
export function inTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes this place over, so that nobody new comes between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
