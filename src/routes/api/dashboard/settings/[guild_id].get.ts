import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { showSettings } from '#lib/settings/api/actions';
import { guildPath, settingsShape } from '#lib/settings/api/shapes';

const definition = defineRoute({
  operation: 'getSettings',
  summary: 'All settings of a server, with what is in force.',
  tag: 'settings',
  rule: { who: 'guild-admin', scope: 'settings:read' },
  path: guildPath,
  answers: { 200: { description: 'By category and name.', body: settingsShape } },
});

export class SettingsShow extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ path }: Call<typeof definition>): Promise<Reply> {
    return showSettings(this.container, path.guild_id);
  }
}
