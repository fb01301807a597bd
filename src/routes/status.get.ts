import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import { latencyMs, uptimeSeconds } from '#lib/analytics/health';
import { isConnected } from '#lib/discord/connected';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getStatus',
  summary: 'Whether the bot is connected to Discord, and for how long it runs.',
  tag: 'health',
  rule: { who: 'anyone' },
  limit: 'generous',
  answers: {
    200: {
      description: 'So it is.',
      body: z.object({
        online: z.boolean(),
        latency: z.number().nullable().meta({ description: 'In ms; null until it is known.' }),
        uptime: z.string().meta({ example: '75 minutes' }),
        uptime_seconds: z.number().int(),
      }),
    },
  },
});

export class Status extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle(): Promise<Reply> {
    const { analytics } = this.container;
    const seconds = uptimeSeconds();
    const body = {
      online: isConnected(analytics.client),
      latency: latencyMs(analytics),
      uptime: `${Math.floor(seconds / 60)} minutes`,
      uptime_seconds: seconds,
    };
    return Promise.resolve({ status: 200, body });
  }
}
