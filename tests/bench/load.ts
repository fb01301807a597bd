import http from 'node:http';
import { percentile } from './statistics.ts';

export interface LoadOptions {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of the n-th request. */
  readonly body?: (index: number) => string;
  /** Requests under way at once, each on a connection of its own. */
  readonly connections: number;
  readonly ms: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const WARM_MS = 300;

/**
 * Asks again and again for a while. What comes in the first moments is not counted.
 * @throws when an answer has another status than 2xx, for that would be faster than the right one.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.connections });
  const latencies: number[] = [];
  const begun = performance.now();
  const countedFrom = begun + WARM_MS;
  const until = countedFrom + options.ms;
  let index = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < until) {
      const sent = performance.now();
      index += 1;
      const status = await once(options, agent, index);
      if (status < 200 || status > 299) throw new Error(`${options.url} answered ${status}`);
      if (sent >= countedFrom) latencies.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.connections }, worker));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - countedFrom) / 1_000;
  return {
    perSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

function once(
  { url, method = 'GET', headers = {}, body }: LoadOptions,
  agent: http.Agent,
  index: number,
): Promise<number> {
  const payload = body?.(index);
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method,
        agent,
        headers: {
          ...headers,
          ...(payload !== undefined && {
            'Content-Type': 'application/json',
            'Content-Length': String(Buffer.byteLength(payload)),
          }),
        },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(payload);
  });
}
