import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { reminderPath } from '#lib/reminders/api/shapes';
import { removeReminder } from '#lib/reminders/api/write';

const definition = defineRoute({
  operation: 'deleteReminder',
  summary: 'Deletes a reminder.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:write' },
  path: reminderPath,
  answers: { 200: { description: 'It is deleted.', body: success } },
});

export class ReminderDelete extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return removeReminder(this.container, db, caller, path.id, null);
  }
}
