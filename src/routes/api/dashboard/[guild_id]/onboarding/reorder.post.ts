import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { reorder } from '#lib/onboarding/api/actions';
import { guildPath, reorderBody } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'reorderOnboarding',
  summary: 'Puts the questions or the rules in another order.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: guildPath,
  body: reorderBody,
  answers: { 200: { description: 'They are.', body: success } },
});

export class OnboardingReorder extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, body }: Call<typeof definition>): Promise<Reply> {
    return reorder(db, caller, path.guild_id, body);
  }
}
