import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { signedInBy, SignInError } from '#lib/access/discord-sign-in';
import { createSession, endSession, sessionCookie } from '#lib/access/sessions';
import { clearedSignIn, endSignIn } from '#lib/access/sign-in-state';
import { requestContext } from '#lib/http/context';
import { redirect } from '#lib/http/redirect';

/** Somebody comes back from Discord. What goes wrong, the dashboard says by the code in `sign_in`. */
export class OauthCallback extends Route {
  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { db, clock, log, httpOptions } = this.container;
    const { baseUrl } = httpOptions;
    const { cookies = {}, session: earlier } = requestContext(request);
    const { code, error, state } = request.query as Readonly<Record<string, string | undefined>>;
    const failed = (reason: string): void =>
      redirect(response, `/?sign_in=${reason}`, [clearedSignIn(baseUrl)]);
    const returnTo = endSignIn(cookies, state, baseUrl);
    if (returnTo === null) return failed('expired');
    if (error !== undefined || code === undefined) return failed('denied');
    try {
      const person = await signedInBy(this.container.signIn(), code, log);
      const { token } = await createSession(db, clock, person);
      if (earlier !== undefined) await endSession(db, earlier);
      redirect(response, returnTo, [sessionCookie(token, baseUrl), clearedSignIn(baseUrl)]);
    } catch (problem) {
      if (!(problem instanceof SignInError)) throw problem;
      log.warn({ err: problem }, 'sign-in: Discord did not say who it was');
      failed(problem.reason);
    }
  }
}
