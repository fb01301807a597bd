import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import { clearedCookie, endSession, provesCsrf } from '#lib/access/sessions';
import { requestContext } from '#lib/http/context';
import { readForm } from '#lib/http/form';
import { HttpProblem } from '#lib/http/problem';
import { redirect } from '#lib/http/redirect';

/** Ends the session, if its own page asks for it. */
export class Logout extends Route {
  public override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { db, httpOptions } = this.container;
    const { session, body } = requestContext(request);
    if (session !== undefined) {
      const token = request.headers['x-csrf-token'] ?? readForm(request, body).get('csrf');
      if (!provesCsrf(session, token))
        throw new HttpProblem(403, 'This did not come from the dashboard. Open it and sign out there.');
      await endSession(db, session);
    }
    redirect(response, '/', [clearedCookie(httpOptions.baseUrl)]);
  }
}
