/** How many requests are kept; older ones are forgotten. */
const KEPT_REQUESTS = 5000;

/** One request of the bot, from its arrival to the answer. */
export interface LoggedRequest {
  at: Date;
  method: string;
  /** The route's template, "/channels/{channel}/messages"; null when there is no such route. */
  route: string | null;
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** X-Audit-Log-Reason. */
  reason: string | null;
  /** What the judge had against it; empty when nothing. */
  problems: readonly string[];
  /** Null until it is answered, and for one that never is. */
  status: number | null;
  answer: unknown;
}

/** Something that must not happen: a request Discord would refuse as malformed, or a wrong answer of this sandbox. */
export interface Violation {
  at: Date;
  kind: 'unknown route' | 'invalid request' | 'invalid answer' | 'sandbox error';
  method: string;
  path: string;
  body: unknown;
  problems: readonly string[];
}

export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly violations: Violation[] = [];
  readonly #listeners = new Set<(request: LoggedRequest) => void>();

  add(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT_REQUESTS) this.requests.shift();
  }

  /** Tells the listeners that a request has its answer, or will have none. */
  over(request: LoggedRequest): void {
    for (const listener of this.#listeners) listener(request);
  }

  violate(violation: Violation): void {
    this.violations.push(violation);
  }

  /** Calls `listener` for each request that is over; the result stops that. */
  listen(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
