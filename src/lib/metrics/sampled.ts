const FRESH_MS = 10_000;
const TIMEOUT_MS = 2_000;

/**
 * Reads something that costs a query: once in ten seconds however often it is asked, and never twice at the same time.
 * @returns a function that gives null where reading failed or took longer than two seconds.
 */
export function sampled<Value>(
  read: () => Promise<Value>,
  { freshMs = FRESH_MS, timeoutMs = TIMEOUT_MS } = {},
): () => Promise<Value | null> {
  let last: { readonly at: number; readonly value: Promise<Value | null> } | null = null;
  let running: Promise<Value | null> | null = null;
  return () => {
    const now = performance.now();
    if (last !== null && now - last.at < freshMs) return last.value;
    // One that hangs is not asked a second time beside it.
    running ??= read()
      .catch(() => null)
      .finally(() => (running = null));
    last = { at: now, value: within(running, timeoutMs) };
    return last.value;
  };
}

async function within<Value>(work: Promise<Value | null>, timeoutMs: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  return Promise.race([work, expired]).finally(() => clearTimeout(timer));
}
