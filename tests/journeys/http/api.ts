import { container } from '@sapphire/framework';
import { RequestLimits } from '#lib/http/limits';
import { ask, HTTP } from '../../setup/http.ts';
import type { World } from '../../setup/bot.ts';
import { botHears, plantTown, type Town } from '../town.ts';

export const SERVICE_KEY = 'a-service-key-of-the-host-0123456789';

/** For `useBot`: with a service key. */
export const API = { ...HTTP, serviceKey: SERVICE_KEY } as const;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- what it holds is for each test to say
  readonly body: any;
}

/** Asks the API in the name of a person; of null: of the host itself. */
export function askAs(
  world: () => World,
  person: { readonly id: string } | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const proof = { 'X-API-Key': SERVICE_KEY, ...(person !== null && { 'X-User-Id': person.id }) };
  return askWith(world, { ...proof, ...headers }, method, path, body);
}

/** Asks the API with these headers and no others of who it is. */
export async function askWith(
  world: () => World,
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  // So that nobody runs out of turns; `hostile.test.ts` is about those.
  container.requestLimits = new RequestLimits(container.caches);
  const response = await ask(world, path, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A town that the bot has heard of, for who asks before anybody does something there. */
export async function plant(world: () => World, more?: Parameters<typeof plantTown>[1]): Promise<Town> {
  const town = plantTown(world(), more);
  await botHears(world(), town.guild);
  return town;
}
