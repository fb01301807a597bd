import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './problem.ts';

const DEPTH_MAX = 32;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads a request's body, and never more than it may have, whatever its Content-Length says or does not say.
 * @throws HttpProblem 413 when there is more, 400 when the connection ended in the middle.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytesMax) throw tooLarge(bytesMax);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // A stream that is destroyed takes the socket with it, and nobody would read why.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(400, 'The body ended before it was whole.', { cause: error });
  }
  return Buffer.concat(chunks);
}

function tooLarge(bytesMax: number): HttpProblem {
  // What still comes is not read, so the connection cannot be used again.
  return new HttpProblem(413, `The body may have ${bytesMax} bytes.`, { headers: { Connection: 'close' } });
}

/**
 * A body as JSON.
 * @throws HttpProblem 415 for another type, 400 for what is no JSON or nested too deeply.
 */
export function readJson(request: IncomingMessage, raw: Buffer | undefined): unknown {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? ''))
    throw new HttpProblem(415, 'Send JSON, with Content-Type: application/json.');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw ?? Buffer.alloc(0)));
  } catch (error) {
    throw new HttpProblem(400, 'The body is not JSON.', { cause: error });
  }
  if (isDeeperThan(value, DEPTH_MAX)) throw new HttpProblem(400, 'The body is nested too deeply.');
  return value;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
