import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { removeRow } from '#lib/onboarding/api/actions';
import { rulePath } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'deleteOnboardingRule',
  summary: 'Deletes a rule; what was published keeps it.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: rulePath,
  answers: { 200: { description: 'It is deleted.', body: success } },
});

export class RuleDelete extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return removeRow(db, caller, path.guild_id, 'rules', path.rule_id);
  }
}
