import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { guildPage, guildsQuery, listGuilds } from '#lib/access/guilds';

const definition = defineRoute({
  operation: 'listGuilds',
  summary: 'The servers that you may manage now; for the service key without a person, all.',
  tag: 'servers',
  rule: { who: 'somebody' },
  query: guildsQuery,
  answers: { 200: { description: 'A page of them, in the order of their ids.', body: guildPage } },
});

export class Guilds extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ caller, query }: Call<typeof definition>): Promise<Reply> {
    return listGuilds(this.container.client, this.container.rights, caller, query);
  }
}
