import { Middleware, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { requestContext } from '#lib/http/context';
import { countedAddress } from '#lib/http/limits';
import { limitOf } from '#lib/http/route';

/** How often an address may ask. Keys and sessions have counts of their own besides, taken where they are recognised. */
export class Limits extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 20 });
  }

  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { address = 'unknown' } = requestContext(request);
    const limit = limitOf(request.route, request.method);
    const headers = await this.container.requestLimits.take(limit, `address:${countedAddress(address)}`);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  }
}
