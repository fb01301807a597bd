import type { AddressInfo } from 'node:net';
import { container, type SapphireClient } from '@sapphire/framework';
import type { Config, HttpConfig } from '../config.ts';
import { GuildRights, REMEMBERED_MAX } from '#lib/access/guild-rights';
import type { IdentityDeps } from '#lib/access/identify';
import { RequestLimits } from '#lib/http/limits';

declare module '@sapphire/pieces' {
  interface Container {
    rights: GuildRights;
    identity: IdentityDeps;
    requestLimits: RequestLimits;
    httpOptions: HttpOptions;
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

/** What routes and middlewares share. Needs the clock and the config. */
export function setupHttp(client: SapphireClient, config: Config): void {
  const rights = new GuildRights(client, container.clock);
  container.rights = rights;
  container.caches.register('guild_rights', { size: () => rights.size, max: REMEMBERED_MAX });
  container.identity = { serviceKey: config.http?.serviceKey ?? null };
  const limits = new RequestLimits();
  container.requestLimits = limits;
  container.caches.register('request_limits', { size: () => limits.size, max: limits.max });
  container.httpOptions = {
    allowedOrigins: config.http?.allowedOrigins ?? [],
    trustedProxies: config.http?.trustedProxies ?? 0,
    baseUrl: config.http?.baseUrl ?? '',
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
