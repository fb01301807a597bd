import type { FaultAnswer, FaultedRequest } from './fault-list.ts';
import { EVENTS, REQUEST_FAULTS, REQUESTS } from './catalogue.ts';
import type { RequestOrder } from './order.ts';

/** Whether an order means this request. */
export function meansRequest(
  { on, containing }: RequestOrder,
  { method, path, body }: FaultedRequest,
): boolean {
  const patterns = [on].flat().flatMap((named) => patternsOf(REQUESTS, named));
  if (!patterns.some((pattern) => fitsRequest(pattern, method, path))) return false;
  return containing === undefined || (JSON.stringify(body) ?? '').includes(containing);
}

/** Whether the name or pattern of an order means this gateway event. */
export function meansEvent(on: string, event: string): boolean {
  return patternsOf(EVENTS, on).some((pattern) =>
    pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : event === pattern,
  );
}

function patternsOf(
  list: readonly { readonly name: string; readonly patterns: readonly string[] }[],
  named: string,
): readonly string[] {
  return list.find(({ name }) => name === named)?.patterns ?? [named];
}

function fitsRequest(pattern: string, method: string, path: string): boolean {
  const [wantedMethod = '', wantedPath = ''] = pattern.split(' ');
  if (wantedMethod !== '*' && wantedMethod !== method) return false;
  const wanted = wantedPath.split('/').slice(1);
  const segments = path.split('/').slice(1);
  const isOpen = wanted.at(-1) === '**';
  if (isOpen) wanted.pop();
  if (isOpen ? segments.length < wanted.length : segments.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment === '*' || segment === segments[index]);
}

/** What a request gets that an order strikes. */
export function answerOf({ fault, waitMs: wanted }: RequestOrder): FaultAnswer {
  const kind = REQUEST_FAULTS.find(({ name }) => name === fault);
  if (kind === undefined) throw new Error(`There is no fault "${fault}".`);
  const waitMs = wanted ?? ('waitMs' in kind ? kind.waitMs : 0);
  switch (kind.blow.kind) {
    case 'refused': {
      const { status, code, message } = kind.blow;
      return { status, body: { message, code } };
    }
    case 'rate limited':
      return rateLimited(kind.blow.global, waitMs / 1000);
    case 'delayed':
      return { delayMs: waitMs };
    default:
      return kind.blow.kind;
  }
}

function rateLimited(global: boolean, seconds: number): FaultAnswer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global },
    headers: {
      // Not rounded up as Discord does: discord.js goes by this one, and a test may want to wait for less than a second.
      'Retry-After': String(seconds),
      'X-RateLimit-Scope': global ? 'global' : 'user',
      ...(global && { 'X-RateLimit-Global': 'true' }),
    },
  };
}
