import type { Route } from '@sapphire/plugin-api';
import { readMetrics } from '#lib/analytics/dashboard';
import { asJson, metricsBody, metricsQuery } from '#lib/analytics/shapes';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getMetrics',
  summary: 'The same as /api/dashboard/metrics.',
  tag: 'metrics',
  rule: { who: 'guild-admin-or-operator', scope: 'metrics:read' },
  query: metricsQuery,
  answers: { 200: { description: 'Block by block; one that could not be read says so.', body: metricsBody } },
});

export class Metrics extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override async handle({ query }: Call<typeof definition>): Promise<Reply> {
    const metrics = await readMetrics(this.container.analytics, query.guild_id ?? null);
    return { status: 200, body: asJson(metrics) };
  }
}
