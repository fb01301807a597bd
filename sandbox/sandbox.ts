import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '#lib/time/clock';
import { MovableClock } from '#lib/time/clock';
import type { Fault } from './faults.ts';
import { FaultList } from './faults.ts';
import type { Gateway } from './gateway/gateway.ts';
import { startGateway } from './gateway/gateway.ts';
import { ALL_PRIVILEGED_FLAGS } from './gateway/intents.ts';
import { createJudge } from './judge/judge.ts';
import { SandboxGuild } from './people/guild.ts';
import type { GuildSeed } from './people/seeds.ts';
import { plantGuild } from './people/seeds.ts';
import type { LoggedRequest, Violation } from './request-log.ts';
import { RequestLog } from './request-log.ts';
import { answerDownload } from './rest/downloads.ts';
import type { RateLimitMode } from './rest/rate-limits.ts';
import { createRateLimits } from './rest/rate-limits.ts';
import { answerRest } from './rest/rest.ts';
import { allRoutes } from './rest/routes/all-routes.ts';
import { serialiseGuildCreate } from './state/guilds.ts';
import type { World } from './state/world.ts';
import { createWorld, dispatch } from './state/world.ts';

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** The bot's token. */
  token?: string;
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

/** Answers what is not Discord's own: the page for people. */
export interface Site {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface SandboxFaults {
  /** Lets the next requests that match fail. */
  next(fault: Fault): void;
  /** Forgets the faults that have not struck. */
  clear(): void;
  /** Cuts every gateway connection; without a code (4000) the bot may resume. */
  closeGateway(code?: number): void;
  /** Tells every connection that its session is gone, or with `true` that it may be resumed. */
  invalidSession(canResume?: boolean): void;
  /** Asks every connection to reconnect and resume. */
  reconnect(): void;
  /** The guild's server goes down: the bot is told and hears nothing of the guild until `available`. */
  unavailable(guild: SandboxGuild): void;
  available(guild: SandboxGuild): void;
}

/** A Discord on this machine. */
export interface Sandbox {
  /** What the bot's REST client is pointed at; the gateway's address follows from it. */
  readonly apiUrl: string;
  /** "http://127.0.0.1:PORT", where a {@link Site} is found. */
  readonly url: string;
  readonly token: string;
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
  /** How many gateway sessions of the bot are connected. */
  readonly connectedSessions: number;
  createGuild(seed: GuildSeed): SandboxGuild;
  /** Forgets them, for a test that meant one. */
  clearViolations(): void;
  /** Calls `listener` after each answered request; the result stops that. */
  onRequest(listener: (request: LoggedRequest) => void): () => void;
  /** Lets a site answer all paths that are not Discord's. */
  serve(site: Site): void;
  close(): Promise<void>;
}

const DEFAULT_TOKEN = 'sandbox.bot.token';
const DEADLINE_MS = 3000;

/** Starts a Discord on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? new MovableClock();
  const token = options.token ?? DEFAULT_TOKEN;
  const world = createWorld({
    clock,
    applicationFlags: options.applicationFlags ?? ALL_PRIVILEGED_FLAGS,
    interactionDeadlineMs: options.interactionDeadlineMs ?? DEADLINE_MS,
  });
  const log = new RequestLog();
  const faultList = new FaultList();
  const judge = createJudge({
    openapi: options.openapi ?? (process.env['DISCORD_OPENAPI'] || undefined),
    now: () => clock.now(),
  });
  const gatewayUrl = (): string => `${world.baseUrl.replace('http', 'ws')}/gateway`;
  const host = {
    world,
    token,
    judge,
    log,
    faults: faultList,
    rateLimits: createRateLimits(options.rateLimits ?? 'off'),
    routes: allRoutes,
    strict: options.strict ?? true,
    gatewayUrl,
  };

  let site: Site | null = null;
  const server = createServer((request, response) => {
    if (answerDownload(world, request, response)) return;
    if (site !== null && !isOfDiscord(request)) {
      site.request(request, response);
      return;
    }
    answerRest(host, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  world.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = startGateway(world, token, gatewayUrl);
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/gateway')) gateway.accept(request, socket, head);
    else if (site === null) socket.destroy();
    else site.upgrade(request, socket, head);
  });
  const guilds: SandboxGuild[] = [];

  return {
    apiUrl: `${world.baseUrl}/api`,
    url: world.baseUrl,
    token,
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
    createGuild(seed) {
      const guild = new SandboxGuild(world, plantGuild(world, seed));
      guilds.push(guild);
      return guild;
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

function isOfDiscord({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/api');
}

function createFaults(world: World, faults: FaultList, gateway: Gateway): SandboxFaults {
  return {
    next: (fault) => faults.add(fault),
    clear: () => faults.clear(),
    closeGateway: (code) => gateway.closeAll(code),
    invalidSession: (canResume = false) => gateway.invalidateAll(canResume),
    reconnect: () => gateway.askAllToReconnect(),
    unavailable({ record }) {
      record.available = false;
      dispatch(world, 'GUILD_DELETE', { id: record.id, unavailable: true }, { guildId: record.id });
    },
    available({ record }) {
      record.available = true;
      dispatch(world, 'GUILD_CREATE', serialiseGuildCreate(world, record, true), { guildId: record.id });
    },
  };
}
