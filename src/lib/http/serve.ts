import type { ApiRequest, ApiResponse, MiddlewareStore, Route } from '@sapphire/plugin-api';
import { classifyError } from '#lib/errors/classify';
import { UserError } from '#lib/errors/user-error';
import { withCorrelation } from '#lib/logging/correlation';
import type { Log } from '#lib/logging/logger';
import { setRequestContext } from './context.ts';
import { findRoute, type FoundRoute } from './find-route.ts';
import { HttpProblem, problemDocument } from './problem.ts';
import { requestId } from './request-id.ts';
import { limitOf } from './route.ts';
import type { RequestTurns } from './turns.ts';
import { problemOfUserError } from './user-error.ts';

export interface ServeDeps {
  readonly routes: { values(): Iterable<Route> };
  readonly middlewares: Pick<MiddlewareStore, 'run'>;
  readonly inTurn: RequestTurns;
  readonly log: Log;
  /** A refusal as a page, for whoever looks at it in a browser; null: they are better served with JSON. */
  readonly problemPage: (
    request: ApiRequest,
    problem: HttpProblem,
  ) => { readonly body: string; readonly headers: Readonly<Record<string, string>> } | null;
}

/** The one road of a request: finds its route, runs the middlewares, then the route; whatever fails becomes a problem. Never throws. */
export async function serve(deps: ServeDeps, request: ApiRequest, response: ApiResponse): Promise<void> {
  const id = requestId(request);
  response.setHeader('X-Request-Id', id);
  await withCorrelation(id, async () => {
    try {
      const { pathname, query } = target(request);
      const found =
        pathname === null ? null : findRoute(deps.routes.values(), request.method ?? 'GET', pathname);
      request.query = query;
      request.params = { ...found?.params };
      request.route = found?.route ?? null;
      setRequestContext(request, { id, startedAtMs: performance.now(), methods: found?.methods ?? null });
      const work = (): Promise<void> => answer(deps, found, request, response);
      // Whether the bot lives must be known just when it has much to do.
      await (limitOf(request.route, request.method) === 'generous' ? work() : deps.inTurn(work));
    } catch (error) {
      refuse(deps, error, id, request, response);
    }
  });
}

async function answer(
  { middlewares }: ServeDeps,
  found: FoundRoute | null,
  request: ApiRequest,
  response: ApiResponse,
): Promise<void> {
  // Whoever went away while it waited for its turn.
  if (response.destroyed) return;
  await middlewares.run(request, response);
  if (response.writableEnded) return;
  if (found === null) throw new HttpProblem(404, 'There is nothing at this address.');
  if (found.route === null)
    throw new HttpProblem(405, 'This address does not take this method.', {
      headers: { Allow: found.methods.join(', ') },
    });
  await found.route.run(request, response);
}

/** The path and the query of a request; null for a path that is none. */
function target(request: ApiRequest): { pathname: string | null; query: Record<string, string> } {
  const [pathname = '', ...rest] = (request.url ?? '').split('?');
  return {
    pathname: pathname.startsWith('/') ? pathname : null,
    query: Object.fromEntries(new URLSearchParams(rest.join('?'))),
  };
}

function refuse(
  deps: ServeDeps,
  error: unknown,
  id: string,
  request: ApiRequest,
  response: ApiResponse,
): void {
  const { log } = deps;
  const problem = asProblem(error);
  if (problem.status >= 500)
    log.error(
      { err: error, requestId: id, method: request.method, route: request.route?.name },
      'a request failed',
    );
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  // What was not read of the body must not be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  response.statusCode = problem.status;
  const page = pageOf(deps, request, problem);
  const headers = page?.headers ?? { 'Content-Type': 'application/problem+json' };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const document = page?.body ?? JSON.stringify(problemDocument(problem, id));
  response.end(request.method === 'HEAD' ? undefined : document);
}

/** A page for the refusal, where one can be made. */
function pageOf(
  { log, problemPage }: ServeDeps,
  request: ApiRequest,
  problem: HttpProblem,
): ReturnType<ServeDeps['problemPage']> {
  try {
    return problemPage(request, problem);
  } catch (error) {
    log.error({ err: error }, 'a refusal could not be shown as a page');
    return null;
  }
}

/** What a client may know of an error. */
function asProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof UserError) return problemOfUserError(error);
  switch (classifyError(error)) {
    case 'database':
      return new HttpProblem(503, 'The database is not there right now. Try again in a moment.', {
        headers: { 'Retry-After': '5' },
      });
    case 'discord':
    case 'discord-permission':
      return new HttpProblem(502, 'Discord did not do what was asked.');
    case 'user':
    case 'unknown':
      return new HttpProblem(500, 'Something went wrong here. The log has the rest under this request_id.');
  }
}
