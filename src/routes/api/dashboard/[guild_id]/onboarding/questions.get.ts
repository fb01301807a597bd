import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listQuestions } from '#lib/onboarding/api/actions';
import { guildPath, questionList } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'listOnboardingQuestions',
  summary: 'All questions as they are written, in order; those that are off too.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:read' },
  path: guildPath,
  answers: { 200: { description: 'All of them.', body: questionList } },
});

export class QuestionsShow extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, path }: Call<typeof definition>): Promise<Reply> {
    return listQuestions(db, path.guild_id);
  }
}
