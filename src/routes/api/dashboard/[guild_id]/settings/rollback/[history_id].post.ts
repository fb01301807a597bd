import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { rollBack } from '#lib/settings/api/actions';
import { changedShape, entryPath } from '#lib/settings/api/shapes';

const definition = defineRoute({
  operation: 'rollBackSetting',
  summary: 'Takes one change of a setting back.',
  tag: 'settings',
  rule: { who: 'guild-admin', scope: 'settings:write' },
  path: entryPath,
  answers: { 200: { description: 'What changed by it.', body: changedShape } },
  problems: {
    409: 'The setting was changed since.',
    422: 'What it was does not work any more: the channel or role is gone, or out of reach.',
  },
});

export class SettingsRollback extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ caller, path }: Call<typeof definition>): Promise<Reply> {
    return rollBack(this.container, caller, path.guild_id, path.history_id);
  }
}
