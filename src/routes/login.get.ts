import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { authorizeUrl } from '#lib/access/discord-sign-in';
import { beginSignIn } from '#lib/access/sign-in-state';
import { redirect } from '#lib/http/redirect';

/** Sends somebody to Discord, which says who they are. */
export class Login extends Route {
  public override run(request: ApiRequest, response: ApiResponse): void {
    const { baseUrl } = this.container.httpOptions;
    const { state, cookie } = beginSignIn(request.query['return']?.toString(), baseUrl);
    redirect(response, authorizeUrl(this.container.signIn(), state), [cookie]);
  }
}
