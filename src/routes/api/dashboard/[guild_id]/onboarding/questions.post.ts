import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { prepareOptions, writeQuestion } from '#lib/onboarding/api/actions';
import type { WholeQuestion } from '#lib/onboarding/editor/whole';
import { guildPath, questionBody, questionShape } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'writeOnboardingQuestion',
  summary: 'Adds a question, or changes the one that `id` names. Members see it once it is published.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: guildPath,
  body: questionBody,
  isCreate: true,
  answers: {
    200: { description: 'As it is now.', body: questionShape },
    201: { description: 'It is added.', body: questionShape },
  },
  problems: {
    404: 'There is no question with this id.',
    409: 'The list is full, or it was changed since you read it.',
  },
});

export class QuestionsWrite extends ApiRoute<typeof definition, WholeQuestion['options']> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  protected override prepare({
    db,
    caller,
    path,
    body,
  }: Call<typeof definition>): Promise<WholeQuestion['options']> {
    return prepareOptions(this.container, db, caller, path.guild_id, body);
  }

  public override handle(
    { db, path, body }: Call<typeof definition>,
    options: WholeQuestion['options'],
  ): Promise<Reply> {
    return writeQuestion(this.container, db, path.guild_id, body, options);
  }
}
