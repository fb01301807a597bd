import type { Route } from '@sapphire/plugin-api';
import { healthHistory } from '#lib/analytics/history';
import { historyBody, historyQuery } from '#lib/analytics/history-shapes';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getHealthHistory',
  summary: 'How the bot was, every five minutes of the last 30 days.',
  tag: 'health',
  rule: { who: 'operator' },
  query: historyQuery,
  answers: { 200: { description: 'A page of it, the newest first.', body: historyBody } },
});

export class History extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ query }: Call<typeof definition>): Promise<Reply> {
    return healthHistory(this.container.analytics, query);
  }
}
