import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '#lib/time/clock';
import { MovableClock } from '#lib/time/clock';
import { FaultList } from './faults/fault-list.ts';
import type { SandboxFaults } from './faults/faults.ts';
import { createFaults } from './faults/faults.ts';
import { startGateway } from './gateway/gateway.ts';
import { ALL_PRIVILEGED_FLAGS } from './gateway/intents.ts';
import { createJudge } from './judge/judge.ts';
import { Grants } from './oauth/grants.ts';
import { answersOAuth } from './oauth/oauth.ts';
import { SandboxGuild } from './people/guild.ts';
import type { GuildSeed } from './people/seeds.ts';
import { plantGuild } from './people/seeds.ts';
import type { LoggedRequest, Violation } from './request-log.ts';
import { RequestLog } from './request-log.ts';
import { answerDownload } from './rest/downloads.ts';
import type { RateLimitMode, RateLimits } from './rest/rate-limits.ts';
import { createRateLimits } from './rest/rate-limits.ts';
import type { RestBot, RestHost } from './rest/rest.ts';
import { answerRest } from './rest/rest.ts';
import { allRoutes } from './rest/routes/all-routes.ts';
import { StartError } from './start-error.ts';
import { keepAuditLog } from './state/audited-events.ts';
import type { World, WorldContents } from './state/world.ts';
import { changed, clearWorld, createWorld, worldAt, worldOf } from './state/world.ts';

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** The bot's token, when there is one bot. */
  token?: string;
  /** The bots that may connect; one with `token`, called Alphapy, when left out. */
  bots?: readonly [BotAccount, ...BotAccount[]];
  /** A world that was kept, with as many applications as there are bots. */
  contents?: WorldContents;
  clock?: Clock;
  /** Discord's application flags; by default all three privileged intents are granted. */
  applicationFlags?: number;
  /** False: a request that Discord would refuse as malformed is recorded and carried out all the same. */
  strict?: boolean;
  /** Path of Discord's openapi.json, to judge by that as well; what $DISCORD_OPENAPI names when left out. */
  openapi?: string;
  /** 'discord' refuses with 429 what is too much; 'off', the default, only sends the headers. */
  rateLimits?: RateLimitMode;
  /** Real milliseconds that the bot has for the first answer to an interaction; Discord's 3000 when left out. */
  interactionDeadlineMs?: number;
}

/** How a bot logs in. */
export interface BotAccount {
  readonly token: string;
  /** Of the application, and of the role that it gets when it joins. */
  readonly name: string;
}

