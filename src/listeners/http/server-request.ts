import { ApplyOptions } from '@sapphire/decorators';
import { Listener } from '@sapphire/framework';
import { ServerEvent, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { problemPage } from '#lib/dashboard/problem-page';
import { serve } from '#lib/http/serve';
import { watchHttpRequest } from '#lib/metrics/http-requests';

/** A request came in. Stands in for the plugin's piece of this name, which would tell clients what the database said. */
@ApplyOptions<Listener.Options>({
  name: 'PluginServerRequest',
  emitter: 'server',
  event: ServerEvent.Request,
})
export class ServerRequest extends Listener {
  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { server, stores, log, metrics, requestTurn } = this.container;
    watchHttpRequest(metrics, request, response);
    const routes = stores.get('routes');
    await serve(
      { routes, middlewares: server.middlewares, inTurn: requestTurn, log, problemPage },
      request,
      response,
    );
  }
}
