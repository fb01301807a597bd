import { Middleware, type ApiRequest } from '@sapphire/plugin-api';
import { readBody } from '#lib/http/body';
import { requestContext } from '#lib/http/context';

/** Reads the body of whoever may send one. Stands in for the plugin's piece of this name, which believes in Content-Length. */
export class Body extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 40 });
  }

  public override async run(request: ApiRequest): Promise<void> {
    if (request.route === null || request.route === undefined) return;
    if (request.method === 'GET' || request.method === 'HEAD') return;
    requestContext(request).body = await readBody(request, request.route.maximumBodyLength);
  }
}
