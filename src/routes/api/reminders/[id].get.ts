import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listOf } from '#lib/reminders/api/read';
import { listQuery, personPath, reminderPage } from '#lib/reminders/api/shapes';

const definition = defineRoute({
  operation: 'listRemindersOfPerson',
  summary: 'The reminders of a person: yours. `id` is your own id.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:read' },
  path: personPath,
  query: listQuery,
  answers: { 200: { description: 'A page of them.', body: reminderPage } },
});

export class RemindersOf extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, query }: Call<typeof definition>): Promise<Reply> {
    return listOf(this.container.client, db, caller, path.id, query);
  }
}
