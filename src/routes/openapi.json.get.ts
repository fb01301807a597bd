import type { Route } from '@sapphire/plugin-api';
import { openApiDocument } from '#lib/http/openapi';
import { ApiRoute, defineRoute, type Reply } from '#lib/http/route';

const definition = defineRoute({
  operation: 'getOpenApi',
  summary: 'This API as an OpenAPI document.',
  tag: 'documentation',
  rule: { who: 'anyone' },
  answers: { 200: { description: 'OpenAPI 3.1.', body: null, files: ['application/json'] } },
});

export class OpenapiJson extends ApiRoute<typeof definition> {
  public constructor(context: Route.LoaderContext) {
    super(context, definition);
  }

  public override handle(): Promise<Reply> {
    const { stores, httpOptions } = this.container;
    const document = openApiDocument(stores.get('routes').values(), httpOptions.baseUrl);
    return Promise.resolve({
      status: 200,
      file: { type: 'application/json', content: JSON.stringify(document) },
    });
  }
}
