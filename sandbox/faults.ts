/** What a fault looks at: a request of the bot before it is handled. */
export interface FaultedRequest {
  method: string;
  /** Without /api/v10 and the query. */
  path: string;
  body: unknown;
}

/**
 * - an object with a status: that answer, after `delayMs`; without a status: only the delay, then the real answer;
 * - 'hang': the request is neither handled nor answered;
 * - 'accept-then-hang': it is handled and never answered, as when a connection dies at the worst moment.
 */
export type FaultAnswer =
  | { status?: number; body?: unknown; headers?: Record<string, string>; delayMs?: number }
  | 'hang'
  | 'accept-then-hang';

export interface Fault {
  /** Compared with "POST /channels/1/messages": a part of it, a pattern, or a function of the request. */
  match: string | RegExp | ((request: FaultedRequest) => boolean);
  /** How many requests it hits; 1 when left out. */
  times?: number;
  answer: FaultAnswer;
}

/** Faults that were asked for and have not struck yet, oldest first. */
export class FaultList {
  readonly #pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending.length = 0;
  }

  take(request: FaultedRequest): FaultAnswer | null {
    const index = this.#pending.findIndex(({ fault }) => matches(fault, request));
    const struck = this.#pending[index];
    if (!struck) return null;
    struck.left -= 1;
    if (struck.left <= 0) this.#pending.splice(index, 1);
    return struck.fault.answer;
  }
}

function matches({ match }: Fault, request: FaultedRequest): boolean {
  if (typeof match === 'function') return match(request);
  const line = `${request.method} ${request.path}`;
  return typeof match === 'string' ? line.includes(match) : match.test(line);
}
