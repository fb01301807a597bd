import { open } from 'node:fs/promises';

const LOOK_EVERY_MS = 300;
/** How much of an old log a new watcher is shown. */
const SHOWN_AT_FIRST_BYTES = 64 * 1024;

/** Shows the end of the bot's log and what is added to it; the result ends that. */
export function followLog(file: string, show: (text: string) => void): () => void {
  let position: number | null = null;
  let isOver = false;
  const look = async (): Promise<void> => {
    const handle = await open(file, 'r').catch(() => null);
    // Not written yet, or gone with the sandbox.
    if (handle === null) return;
    try {
      const { size } = await handle.stat();
      position ??= Math.max(0, size - SHOWN_AT_FIRST_BYTES);
      if (size <= position) return;
      const bytes = Buffer.alloc(size - position);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
      // Up to the last whole line; the rest comes with what follows.
      const end = bytes.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      position += end;
      if (end > 0 && !isOver) show(bytes.subarray(0, end).toString('utf8'));
    } finally {
      await handle.close();
    }
  };
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = null));
  }, LOOK_EVERY_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
