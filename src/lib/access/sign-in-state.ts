import { returnPath } from './return-path.ts';
import { isSameSecret, newSecret } from './secrets.ts';
import { cookie, isSecure } from './sessions.ts';

const LASTS_MS = 10 * 60_000;

/** What a browser keeps while its person is at Discord: that the sign-in is its own, and where they were. */
export interface SignInState {
  /** Goes to Discord and comes back. */
  readonly state: string;
  readonly returnTo: string;
}

function cookieName(baseUrl: string): string {
  return isSecure(baseUrl) ? '__Host-alphapy_sign_in' : 'alphapy_sign_in';
}

/** Begins to sign in. @returns the header `Set-Cookie` as well. */
export function beginSignIn(
  asked: string | undefined,
  baseUrl: string,
): SignInState & { readonly cookie: string } {
  const [state, returnTo] = [newSecret(), returnPath(asked)];
  const value = `${state}.${Buffer.from(returnTo).toString('base64url')}`;
  return { state, returnTo, cookie: cookie(cookieName(baseUrl), value, baseUrl, LASTS_MS) };
}

/** Where somebody goes on who came back with this state; null when this browser did not begin it. */
export function endSignIn(
  cookies: Readonly<Record<string, string>>,
  state: string | undefined,
  baseUrl: string,
): string | null {
  const [kept = '', path = ''] = (cookies[cookieName(baseUrl)] ?? '').split('.');
  if (kept === '' || state === undefined || !isSameSecret(kept, state)) return null;
  return returnPath(Buffer.from(path, 'base64url').toString());
}

/** The header `Set-Cookie` that forgets it. */
export function clearedSignIn(baseUrl: string): string {
  return cookie(cookieName(baseUrl), '', baseUrl, 0);
}
