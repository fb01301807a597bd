import { Middleware, type ApiRequest } from '@sapphire/plugin-api';
import { carriesProof, identify } from '#lib/access/identify';
import { requestContext } from '#lib/http/context';
import { countedAddress } from '#lib/http/limits';

/** Who sends the request. What it may is for the route to say. Whoever shows too much that does not hold is not looked at any more. */
export class CallerGuard extends Middleware {
  public constructor(context: Middleware.LoaderContext) {
    super(context, { position: 20 });
  }

  public override async run(request: ApiRequest): Promise<void> {
    const { identity, requestLimits, httpOptions } = this.container;
    const context = requestContext(request);
    const address = countedAddress(context.address ?? 'unknown');
    if (carriesProof(request, httpOptions.baseUrl)) await requestLimits.mayProve(address);
    const caller = await identify(identity, request, httpOptions.baseUrl);
    if (caller.kind === 'nobody' && caller.reason !== null && context.session === undefined)
      await requestLimits.provedWrong(address);
    context.caller = caller;
  }
}
