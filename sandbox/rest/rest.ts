import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultAnswer, FaultList } from '../faults/fault-list.ts';
import type { Judge } from '../judge/judge.ts';
import type { LoggedRequest, RequestLog, Violation } from '../request-log.ts';
import type { World } from '../state/world.ts';
import { actAs } from '../state/world.ts';
import { DiscordError, unauthorized, unknownRoute, wrongMethod } from './errors.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RequestBody } from './request-body.ts';
import { ConnectionLost, parseBody, readBytes } from './request-body.ts';
import type { RestAnswer, RestRequest, Route } from './router.ts';
import { matchRoute } from './router.ts';

export interface RestHost {
  world: World;
  /** The bots by their tokens, each with its view of the world. */
  bots: ReadonlyMap<string, RestBot>;
  judge: Judge;
  log: RequestLog;
  faults: FaultList;
  /** For requests without a bot's token. */
  rateLimits: RateLimits;
  routes: readonly Route[];
  /** False: a request that the judge refuses is recorded and handled all the same. */
  strict: boolean;
  gatewayUrl: () => string;
}

export interface RestBot {
  readonly world: World;
  readonly rateLimits: RateLimits;
}

/** How long a client may go on sending what is not read any more. */
const LINGER_MS = 1000;

/** Marks an answer that is never sent. */
const NEVER = Symbol('never');

interface FullAnswer extends RestAnswer {
  headers: Record<string, string>;
}

/** Answers one HTTP request of the bot as Discord's REST API v10 does. */
export async function answerRest(
  host: RestHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // discord.js writes @original as %40original.
  const path = decoded(url.pathname).replace(/^\/api(?:\/v\d+)?/, '');
  const entry: LoggedRequest = {
    at: host.world.clock.now(),
    method: request.method ?? 'GET',
    route: null,
    path,
    query: Object.fromEntries(url.searchParams),
    body: undefined,
    reason: readReason(request),
    problems: [],
    status: null,
    answer: undefined,
  };
  host.log.add(entry);

  const answer = await decide(host, request, url.searchParams, entry);
  if (answer === NEVER) {
    host.log.over(entry);
    return;
  }
  entry.status = answer.status;
  entry.answer = answer.body;
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    // Bots compare their clock with it.
    Date: host.world.clock.now().toUTCString(),
    ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
    ...answer.headers,
  });
  response.end(text);
  if (!request.complete) discardRest(request);
  host.log.over(entry);
}

/** Lets a client that is still sending read its refusal, then cuts it off. */
function discardRest(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer));
}

async function decide(
  host: RestHost,
  request: IncomingMessage,
  query: URLSearchParams,
  entry: LoggedRequest,
): Promise<FullAnswer | typeof NEVER> {
  let headers: Record<string, string> = {};
  let fault: FaultAnswer | null = null;
  try {
    const body = await parseBody(await readBytes(request), request.headers['content-type']);
    entry.body = body.json;

    fault = host.faults.takeRequest({ method: entry.method, path: entry.path, body: body.json });
    if (fault === 'hang') return NEVER;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return NEVER;
    }
    if (fault && typeof fault === 'object') {
      if (fault.delayMs) await delay(fault.delayMs);
      if (fault.status !== undefined) {
        return { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
      }
    }

    const match = matchRoute(host.routes, entry.method, entry.path);
    if (match === null || match === 'wrongMethod') {
      report(host, entry, 'unknown route', [`There is no ${entry.method} ${entry.path}.`]);
      throw match === null ? unknownRoute() : wrongMethod();
    }
    entry.route = match.route.template;
    const bot = askingBot(host, request);
    if (match.route.needsToken && bot === undefined) throw unauthorized();
    const { world, rateLimits } = bot ?? host;

    const limit = rateLimits(match, body.json);
    headers = limit.headers;
    if (limit.refusal) {
      const { retryAfterSeconds, global } = limit.refusal;
      const message = 'You are being rate limited.';
      return { status: 429, body: { message, retry_after: retryAfterSeconds, global }, headers };
    }

    const answer = handle(host, match.route, entry, body, {
      world,
      parameters: match.parameters,
      query,
      // As the judge does: no body counts as an empty one.
      body: body.json ?? {},
      files: body.files,
      gatewayUrl: host.gatewayUrl(),
    });
    return fault === 'accept-then-hang' ? NEVER : { ...answer, headers };
  } catch (error) {
    if (fault === 'accept-then-hang' || error instanceof ConnectionLost) return NEVER;
    if (error instanceof DiscordError) {
      if (entry.route !== null) judgeAnswer(host, entry, { status: error.status, body: error.body });
      return { status: error.status, body: error.body, headers };
    }
    report(host, entry, 'sandbox error', [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    return { status: 500, body: { message: '500: Internal Server Error', code: 0 }, headers };
  }
}

function askingBot(host: RestHost, { headers }: IncomingMessage): RestBot | undefined {
  const { authorization = '' } = headers;
  return authorization.startsWith('Bot ') ? host.bots.get(authorization.slice(4)) : undefined;
}

function handle(
  host: RestHost,
  route: Route,
  entry: LoggedRequest,
  body: RequestBody,
  request: RestRequest,
): RestAnswer {
  const { method, path } = entry;
  const verdict = host.judge.request({
    method,
    path,
    query: request.query,
    body: body.json,
    multipart: body.multipart,
    about: route.about(request),
  });
  if (!verdict.ok) {
    entry.problems = verdict.problems;
    report(host, entry, 'invalid request', verdict.problems);
    if (host.strict) {
      const message = verdict.message ?? 'Invalid Form Body';
      throw new DiscordError(400, verdict.code ?? 50035, message, verdict.errors);
    }
  }
  const userId = route.needsToken ? request.world.application.botId : null;
  const answer = actAs(host.world, { userId, reason: entry.reason }, () => route.handle(request));
  judgeAnswer(host, entry, answer);
  return answer;
}

function judgeAnswer(host: RestHost, entry: LoggedRequest, { status, body }: RestAnswer): void {
  const verdict = host.judge.response({ method: entry.method, path: entry.path, status, body });
  if (!verdict.ok) report(host, entry, 'invalid answer', verdict.problems);
}

function report(
  host: RestHost,
  entry: LoggedRequest,
  kind: Violation['kind'],
  problems: readonly string[],
): void {
  const { at, method, path, body } = entry;
  host.log.violate({ at, kind, method, path, body, problems });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not an encoding: no route has such a path.
    return path;
  }
}

function readReason(request: IncomingMessage): string | null {
  const reason = request.headers['x-audit-log-reason'];
  return typeof reason === 'string' ? decoded(reason) : null;
}
