import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { createBody, reminderShape } from '#lib/reminders/api/shapes';
import { makeReminder, prepareReminder, type PreparedReminder } from '#lib/reminders/api/write';

const definition = defineRoute({
  operation: 'createReminder',
  summary: 'Makes a reminder.',
  tag: 'reminders',
  rule: { who: 'person', scope: 'reminders:write' },
  body: createBody,
  isCreate: true,
  answers: { 201: { description: 'It is made.', body: reminderShape } },
  problems: {
    403: 'You could not make it in Discord either.',
    409: 'You have as many reminders waiting as a member may.',
  },
});

export class RemindersCreate extends ApiRoute<typeof definition, PreparedReminder> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  protected override prepare({ caller, body }: Call<typeof definition>): Promise<PreparedReminder> {
    return prepareReminder(this.container, caller, body);
  }

  public override handle({ db, body }: Call<typeof definition>, prepared: PreparedReminder): Promise<Reply> {
    return makeReminder(this.container, db, prepared, body);
  }
}
