import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { etagOf, findOwn } from '#lib/reminders/api/read';
import { reminderPath, reminderShape } from '#lib/reminders/api/shapes';
import { shownReminder } from '#lib/reminders/api/view';

const definition = defineRoute({
  operation: 'getReminder',
  summary: 'A reminder that you may change.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:read' },
  path: reminderPath,
  answers: { 200: { description: 'As it is now.', body: reminderShape } },
});

export class Reminder extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override async handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    const { reminder } = await findOwn(this.container, db, caller, path.id);
    const body = shownReminder(reminder, reminder.nextDueAt);
    return { status: 200, body, headers: etagOf(body.version) };
  }
}
