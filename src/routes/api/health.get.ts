import type { Route } from '@sapphire/plugin-api';
import { readHealth } from '#lib/analytics/health';
import { healthBody, shownHealth } from '#lib/analytics/shapes';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getHealth',
  summary: 'How the bot is.',
  tag: 'health',
  rule: { who: 'anyone' },
  limit: 'generous',
  answers: {
    200: { description: 'Well.', body: healthBody },
    503: { description: 'The database is not there.', body: healthBody },
  },
});

export class Health extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override async handle(): Promise<Reply> {
    const health = await readHealth(this.container.analytics);
    return { status: health.isDatabaseUp ? 200 : 503, body: shownHealth(health) };
  }
}
