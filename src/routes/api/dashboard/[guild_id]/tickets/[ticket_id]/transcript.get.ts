import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { showTranscript } from '#lib/tickets/api/actions';
import { ticketPath, transcriptQuery } from '#lib/tickets/api/shapes';

const definition = defineRoute({
  operation: 'getTicketTranscript',
  summary: 'What was said in a ticket, as a page or as JSON.',
  tag: 'tickets',
  rule: { who: 'guild-admin', scope: 'tickets:read' },
  path: ticketPath,
  query: transcriptQuery,
  answers: {
    200: {
      description: 'What is kept of it at this moment.',
      body: null,
      files: ['application/json', 'text/html'],
    },
  },
  problems: { 422: 'It is too large for one answer.' },
});

export class TicketTranscript extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ path, query, headers }: Call<typeof definition>): Promise<Reply> {
    return showTranscript(
      this.container.tickets,
      path.guild_id,
      path.ticket_id,
      query.format,
      headers.accept,
    );
  }
}
