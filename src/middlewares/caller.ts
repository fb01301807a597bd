import { Middleware, type ApiRequest } from '@sapphire/plugin-api';
import { identify } from '#lib/access/identify';
import { requestContext } from '#lib/http/context';

/** Who sends the request. What it may is for the route to say. */
export class CallerGuard extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 30 });
  }

  public override async run(request: ApiRequest): Promise<void> {
    requestContext(request).caller = await identify(
      this.container.identity,
      request,
      this.container.httpOptions.baseUrl,
    );
  }
}
