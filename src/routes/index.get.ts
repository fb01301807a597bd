import type { Route } from '@sapphire/plugin-api';
import { homePage } from '#lib/dashboard/home';
import { OpenPageRoute, type PageCall, type PageReply } from '#lib/dashboard/page-route';

export class HomePage extends OpenPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'homePage');
  }

  public override handle(call: PageCall): Promise<PageReply> {
    return homePage(this.container, call);
  }
}
