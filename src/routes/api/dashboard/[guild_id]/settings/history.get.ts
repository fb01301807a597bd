import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { showHistory } from '#lib/settings/api/actions';
import { guildPath, historyPage, historyQuery } from '#lib/settings/api/shapes';

const definition = defineRoute({
  operation: 'listSettingsHistory',
  summary: 'What changed in the settings of a server, newest first.',
  tag: 'settings',
  rule: { who: 'guild-admin', scope: 'settings:read' },
  path: guildPath,
  query: historyQuery,
  answers: { 200: { description: 'A page of it.', body: historyPage } },
});

export class SettingsHistory extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ path, query }: Call<typeof definition>): Promise<Reply> {
    return showHistory(this.container, path.guild_id, query);
  }
}
