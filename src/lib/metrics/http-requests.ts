import type { ApiRequest, ApiResponse } from '@sapphire/plugin-api';
import type { Metrics } from './metrics.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts and times a request, whatever becomes of it; call it before anything else is done with it. */
export function watchHttpRequest(metrics: Metrics, request: ApiRequest, response: ApiResponse): void {
  const begun = performance.now();
  response.once('close', () => {
    const method = METHODS.has(request.method ?? '') ? String(request.method) : 'other';
    const route = templateOf(request);
    const status = response.writableFinished ? String(response.statusCode) : 'aborted';
    metrics.httpRequests.inc({ method, route, status });
    metrics.httpTimes.observe({ method, route }, (performance.now() - begun) / 1_000);
  });
}

/** The path of a route with its parameters in braces, as the OpenAPI document writes it. */
function templateOf({ route }: ApiRequest): string {
  if (route === null || route === undefined) return 'unknown';
  return `/${route.path.map((part) => part.replace(/^\[(.*)\]$/, '{$1}')).join('/')}`;
}
