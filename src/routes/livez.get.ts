import type { Route } from '@sapphire/plugin-api';
import { z } from 'zod';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getLiveness',
  summary: 'Whether the process answers. It touches nothing.',
  tag: 'health',
  rule: { who: 'anyone' },
  limit: 'generous',
  answers: { 200: { description: 'It does.', body: z.object({ status: z.literal('ok') }) } },
});

export class Livez extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle(): Promise<Reply> {
    return Promise.resolve({ status: 200, body: { status: 'ok' } });
  }
}
