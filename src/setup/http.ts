import type { AddressInfo } from 'node:net';
import { container, type SapphireClient } from '@sapphire/framework';
import type { Config, HttpConfig } from '../config.ts';
import type { DiscordApplication } from '#lib/access/discord-sign-in';
import { GuildRights } from '#lib/access/guild-rights';
import type { IdentityDeps } from '#lib/access/identify';
import { SupabaseAccounts } from '#lib/access/supabase-accounts';
import { tokenReader } from '#lib/access/supabase-keys';
import type { SupabaseProject } from '#lib/access/supabase-project';
import { RequestLimits } from '#lib/http/limits';
import { HttpProblem } from '#lib/http/problem';
import { requestTurns, type RequestTurns } from '#lib/http/turns';

declare module '@sapphire/pieces' {
  interface Container {
    rights: GuildRights;
    identity: IdentityDeps;
    requestLimits: RequestLimits;
    requestTurn: RequestTurns;
    /** By what people sign in with Discord. @throws HttpProblem 503 where the host has not set it up. */
    signIn: () => DiscordApplication;
    httpOptions: HttpOptions;
    /** What messages of the host's Supabase are signed with; none: they are not taken. */
    supabaseWebhookKeys: readonly Buffer[];
  }
}

interface HttpOptions {
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: number;
  /** Where people reach it, without a slash at the end; known once it listens. */
  readonly baseUrl: string;
}

export interface RunningHttp {
  readonly port: number;
  /** Takes no new request and lets those that run end, for at most so long. */
  close(timeoutMs: number): Promise<void>;
}

/** What routes and middlewares share. Needs the clock, the caches and the open interactions. */
export function setupHttp(client: SapphireClient, config: Config): void {
  container.rights = new GuildRights(client, container.clock, container.caches);
  container.identity = {
    db: container.db,
    clock: container.clock,
    serviceKey: config.http?.serviceKey ?? null,
    supabase: setupSupabase(config.http?.supabase ?? null),
  };
  container.requestLimits = new RequestLimits(container.caches);
  const { openInteractions } = container;
  container.requestTurn = requestTurns(() => openInteractions.size > 0);
  container.signIn = () => {
    const clientSecret = config.http?.discordClientSecret ?? null;
    if (clientSecret === null || client.application === null)
      throw new HttpProblem(
        503,
        'Nobody can sign in yet: whoever hosts this bot must set DISCORD_CLIENT_SECRET. .env.example says how.',
      );
    return {
      clientId: client.application.id,
      clientSecret,
      apiUrl: config.discordApiUrl,
      redirectUri: `${container.httpOptions.baseUrl}/oauth/callback`,
    };
  };
  container.supabaseWebhookKeys = config.http?.supabaseWebhookKeys ?? [];
  container.httpOptions = {
    allowedOrigins: config.http?.allowedOrigins ?? [],
    trustedProxies: config.http?.trustedProxies ?? 0,
    baseUrl: config.http?.baseUrl ?? '',
  };
}

function setupSupabase(project: SupabaseProject | null): IdentityDeps['supabase'] {
  if (project === null) return null;
  const { db, clock, log } = container;
  return {
    read: tokenReader(project, clock, log),
    accounts: new SupabaseAccounts({ db, clock, log }, project),
  };
}

/** Listens; all pieces must be loaded. @throws the error of `listen`, such as EADDRINUSE. */
export async function startHttp({ port, host, baseUrl }: HttpConfig): Promise<RunningHttp> {
  const { server } = container.server;
  container.server.options.listenOptions = { port, host };
  await container.server.connect();
  const listening = (server.address() as AddressInfo).port;
  container.httpOptions = { ...container.httpOptions, baseUrl: baseUrl ?? `http://localhost:${listening}` };
  return {
    port: listening,
    async close(timeoutMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
