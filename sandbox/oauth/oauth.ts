import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultList } from '../faults/fault-list.ts';
import { guildPermissions } from '../permissions.ts';
import { readBytes } from '../rest/request-body.ts';
import { requireUser, serialiseUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { authorizePage } from './authorize-page.ts';
import type { Grant, Grants } from './grants.ts';

export interface OAuthHost {
  readonly world: World;
  readonly faults: FaultList;
  readonly grants: Grants;
  readonly clientSecret: string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const SCOPES = new Set(['identify', 'guilds']);
const LOCAL_NAMES = new Set(['127.0.0.1', 'localhost']);
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/**
 * Signing in with Discord: the page that asks, the exchange of its code, and what a person's token may read. Faults hit what the bot asks for,
 * as elsewhere.
 * @returns whether the request was for this.
 */
export function answersOAuth(host: OAuthHost, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', host.world.baseUrl);
  const answer = url.pathname === '/oauth2/authorize' ? authorize : apiAnswerer(request, url);
  if (answer === null) return false;
  answer(host, request, response, url).catch((error: unknown) => {
    response.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return true;
}

type Answerer = (
  host: OAuthHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void>;

async function authorize(
  { world, grants }: OAuthHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { searchParams: query } = url;
  const application = world.applications.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  const scopes = (query.get('scope') ?? '').split(' ');
  const wrong =
    application === undefined
      ? 'There is no application with this client_id.'
      : !URL.canParse(redirectUri) || !LOCAL_NAMES.has(new URL(redirectUri).hostname)
        ? 'redirect_uri must be an address of this machine.'
        : query.get('response_type') !== 'code'
          ? 'response_type must be code.'
          : scopes.some((scope) => !SCOPES.has(scope))
            ? 'This Discord knows the scopes identify and guilds only.'
            : null;
  if (application === undefined || wrong !== null) {
    response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' }).end(wrong ?? '');
    return;
  }
  if (request.method !== 'POST') {
    response.writeHead(200, PAGE_HEADERS);
    response.end(authorizePage(world, application.name, `${url.pathname}${url.search}`));
    return;
  }
  const userId = new URLSearchParams((await readBytes(request)).toString()).get('user') ?? '';
  const back = new URL(redirectUri);
  if (world.users.get(userId)?.bot === false)
    back.searchParams.set(
      'code',
      grants.give({ userId, applicationId: application.id, scopes, redirectUri }),
    );
  else {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set(
      'error_description',
      'The resource owner or authorization server denied the request',
    );
  }
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  response.writeHead(302, { Location: back.href }).end();
}

const API = /^\/api(?:\/v\d+)?(\/.*)$/;

function apiAnswerer({ headers, method }: IncomingMessage, { pathname }: URL): Answerer | null {
  const path = API.exec(pathname)?.[1] ?? '';
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const isExchange = path === '/oauth2/token' || path === '/oauth2/token/revoke';
  if (!isExchange && bearer === undefined) return null;
  return async (host, request, response) => {
    const form = new URLSearchParams((await readBytes(request)).toString());
    const fault = host.faults.takeRequest({ method: method ?? 'GET', path, body: undefined });
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (typeof fault === 'object' && fault !== null) {
      if (fault.delayMs) await delay(fault.delayMs);
      if (fault.status !== undefined) {
        send(response, { status: fault.status, body: fault.body });
        return;
      }
    }
    const answer =
      bearer === undefined ? exchange(host, path, headers.authorization, form) : read(host, path, bearer);
    if (fault !== 'accept-then-hang') send(response, answer);
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

function exchange(
  { world, grants, clientSecret }: OAuthHost,
  path: string,
  authorization: string | undefined,
  form: URLSearchParams,
): Answer {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(basic, 'base64').toString().split(':');
  if (!world.applications.has(id ?? '') || secret !== clientSecret)
    return { status: 401, body: { error: 'invalid_client' } };
  if (path.endsWith('/revoke')) {
    grants.revoke(form.get('token') ?? '');
    return { status: 200, body: {} };
  }
  if (form.get('grant_type') !== 'authorization_code')
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  const token = grants.exchange(form.get('code') ?? '', id ?? '', form.get('redirect_uri') ?? '');
  return token === null
    ? { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' } }
    : { status: 200, body: token };
}

function read({ world, grants }: OAuthHost, path: string, token: string): Answer {
  const grant = grants.of(token);
  if (grant === null) return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
  if (path === '/users/@me' && grant.scopes.includes('identify'))
    return { status: 200, body: serialiseUser(requireUser(world, grant.userId)) };
  if (path === '/users/@me/guilds' && grant.scopes.includes('guilds'))
    return { status: 200, body: guildsOf(world, grant) };
  return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
}

function guildsOf(world: World, { userId }: Grant): object[] {
  return [...world.guilds.values()].flatMap((guild) => {
    const member = guild.members.get(userId);
    if (member === undefined) return [];
    return [
      {
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: guild.ownerId === userId,
        permissions: guildPermissions(guild, member, world.clock.now()).toString(),
        features: [],
      },
    ];
  });
}