/** Answers what is not Discord's own: the page for people. */
export interface Site {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** A Discord on this machine. */
export interface Sandbox {
  /** What the bot's REST client is pointed at; the gateway's address follows from it. */
  readonly apiUrl: string;
  /** "http://127.0.0.1:PORT", where a {@link Site} is found. */
  readonly url: string;
  /** Of the first bot. */
  readonly token: string;
  /** What an application proves itself with when somebody signs in; the same for all. */
  readonly clientSecret: string;
  readonly clock: Clock;
  readonly applicationId: string;
  /** Everything that this Discord knows, as data. */
  readonly world: World;
  readonly guilds: readonly SandboxGuild[];
  /** The bot's requests, oldest first; the last 5000. */
  readonly requests: readonly LoggedRequest[];
  /** What must not happen; tests expect it to be empty. */
  readonly violations: readonly Violation[];
  readonly faults: SandboxFaults;
  /** How many gateway sessions are connected, of all bots. */
  readonly connectedSessions: number;
  /** Whether a bot has a connected gateway session. */
  isConnected(applicationId: string): boolean;
  /** Makes a guild; with `at`, as if it had been made when that clock says. */
  createGuild(seed: GuildSeed, at?: Clock): SandboxGuild;
  /** Lets all guilds, people and messages go, as if they had never been. The bots and their global commands stay. */
  clear(): void;
  /** Forgets them, for a test that meant one. */
  clearViolations(): void;
  /** Calls `listener` after each request that was answered or never will be; the result stops that. */
  onRequest(listener: (request: LoggedRequest) => void): () => void;
  /** Lets a site answer all paths that are not Discord's. */
  serve(site: Site): void;
  close(): Promise<void>;
}

const DEFAULT_TOKEN = 'sandbox.bot.token';
const CLIENT_SECRET = 'sandbox-client-secret';
const DEADLINE_MS = 3000;

/** Starts a Discord on 127.0.0.1. @throws StartError when the port cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? new MovableClock();
  const accounts = options.bots ?? [{ token: options.token ?? DEFAULT_TOKEN, name: 'Alphapy' }];
  const [{ token, name }, ...others] = accounts;
  const world = createWorld({
    clock,
    applicationFlags: options.applicationFlags ?? ALL_PRIVILEGED_FLAGS,
    interactionDeadlineMs: options.interactionDeadlineMs ?? DEADLINE_MS,
    applications: [name, ...others.map((account) => account.name)],
    contents: options.contents,
  });
  const log = new RequestLog();
  const faultList = new FaultList(() => changed(world));
  const judge = createJudge({
    openapi: options.openapi ?? (process.env['DISCORD_OPENAPI'] || undefined),
    now: () => clock.now(),
  });
  const gatewayUrl = (): string => `${world.baseUrl.replace('http', 'ws')}/gateway`;
  const newRateLimits = (): RateLimits => createRateLimits(options.rateLimits ?? 'off');
  const bots = new Map<string, RestBot>();
  const host: RestHost = {
    world,
    bots,
    judge,
    log,
    faults: faultList,
    rateLimits: newRateLimits(),
    routes: allRoutes,
    strict: options.strict ?? true,
    gatewayUrl,
  };

  const oauth = { world, faults: faultList, grants: new Grants(clock), clientSecret: CLIENT_SECRET };
  let site: Site | null = null;
  const server = createServer((request, response) => {
    if (answerDownload(world, request, response)) return;
    if (answersOAuth(oauth, request, response)) return;
    if (site !== null && !isOfDiscord(request)) {
      site.request(request, response);
      return;
    }
    answerRest(host, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  world.baseUrl = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const applicationIds = [...world.applications.keys()];
  for (const [index, account] of accounts.entries()) {
    const view = worldOf(world, applicationIds[index] ?? '');
    bots.set(account.token, { world: view, rateLimits: newRateLimits() });
  }
  const worlds = new Map([...bots].map(([token, bot]) => [token, bot.world]));
  const gateway = startGateway(world, worlds, gatewayUrl, faultList);
  keepAuditLog(world);
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/gateway')) gateway.accept(request, socket, head);
    else if (site === null) socket.destroy();
    else site.upgrade(request, socket, head);
  });
  const guilds = [...world.guilds.values()].map((record) => new SandboxGuild(world, record));

  return {
    apiUrl: `${world.baseUrl}/api`,
    url: world.baseUrl,
    token,
    clientSecret: CLIENT_SECRET,
    clock,
    applicationId: world.application.id,
    world,
    guilds,
    requests: log.requests,
    violations: log.violations,
    faults: createFaults(world, faultList, gateway),
    get connectedSessions() {
      return gateway.connectedSessions;
    },
    isConnected: (applicationId) => gateway.isConnected(applicationId),
    createGuild(seed, at) {
      const record = plantGuild(at === undefined ? world : worldAt(world, at), seed);
      const guild = new SandboxGuild(world, record);
      guilds.push(guild);
      return guild;
    },
    clear() {
      faultList.clear();
      guilds.length = 0;
      clearWorld(world);
    },
    clearViolations() {
      log.violations.length = 0;
    },
    onRequest: (listener) => log.listen(listener),
    serve(given) {
      site = given;
    },
    async close() {
      gateway.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @returns the port that it has. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(whyNotListening(error, port))),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use on this machine; choose another one, or none for a free one.`;
    case 'EACCES':
      return `Port ${port} is not open to you on this machine; choose one above 1023, or none for a free one.`;
    default:
      return `The sandbox cannot listen on port ${port}: ${message}.`;
  }
}

function isOfDiscord({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/api');
}
