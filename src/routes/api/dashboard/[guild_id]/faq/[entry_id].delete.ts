import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { success } from '#lib/http/shapes';
import { removeEntry } from '#lib/faq/api/actions';
import { entryPath } from '#lib/faq/api/shapes';

const definition = defineRoute({
  operation: 'deleteFaqEntry',
  summary: 'Deletes a question; /faq restore brings it back for 30 days.',
  tag: 'faq',
  rule: { who: 'guild-admin', scope: 'faq:write' },
  path: entryPath,
  answers: { 200: { description: 'It is deleted.', body: success } },
});

export class FaqDelete extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path }: Call<typeof definition>): Promise<Reply> {
    return removeEntry(this.container, db, caller, path.guild_id, path.entry_id);
  }
}
