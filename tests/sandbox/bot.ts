import { Client, Events, GatewayIntentBits } from 'discord.js';
import type { ClientOptions } from 'discord.js';
import { expect } from 'vitest';
import type { GuildSeed } from '../../sandbox/people/seeds.ts';
import type { Violation } from '../../sandbox/request-log.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A real discord.js client that is logged in to the sandbox and knows its guilds. */
export async function startBot(sandbox: Sandbox, intents = INTENTS): Promise<Client<true>> {
  // Plugins of the framework make more options mandatory than a bare client has.
  const client = new Client({ intents, rest: { api: sandbox.apiUrl } } as unknown as ClientOptions);
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(sandbox.token);
  return ready;
}

/** A guild with roles above and below the bot's, and channels in which it lacks something. */
export const HOME: GuildSeed = {
  name: 'Home',
  owner: 'olivia',
  members: ['mia', 'sam'],
  roles: [{ name: 'Boss', aboveBot: true }, { name: 'Staff', members: ['sam'] }, { name: 'Fans' }],
  channels: [
    { name: 'general' },
    { name: 'hidden', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
    { name: 'silent', overwrites: [{ role: 'Alphapy', deny: ['SendMessages'] }] },
    { name: 'plain', overwrites: [{ role: 'Alphapy', deny: ['EmbedLinks'] }] },
  ],
};

/** The same people, with channels for threads. */
export const THREADED: GuildSeed = {
  ...HOME,
  channels: [
    { name: 'general' },
    { name: 'news', type: 'announcement' },
    { name: 'help', type: 'forum', tags: ['solved'] },
    { name: 'talk', type: 'voice' },
    { name: 'hidden', overwrites: [{ role: 'Alphapy', deny: ['ViewChannel'] }] },
  ],
};

/** Nothing of these kinds happened: no malformed request of the bot, no wrong answer of the sandbox. */
export function expectNoViolations(sandbox: Sandbox, kinds?: readonly Violation['kind'][]): void {
  const found = sandbox.violations.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  expect(found).toEqual([]);
}

export interface Answer {
  status: number;
  headers: Headers;
  body: { code?: number; message?: string; id?: string; retry_after?: number; errors?: unknown } & Record<
    string,
    unknown
  >;
}

/** A request of the bot without discord.js, which would wait or try again. */
export async function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
  return { status: response.status, headers: response.headers, body: answer };
}
