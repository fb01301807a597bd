import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { changeSettings } from '#lib/settings/api/actions';
import { changeBody, changedShape, guildPath } from '#lib/settings/api/shapes';

const definition = defineRoute({
  operation: 'changeSettings',
  summary: 'Changes settings of one category; those that are not named stay as they are.',
  tag: 'settings',
  rule: { who: 'guild-admin', scope: 'settings:write' },
  path: guildPath,
  body: changeBody,
  answers: { 200: { description: 'What changed.', body: changedShape } },
});

export class SettingsChange extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ caller, path, body }: Call<typeof definition>): Promise<Reply> {
    return changeSettings(this.container, caller, path.guild_id, body);
  }
}
