import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listOwn } from '#lib/reminders/api/read';
import { listQuery, reminderPage } from '#lib/reminders/api/shapes';

const definition = defineRoute({
  operation: 'listReminders',
  summary: 'My reminders.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:read' },
  query: listQuery,
  answers: {
    200: { description: 'A page of them, in the order in which they were made.', body: reminderPage },
  },
});

export class Reminders extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, query }: Call<typeof definition>): Promise<Reply> {
    return listOwn(this.container.client, db, caller, query);
  }
}
