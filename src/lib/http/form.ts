import type { IncomingMessage } from 'node:http';

/** What a form of a page sent; empty where the body is none. */
export function readForm(request: IncomingMessage, raw: Buffer | undefined): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
  return new URLSearchParams(isForm ? raw?.toString() : '');
}
