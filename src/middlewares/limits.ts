import { Middleware, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { countedCaller } from '#lib/access/identify';
import { requestContext } from '#lib/http/context';
import { countedAddress } from '#lib/http/limits';
import { limitOf } from '#lib/http/route';

/** How often somebody may ask: a key, a session or a person by itself, and whoever is not recognised with their whole address. */
export class Limits extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 30 });
  }

  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { address = 'unknown', caller, session } = requestContext(request);
    if (caller === undefined) throw new Error('the guard did not run');
    const who = countedCaller(caller, session) ?? `address:${countedAddress(address)}`;
    const headers = await this.container.requestLimits.take(limitOf(request.route, request.method), who);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  }
}
