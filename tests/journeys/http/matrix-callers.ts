import { SignJWT } from 'jose';
import { SCOPES, type Scope } from '#lib/access/caller';
import { createKey, revokeKey } from '#lib/access/keys';
import { createSession, sessionCookieName } from '#lib/access/sessions';
import { MovableClock } from '#lib/time/clock';
import { DAY_MS, START, type World } from '../../setup/bot.ts';
import { tokenOf, type FakeSupabase, type TokenOptions } from '../../setup/supabase.ts';
import type { Town } from '../town.ts';
import { SERVICE_KEY } from './api.ts';

export const METRICS_TOKEN = 'a-token-of-at-least-24-characters';

/** What somebody sends of who they are. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  /** What the forms of their session carry; null: they have none. */
  readonly csrf: string | null;
}

/** Makes a proof for one request. @param scope what a key would need for it; null: nothing. */
export type Prove = (scope: Scope | null) => Promise<Proof>;

export interface Places {
  readonly here: Town;
  /** Zoe's, who is no member here. */
  readonly elsewhere: { readonly guildId: string; readonly zoe: { readonly id: string } };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const sends = (headers: Record<string, string>) => (): Promise<Proof> =>
  Promise.resolve({ headers, csrf: null });

/** Everybody who may come, by what they are called in the table of `matrix.test.ts`. */
export async function assemble(
  world: World,
  supabase: FakeSupabase,
  { here, elsewhere }: Places,
): Promise<Readonly<Record<string, Prove>>> {
  const { ann, niels, mia, sam, guild } = here;
  const { zoe } = elsewhere;
  const { db } = world.database;
  const signingKey = await supabase.addKey('one');
  const accounts = new Map<string, string>();
  const accountOf = (id: string): string => {
    const account = accounts.get(id) ?? supabase.account(id);
    accounts.set(id, account);
    return account;
  };
  const token = (more: Partial<TokenOptions> = {}): Promise<string> =>
    tokenOf({
      now: world.clock.now(),
      issuer: supabase.authUrl,
      subject: accountOf(ann.id),
      key: signingKey,
      kid: 'one',
      ...more,
    });
  const byToken =
    (more: Partial<TokenOptions>): Prove =>
    async () => ({ headers: bearer(await token(more)), csrf: null });
  const byAccount = ({ id }: { readonly id: string }): Prove => byToken({ subject: accountOf(id) });
  const signedBySecret = (secret: string): Prove =>
    async function () {
      const [, claims = ''] = (await token()).split('.');
      const forged = new SignJWT(JSON.parse(Buffer.from(claims, 'base64url').toString()))
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(new TextEncoder().encode(secret));
      return { headers: bearer(await forged), csrf: null };
    };
  /** Each time another one, for one of the routes ends it. */
  const bySession =
    ({ id: userId }: { readonly id: string }, at = START, more: Record<string, string> = {}): Prove =>
    async () => {
      const signedIn = { userId, userName: 'somebody', guildIds: [guild.id] };
      const { token: cookie, session } = await createSession(db, new MovableClock(at), signedIn);
      return {
        headers: {
          Cookie: `${sessionCookieName('http://localhost')}=${cookie}`,
          'X-CSRF-Token': session.csrfToken,
          ...more,
        },
        csrf: session.csrfToken,
      };
    };
  const newKey = (
    { id: userId }: { readonly id: string },
    guildId: string,
    scopes: readonly Scope[],
    at = START,
  ) => createKey(db, new MovableClock(at), { guildId, userId, name: 'script', scopes, days: 1 });
  const keysByScope = async (scopesFor: (scope: Scope) => readonly Scope[]): Promise<Prove> => {
    const keys = new Map<Scope, string>();
    for (const scope of SCOPES) keys.set(scope, (await newKey(ann, guild.id, scopesFor(scope))).key);
    return (scope) => sends(bearer(keys.get(scope ?? 'faq:read') ?? ''))();
  };
  const revoked = await newKey(ann, guild.id, SCOPES);
  await revokeKey(db, guild.id, revoked.row.id, START);
  const { key } = await newKey(ann, guild.id, SCOPES);
  const asHost = (more: Record<string, string> = {}): Prove => sends({ 'X-API-Key': SERVICE_KEY, ...more });
  const unsigned = async (): Promise<Proof> => {
    const [, claims] = (await token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    return { headers: bearer(`${header}.${claims}.`), csrf: null };
  };

  return {
    nobody: sends({}),
    'a token that has expired': byToken({ now: new Date(START.getTime() - DAY_MS) }),
    'a token of another issuer': byToken({ issuer: 'https://evil.example/auth/v1' }),
    'a token for others': byToken({ audience: 'anon' }),
    'a token without a signature': unsigned,
    'a token signed by a stranger': signedBySecret('another-secret-of-at-least-32-characters'),
    'a token signed with the public key': signedBySecret(JSON.stringify(supabase.keys[0])),
    'a token of an account that is gone': byToken({ subject: crypto.randomUUID() }),
    'a session that has expired': bySession(ann, new Date(START.getTime() - 8 * DAY_MS)),
    'a session nobody began': sends({ Cookie: `${sessionCookieName('http://localhost')}=guessed` }),
    'a session beside a wrong key': bySession(ann, START, { 'X-API-Key': 'alphapy_guessed' }),
    'a key nobody made': sends(bearer('alphapy_guessed')),
    'a key that was revoked': sends(bearer(revoked.key)),
    'a key that has expired': sends(
      bearer((await newKey(ann, guild.id, SCOPES, new Date(START.getTime() - 2 * DAY_MS))).key),
    ),
    'a key and a token at once': async () => ({
      headers: { ...bearer(await token()), 'X-API-Key': key },
      csrf: null,
    }),
    'a name without a key': sends({ 'X-User-Id': ann.id }),
    'a wrong API_KEY for an admin': sends({ 'X-API-Key': `${SERVICE_KEY}x`, 'X-User-Id': ann.id }),
    'API_KEY for no person': asHost({ 'X-User-Id': '1 or 1=1' }),
    'API_KEY as a token': sends({ ...bearer(SERVICE_KEY), 'X-User-Id': ann.id }),
    METRICS_TOKEN: sends(bearer(METRICS_TOKEN)),
    'an account without Discord': byToken({ subject: supabase.account(null) }),

    'the member, by token': byAccount(mia),
    'the member, by session': bySession(mia),
    'the member, by API_KEY': asHost({ 'X-User-Id': mia.id }),
    'another member, by token': byAccount(sam),
    'an admin, by token': byAccount(ann),
    'an admin, by session': bySession(ann),
    'an admin, by API_KEY': asHost({ 'X-User-Id': ann.id }),
    'an admin of another server, by token': byAccount(zoe),
    'an admin of another server, by session': bySession(zoe),
    'an admin of another server, by API_KEY': asHost({ 'X-User-Id': zoe.id }),
    'a former admin, by session': bySession(niels),
    'the key with this scope alone': await keysByScope((scope) => [scope]),
    'a key with every other scope': await keysByScope((scope) => SCOPES.filter((other) => other !== scope)),
    'a key of another server': sends(bearer((await newKey(zoe, elsewhere.guildId, SCOPES)).key)),
    'a key of a former admin': sends(bearer((await newKey(niels, guild.id, SCOPES)).key)),
    'a key made in another server by an admin of this one': sends(
      bearer((await newKey(ann, elsewhere.guildId, SCOPES)).key),
    ),
    'who runs the bot, by token': byAccount({ id: world.sandbox.world.application.ownerId }),
    'who runs the bot, by API_KEY': asHost({ 'X-User-Id': world.sandbox.world.application.ownerId }),
    API_KEY: asHost(),
  };
}
