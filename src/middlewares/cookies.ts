import { Middleware, type ApiRequest } from '@sapphire/plugin-api';
import { parse } from 'cookie-es';
import { requestContext } from '#lib/http/context';

/** Reads the cookies. Stands in for the plugin's piece of this name, which refuses whoever comes by an address of numbers. */
export class Cookies extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 15 });
  }

  public override run(request: ApiRequest): void {
    requestContext(request).cookies = parse(request.headers.cookie ?? '');
  }
}
