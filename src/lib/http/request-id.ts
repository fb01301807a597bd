import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What may stand in a log and a header without a second look. */
const GIVEN = /^[\w-]{8,64}$/;

/** The id of a request: the one that a proxy gave it, if it is one, or a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && GIVEN.test(given) ? given : randomUUID();
}
