import type { IncomingMessage } from 'node:http';
import type { Caller } from '#lib/access/caller';
import type { Session } from '#lib/access/sessions';

/** What is known of a request; the middlewares add to it in the order in which they run. */
export interface RequestContext {
  readonly id: string;
  readonly startedAtMs: number;
  /** The methods that its path takes; null: nothing is there. */
  readonly methods: readonly string[] | null;
  /** Whose address it is, with what TRUST_PROXY says taken into account. */
  address?: string;
  cookies?: Readonly<Record<string, string>>;
  /** Who sent it; undefined until the guard has run, and a route refuses then. */
  caller?: Caller;
  /** The dashboard's session that its cookie is of. It is not proof enough for a write, see `identify`. */
  session?: Session;
  /** The body as it came, where the route takes one. */
  body?: Buffer;
}

const contexts = new WeakMap<IncomingMessage, RequestContext>();

export function setRequestContext(request: IncomingMessage, context: RequestContext): void {
  contexts.set(request, context);
}

/** @throws Error for a request that did not come in by `serve`. */
export function requestContext(request: IncomingMessage): RequestContext {
  const context = contexts.get(request);
  if (context === undefined) throw new Error('a request reached a route past the house');
  return context;
}
