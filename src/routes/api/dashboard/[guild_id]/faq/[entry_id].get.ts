import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { showEntry } from '#lib/faq/api/actions';
import { entryPath, entryShape } from '#lib/faq/api/shapes';

const definition = defineRoute({
  operation: 'getFaqEntry',
  summary: 'A question with its answer.',
  tag: 'faq',
  rule: { who: 'guild-admin', scope: 'faq:read' },
  path: entryPath,
  answers: { 200: { description: 'As it is now.', body: entryShape } },
});

export class FaqShow extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, path }: Call<typeof definition>): Promise<Reply> {
    return showEntry(db, path.guild_id, path.entry_id);
  }
}
