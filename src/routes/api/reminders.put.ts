import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { changeWithIdBody, reminderShape } from '#lib/reminders/api/shapes';
import { changeReminder } from '#lib/reminders/api/write';

const definition = defineRoute({
  operation: 'changeReminderInBody',
  summary: 'Changes a reminder that the body names.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:write' },
  body: changeWithIdBody,
  answers: { 200: { description: 'As it is now.', body: reminderShape } },
  problems: {
    404: 'There is no such reminder for you.',
    409: 'A message of it is on its way just now.',
    412: 'It is not what `If-Match` says any more.',
  },
});

export class RemindersChange extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, body, headers }: Call<typeof definition>): Promise<Reply> {
    return changeReminder(this.container, db, caller, body.id, body, headers['if-match']);
  }
}
