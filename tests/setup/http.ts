import type { World } from './bot.ts';

/** A place to listen that is free, without a key or an origin. Give it to `useBot` as `config: { http: HTTP }`. */
export const HTTP = {
  port: 0,
  host: '127.0.0.1',
  baseUrl: null,
  allowedOrigins: [],
  trustedProxies: 0,
  serviceKey: null,
  discordClientSecret: null,
  supabase: null,
  supabaseWebhookKeys: [],
  serviceName: 'alphapy-service',
  metricsToken: null,
} as const;

/** Sends a request to the bot of a test file as somebody outside would. */
export function ask(world: () => World, path: string, init: RequestInit = {}): Promise<Response> {
  const { http } = world().bot;
  if (http === null) throw new Error('give useBot HTTP');
  return fetch(`http://127.0.0.1:${http.port}${path}`, { redirect: 'manual', ...init });
}
