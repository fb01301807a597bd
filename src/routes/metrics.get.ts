import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { HttpProblem } from '#lib/http/problem';
import type { LimitedRoute } from '#lib/http/route';
import { mayReadMetrics } from '#lib/metrics/may-read';

/** What Prometheus reads. No part of the API: who may is another question there. */
export class Metrics extends Route implements LimitedRoute {
  public readonly limitClass = 'generous';

  public constructor(context: Route.LoaderContext) {
    super(context, { name: 'getPrometheusMetrics' });
  }

  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { metrics, metricsToken } = this.container;
    if (!mayReadMetrics(request, metricsToken))
      throw new HttpProblem(
        403,
        'The metrics are for this machine, and for whoever sends METRICS_TOKEN as Authorization: Bearer.',
      );
    const text = await metrics.text();
    response.statusCode = 200;
    response.setHeader('Content-Type', metrics.registry.contentType);
    response.end(request.method === 'HEAD' ? undefined : text);
  }
}
