import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../sandbox/people/person.ts';
import { HOUR_MS, useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { plantTown } from '../town.ts';
import { loadProbe } from './probe.ts';

const world = useBot({
  config: { http: { ...HTTP, trustedProxies: 1, discordClientSecret: 'sandbox-client-secret' } },
});
beforeAll(loadProbe);

let address = 0;
/** A browser: it keeps cookies, and has an address of its own. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly #address = `10.1.0.${(address += 1)}`;

  async get(
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await ask(world, path, {
      ...init,
      headers: { 'X-Forwarded-For': this.#address, Cookie: cookie, ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Presses the button of a person on Discord's page; null: Cancel. */
  async choose(authorize: string, person: Person | null): Promise<string> {
    const page = await (await fetch(authorize)).text();
    if (person !== null && !page.includes(`value="${person.id}"`))
      throw new Error('the page does not offer them');
    const chosen = await fetch(authorize, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ user: person?.id ?? '' }),
    });
    const back = new URL(chosen.headers.get('location') ?? '');
    return `${back.pathname}${back.search}`;
  }

  async signIn(person: Person, returnTo = '/'): Promise<Response> {
    const away = await this.get(`/login?return=${encodeURIComponent(returnTo)}`);
    return this.get(await this.choose(away.headers.get('location') ?? '', person));
  }
}

const sessions = () => world().database.db.selectFrom('web_sessions').selectAll().execute();
const where = (response: Response): [number, string | null] => [
  response.status,
  response.headers.get('location'),
];

describe('signing in', () => {
  test('goes to Discord and back to where one was, and nothing of Discord’s token is kept', async () => {
    const { guild, ann, mia } = plantTown(world());
    const browser = new Browser();
    const done = await browser.signIn(ann, '/guilds?x=1');
    expect(where(done)).toEqual([303, '/guilds?x=1']);
    expect([...browser.cookies.keys()]).toEqual(['alphapy_session']);
    expect(done.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(await (await browser.get('/api/me')).json()).toMatchObject({ user_id: ann.id, by: 'session' });
    expect((await sessions()).find(({ user_id }) => user_id === ann.id)).toMatchObject({
      user_name: 'ann',
      guild_ids: [guild.id],
    });
    const member = new Browser();
    await member.signIn(mia);
    expect((await sessions()).find(({ user_id }) => user_id === mia.id)?.guild_ids).toEqual([]);
    expect((await browser.get(`/probe/${guild.id}`)).status).toBe(204);
    expect((await member.get(`/probe/${guild.id}`)).status).toBe(403);
  });

  test('again makes another session and ends the earlier one', async () => {
    const { ann } = plantTown(world());
    const browser = new Browser();
    await browser.signIn(ann);
    const earlier = new Map(browser.cookies);
    await browser.signIn(ann);
    expect(browser.cookies).not.toEqual(earlier);
    const old = new Browser();
    for (const [name, value] of earlier) old.cookies.set(name, value);
    expect((await old.get('/api/me')).status).toBe(401);
    expect((await browser.get('/api/me')).status).toBe(200);
    await world().advance(13 * HOUR_MS);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  test('leads nowhere else, and only who began it ends it', async () => {
    const { ann } = plantTown(world());
    const browser = new Browser();
    expect(where(await browser.signIn(ann, '//evil.example'))).toEqual([303, '/']);
    const away = await browser.get('/login');
    const authorize = away.headers.get('location') ?? '';
    expect(new URL(authorize).origin).toBe(world().sandbox.url);
    const back = await browser.choose(authorize, ann);
    expect(where(await new Browser().get(back))).toEqual([303, '/?sign_in=expired']);
    expect(where(await browser.get(back.replace(/state=[^&]+/, 'state=other')))).toEqual([
      303,
      '/?sign_in=expired',
    ]);
    expect(where(await browser.get(back))).toEqual([303, '/?sign_in=expired']);
  });

  test('says why it did not work', async () => {
    const { ann } = plantTown(world());
    const { sandbox } = world();
    const browser = new Browser();
    const away = async (): Promise<string> => (await browser.get('/login')).headers.get('location') ?? '';
    expect(where(await browser.get(await browser.choose(await away(), null)))).toEqual([
      303,
      '/?sign_in=denied',
    ]);
    const back = await browser.choose(await away(), ann);
    expect(where(await browser.get(back.replace(/code=\w+/, 'code=0')))).toEqual([303, '/?sign_in=refused']);
    const fault = sandbox.faults.switchOn({ fault: '502', on: 'POST /oauth2/token', times: 'every' });
    expect(where(await browser.get(await browser.choose(await away(), ann)))).toEqual([
      303,
      '/?sign_in=unreachable',
    ]);
    sandbox.faults.switchOff(fault);
    sandbox.faults.switchOn({ fault: '500', on: 'GET /users/@me/guilds', times: 1 });
    expect(where(await browser.get(await browser.choose(await away(), ann)))).toEqual([
      303,
      '/?sign_in=unreachable',
    ]);
    expect(browser.cookies.size).toBe(0);
    expect(JSON.stringify(world().logged)).not.toContain('sandbox-client-secret');
  });
});

describe('a write with the cookie alone', () => {
  test('is not the person’s, for another site could have made it', async () => {
    const { guild, ann } = plantTown(world());
    const browser = new Browser();
    await browser.signIn(ann);
    const csrf = (await sessions()).findLast(({ user_id }) => user_id === ann.id)?.csrf_token ?? '';
    const put = async (headers: Record<string, string>): Promise<number> =>
      (await browser.get(`/probe/${guild.id}`, { method: 'PUT', headers })).status;
    expect(await put({})).toBe(403);
    expect(await put({ 'X-CSRF-Token': `${csrf}x` })).toBe(403);
    expect(await put({ 'X-CSRF-Token': csrf })).toBe(204);

    const signOut = (form: Record<string, string>): Promise<Response> =>
      browser.get('/logout', { method: 'POST', body: new URLSearchParams(form) });
    expect((await signOut({})).status).toBe(403);
    expect((await browser.get('/api/me')).status).toBe(200);
    expect(where(await signOut({ csrf }))).toEqual([303, '/']);
    expect(browser.cookies.size).toBe(0);
    expect((await sessions()).filter(({ csrf_token }) => csrf_token === csrf)).toEqual([]);
  });

  test('a session has turns of its own', async () => {
    const { ann } = plantTown(world());
    const [one, other] = [new Browser(), new Browser()];
    await one.signIn(ann);
    await other.signIn(ann);
    for (let turn = 0; turn < 30; turn += 1) await one.get('/api/me');
    expect((await one.get('/api/me')).status).toBe(429);
    expect((await other.get('/api/me')).status).toBe(200);
  });
});
