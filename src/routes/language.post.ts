import type { Route } from '@sapphire/plugin-api';
import { chooseLanguage } from '#lib/dashboard/choose-language';
import { OpenPageRoute, type PageCall, type PageReply } from '#lib/dashboard/page-route';

export class ChooseLanguage extends OpenPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'chooseLanguage');
  }

  public override handle(call: PageCall): Promise<PageReply> {
    return Promise.resolve(chooseLanguage(call));
  }
}
