import type { Route } from '@sapphire/plugin-api';
import { OpenPageRoute, type PageReply } from '#lib/dashboard/page-route';
import { STYLESHEET } from '#lib/dashboard/stylesheet';

/** How the dashboard looks; its address must be the one in its pages. */
export class DashboardCss extends OpenPageRoute {
  public constructor(context: Route.LoaderContext) {
    super(context, 'dashboardCss');
  }

  public override handle(): Promise<PageReply> {
    const headers = { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' };
    return Promise.resolve({ kind: 'file', content: STYLESHEET, headers });
  }
}
