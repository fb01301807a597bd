import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import { whatIsNotWell } from '#lib/analytics/health';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getReadiness',
  summary: 'Whether the bot can do its work.',
  tag: 'health',
  rule: { who: 'anyone' },
  limit: 'generous',
  answers: {
    200: { description: 'It can.', body: z.object({ status: z.literal('ok') }) },
    503: {
      description: 'It cannot, for these are not well.',
      body: z.object({
        status: z.literal('unavailable'),
        not_well: z.array(z.enum(['database', 'gateway', 'scheduler'])),
      }),
    },
  },
});

export class Readyz extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override async handle(): Promise<Reply> {
    const notWell = await whatIsNotWell(this.container.analytics);
    return notWell.length === 0
      ? { status: 200, body: { status: 'ok' } }
      : { status: 503, body: { status: 'unavailable', not_well: notWell } };
  }
}
