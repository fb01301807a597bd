import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { publishAll } from '#lib/onboarding/api/actions';
import { guildPath, published } from '#lib/onboarding/api/shapes';

const definition = defineRoute({
  operation: 'publishOnboarding',
  summary: 'Makes what is written what members go through from now on.',
  tag: 'onboarding',
  rule: { who: 'guild-admin', scope: 'onboarding:write' },
  path: guildPath,
  answers: { 200: { description: 'It is published.', body: published } },
  problems: { 422: 'There is nothing to publish, a list has no options, or it was published already.' },
});

export class OnboardingPublish extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return publishAll(this.container, db, caller, path.guild_id);
  }
}
