import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listRules } from '#lib/onboarding/api/actions';
import { guildPath, ruleList } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'listOnboardingRules',
  summary: 'All rules as they are written, in order; those that are off too.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:read' },
  path: guildPath,
  answers: { 200: { description: 'All of them.', body: ruleList } },
});

export class RulesShow extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, path }: Call<typeof definition>): Promise<Reply> {
    return listRules(db, path.guild_id);
  }
}
