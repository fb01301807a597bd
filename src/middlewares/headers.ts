import { Middleware, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { clientAddress } from '#lib/http/client-address';
import { requestContext } from '#lib/http/context';
import { answersPreflight, setHeaders } from '#lib/http/headers';

/** Whose address it is, and what every answer carries. Stands in for the plugin's piece of this name, which allows every origin. */
export class Headers extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 10 });
  }

  public override run(request: ApiRequest, response: ApiResponse): void {
    const context = requestContext(request);
    const { allowedOrigins, trustedProxies } = this.container.httpOptions;
    context.address = clientAddress(request, trustedProxies);
    setHeaders(request, response, allowedOrigins);
    if (answersPreflight(request, response, allowedOrigins, context.methods)) response.end();
  }
}
