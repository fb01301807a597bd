import type { World } from '../state/world.ts';

/** Waits until `check` gives something, looking again after each change of the world; null when the time is up. */
export function until<Found>(
  world: World,
  check: () => Found | null,
  timeoutMs: number,
): Promise<Found | null> {
  const already = check();
  if (already !== null) return Promise.resolve(already);
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      world.changeListeners.delete(look);
    };
    const look = (): void => {
      try {
        const found = check();
        if (found === null) return;
        finish();
        resolve(found);
      } catch (error) {
        finish();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(() => {
      finish();
      resolve(null);
    }, timeoutMs);
    world.changeListeners.add(look);
  });
}
