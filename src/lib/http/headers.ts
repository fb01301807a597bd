import type { IncomingMessage, ServerResponse } from 'node:http';

const SECURITY: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
};

const EXPOSED =
  'X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Idempotency-Replayed, Link, ETag';
const ALLOWED_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, If-Match, X-API-Key, X-User-Id, X-Request-Id';
const PREFLIGHT_REMEMBERED_S = 600;

/** What every answer carries, an error too. A page may replace its policy. */
export function setHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
): void {
  for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
  const { origin } = request.headers;
  if (allowedOrigins.length > 0) response.setHeader('Vary', 'Origin');
  if (origin === undefined || !allowedOrigins.includes(origin)) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}

/**
 * Answers a browser that asks first whether it may.
 * @param methods of the path; null: nothing is there.
 * @returns whether this was such a question.
 */
export function answersPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
  methods: readonly string[] | null,
): boolean {
  if (request.method !== 'OPTIONS' || methods === null) return false;
  response.statusCode = 204;
  response.setHeader('Allow', ['OPTIONS', ...methods].join(', '));
  const { origin } = request.headers;
  if (origin !== undefined && allowedOrigins.includes(origin)) {
    response.setHeader('Access-Control-Allow-Methods', methods.join(', '));
    response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_REMEMBERED_S));
  }
  return true;
}
