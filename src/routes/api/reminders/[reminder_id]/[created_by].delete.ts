import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { seedDeletePath } from '#lib/reminders/api/shapes';
import { removeReminder } from '#lib/reminders/api/write';

const definition = defineRoute({
  operation: 'deleteReminderOfPerson',
  summary: 'Deletes a reminder that this person made.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:write' },
  path: seedDeletePath,
  answers: { 200: { description: 'It is deleted.', body: success } },
});

export class ReminderDeleteOf extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return removeReminder(this.container, db, caller, path.reminder_id, path.created_by);
  }
}
