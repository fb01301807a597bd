import { PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import type { Log } from '#lib/logging/logger';
import type { SignedIn } from './sessions.ts';

const TIMEOUT_MS = 10_000;
const DISCORD_API_URL = 'https://discord.com/api';

export interface DiscordApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Discord's API is; null: Discord itself. */
  readonly apiUrl: string | null;
  /** Where Discord sends people back to; its settings must name the same address. */
  readonly redirectUri: string;
}

/** Why somebody could not sign in: `refused` by Discord, which did not take the code, or it could not be reached. */
export class SignInError extends Error {
  override name = 'SignInError';

  constructor(
    readonly reason: 'refused' | 'unreachable',
    options: ErrorOptions = {},
  ) {
    super(`Discord: ${reason}`, options);
  }
}

const tokenSchema = z.object({ access_token: z.string() });
const userSchema = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() });
const guildsSchema = z.array(z.object({ id: z.string(), owner: z.boolean(), permissions: z.string() }));

/** Where somebody is sent to sign in. @param state comes back with them, and must be theirs. */
export function authorizeUrl({ clientId, apiUrl, redirectUri }: DiscordApplication, state: string): string {
  const url = new URL('/oauth2/authorize', apiUrl ?? DISCORD_API_URL);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    scope: 'identify guilds',
    redirect_uri: redirectUri,
    state,
  }).toString();
  return url.href;
}

/**
 * Who somebody is, by the code that they came back with, and where they may manage the server. The token that Discord gives for it is
 * used here alone and given back.
 * @throws SignInError
 */
export async function signedInBy(application: DiscordApplication, code: string, log: Log): Promise<SignedIn> {
  const { access_token: token } = await ask(application, '/oauth2/token', tokenSchema, {
    method: 'POST',
    headers: { Authorization: basic(application) },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: application.redirectUri,
    }),
  });
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const [user, guilds] = await Promise.all([
      ask(application, '/users/@me', userSchema, { headers }),
      ask(application, '/users/@me/guilds', guildsSchema, { headers }),
    ]);
    return {
      userId: user.id,
      userName: user.global_name ?? user.username,
      guildIds: guilds.filter(managesServer).map(({ id }) => id),
    };
  } finally {
    // It ends by itself if this does not work, and nobody waits for it.
    ask(application, '/oauth2/token/revoke', z.unknown(), {
      method: 'POST',
      headers: { Authorization: basic(application) },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
    }).catch((error: unknown) => log.warn({ err: error }, 'sign-in: the token could not be given back'));
  }
}

function managesServer({ owner, permissions }: z.infer<typeof guildsSchema>[number]): boolean {
  if (owner) return true;
  const bits = /^\d{1,30}$/.test(permissions) ? BigInt(permissions) : 0n;
  return (bits & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
}

function basic({ clientId, clientSecret }: DiscordApplication): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

async function ask<Schema extends z.ZodType>(
  { apiUrl }: DiscordApplication,
  path: string,
  schema: Schema,
  init: RequestInit,
): Promise<z.output<Schema>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${apiUrl ?? DISCORD_API_URL}${path}`, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    throw new SignInError('unreachable', { cause: error });
  }
  if (response.status === 429 || response.status >= 500)
    throw new SignInError('unreachable', { cause: new Error(`status ${response.status}`) });
  if (!response.ok) throw new SignInError('refused', { cause: new Error(`status ${response.status}`) });
  const read = schema.safeParse(body);
  if (!read.success) throw new SignInError('unreachable', { cause: read.error });
  return read.data;
}
