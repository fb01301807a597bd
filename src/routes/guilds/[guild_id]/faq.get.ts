import type { Route } from '@sapphire/plugin-api';
import { GuildPageRoute, type GuildCall, type PageReply } from '#lib/dashboard/page-route';
import { faqPage } from '#lib/dashboard/faq';

export class GuildFaqPage extends GuildPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'guildFaqPage', 'faq');
  }

  public override handle(call: GuildCall): Promise<PageReply> {
    return faqPage(this.container, call);
  }
}
