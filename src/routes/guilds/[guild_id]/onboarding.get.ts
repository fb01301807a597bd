import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { onboardingPage } from '#lib/dashboard/onboarding';

export class GuildOnboardingPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildOnboardingPage', 'onboarding');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return onboardingPage(this.container, call);
  }
}
