import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '@sapphire/plugin-api';
import { HttpProblem } from '#lib/http/problem';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { verifyWebhook } from '#lib/webhooks/signature';
import { outcomeShape, receiveSupabaseEvent } from '#lib/webhooks/supabase-auth';
import { eventBody, readSupabaseEvent } from '#lib/webhooks/supabase-event';

const definition = defineRoute({
  operation: 'receiveSupabaseAuth',
  summary: 'Hears from Supabase that an account was linked to Discord or deleted.',
  tag: 'webhooks',
  rule: { who: 'signed' },
  body: eventBody,
  answers: { 200: { description: 'What became of it.', body: outcomeShape } },
  problems: {
    400: 'The body is no JSON.',
    409: 'A message with this `webhook-id` was taken already.',
    500: 'It failed and nothing was done of it; it may be sent again.',
    503: 'The database is not there right now, or SUPABASE_WEBHOOK_SECRET is not set.',
  },
});

export class SupabaseAuthWebhook extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  protected override prove(headers: IncomingHttpHeaders, raw: Buffer): void {
    const { supabaseWebhookKeys, clock } = this.container;
    if (supabaseWebhookKeys.length === 0)
      throw new HttpProblem(
        503,
        'This is not set up: whoever hosts this bot must set SUPABASE_WEBHOOK_SECRET. docs/api.md says how.',
      );
    verifyWebhook(supabaseWebhookKeys, headers, raw, clock.now());
  }

  public override async handle({ body, headers }: Call<typeof definition>): Promise<Reply> {
    const event = readSupabaseEvent(body);
    const messageId = String(headers['webhook-id']);
    return { status: 200, body: await receiveSupabaseEvent(this.container, messageId, event) };
  }
}
