import type { Route } from '@sapphire/plugin-api';
import { DOCS_POLICY, docsPage } from '#lib/http/docs-page';
import { openApiDocument } from '#lib/http/openapi';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getDocumentation',
  summary: 'This API as a page for people.',
  tag: 'documentation',
  rule: { who: 'anyone' },
  limit: 'page',
  answers: { 200: { description: 'The page.', body: null, files: ['text/html'] } },
});

export class Docs extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle(): Promise<Reply> {
    const { stores, httpOptions } = this.container;
    const document = openApiDocument(stores.get('routes').values(), httpOptions.baseUrl);
    return Promise.resolve({
      status: 200,
      file: { type: 'text/html', content: docsPage(document) },
      headers: { 'Content-Security-Policy': DOCS_POLICY },
    });
  }
}
