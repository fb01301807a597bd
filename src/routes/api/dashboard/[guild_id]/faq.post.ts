import type { Route } from '@sapphire/plugin-api';
import { ApiRoute, defineRoute, type Call, type Reply } from '#lib/http/route';
import { makeEntry } from '#lib/faq/api/actions';
import { entryBody, entryShape, guildPath } from '#lib/faq/api/shapes';

const definition = defineRoute({
  operation: 'createFaqEntry',
  summary: 'Adds a question with its answer.',
  tag: 'faq',
  rule: { who: 'guild-admin', scope: 'faq:write' },
  path: guildPath,
  body: entryBody,
  isCreate: true,
  answers: { 201: { description: 'It is added.', body: entryShape } },
});

export class FaqCreate extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle({ db, caller, path, body }: Call<typeof definition>): Promise<Reply> {
    return makeEntry(this.container, db, caller, path.guild_id, body);
  }
}
