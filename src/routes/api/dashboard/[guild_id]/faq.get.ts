import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { listFaq } from '#lib/faq/api/actions';
import { entryPage, guildPath, listQuery } from '#lib/faq/api/shapes';

const definition = defineRoute({
  operation: 'listFaqEntries',
  summary: 'Questions and answers of a server.',
  tag: 'faq',
  rule: { who: 'guild-admin', scope: 'faq:read' },
  path: guildPath,
  query: listQuery,
  answers: { 200: { description: 'A page of them.', body: entryPage } },
});

export class FaqList extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, path, query }: Call<typeof definition>): Promise<Reply> {
    return listFaq(db, path.guild_id, query);
  }
}
