import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { writeRule } from '#lib/onboarding/api/actions';
import { guildPath, ruleBody, ruleShape } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'writeOnboardingRule',
  summary: 'Adds a rule, or changes the one that `id` names. Members see it once it is published.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: guildPath,
  body: ruleBody,
  isCreate: true,
  answers: {
    200: { description: 'As it is now.', body: ruleShape },
    201: { description: 'It is added.', body: ruleShape },
  },
  problems: {
    404: 'There is no rule with this id.',
    409: 'The list is full, or it was changed since you read it.',
  },
});

export class RulesWrite extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, body }: Call<typeof definition>): Promise<Reply> {
    return writeRule(this.container, db, caller, path.guild_id, body);
  }
}
