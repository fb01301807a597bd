import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { writeEntry } from '#lib/faq/api/actions';
import { entryBody, entryPath, entryShape } from '#lib/faq/api/shapes';

const definition = defineRoute({
  operation: 'changeFaqEntry',
  summary: 'Writes a question and its answer anew.',
  tag: 'faq',
  rule: { who: 'guild-admin', scope: 'faq:write' },
  path: entryPath,
  body: entryBody,
  answers: { 200: { description: 'As it is now.', body: entryShape } },
  problems: { 409: 'Somebody else changed it at this moment.' },
});

export class FaqChange extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, body }: Call<typeof definition>): Promise<Reply> {
    return writeEntry(this.container, db, caller, path.guild_id, path.entry_id, body);
  }
}
