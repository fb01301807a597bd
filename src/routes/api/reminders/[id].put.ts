import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { changeBody, reminderPath, reminderShape } from '#lib/reminders/api/shapes';
import { changeReminder } from '#lib/reminders/api/write';

const definition = defineRoute({
  operation: 'changeReminder',
  summary: 'Changes a reminder.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:write' },
  path: reminderPath,
  body: changeBody,
  answers: { 200: { description: 'As it is now.', body: reminderShape } },
  problems: {
    409: 'A message of it is on its way just now.',
    412: 'It is not what `If-Match` says any more.',
  },
});

export class ReminderChange extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, body, headers }: Call<typeof definition>): Promise<Reply> {
    return changeReminder(this.container, db, caller, path.id, body, headers['if-match']);
  }
}
