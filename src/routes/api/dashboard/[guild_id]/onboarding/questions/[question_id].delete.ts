import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { removeRow } from '#lib/onboarding/api/actions';
import { questionPath } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'deleteOnboardingQuestion',
  summary: 'Deletes a question; what was published keeps it.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: questionPath,
  answers: { 200: { description: 'It is deleted.', body: success } },
});

export class QuestionDelete extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return removeRow(db, caller, path.guild_id, 'questions', path.question_id);
  }
}
