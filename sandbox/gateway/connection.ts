import type {
  GatewayIdentifyData,
  GatewayRequestGuildMembersData,
  GatewayResumeData,
} from 'discord-api-types/v10';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { FaultList } from '../faults/fault-list.ts';
import { serialiseGuildCreate } from '../state/guilds.ts';
import { serialiseUser, requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import { botMember, changed } from '../state/world.ts';
import { areGranted, areKnownIntents } from './intents.ts';
import { memberChunks } from './member-chunks.ts';
import { GatewaySession } from './session.ts';

const HEARTBEAT_INTERVAL_MS = 41_250;

export interface ConnectionHost {
  /** The bots' views of the world, by their tokens. */
  worlds: ReadonlyMap<string, World>;
  gatewayUrl: string;
  sessions: Map<string, GatewaySession>;
  faults: FaultList;
}

interface Frame {
  op?: number;
  d?: unknown;
}

/** Speaks the gateway's protocol with one connection of a bot. */
export class GatewayConnection {
  readonly socket: WebSocket;
  readonly #host: ConnectionHost;
  #session: GatewaySession | null = null;

  constructor(socket: WebSocket, host: ConnectionHost) {
    this.socket = socket;
    this.#host = host;
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    socket.on('close', (code) => this.#closed(code));
    this.#sendFrame(GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL_MS });
  }

  /** Tells the bot that its session is no longer good, as Discord does now and then. */
  invalidate(canResume: boolean): void {
    if (this.#session && !canResume) this.#host.sessions.delete(this.#session.id);
    // What happens from now on is for the connection that resumes it.
    this.#session?.detach(this.socket);
    this.#session = null;
    this.#sendFrame(GatewayOpcodes.InvalidSession, canResume);
  }

  askToReconnect(): void {
    this.#sendFrame(GatewayOpcodes.Reconnect, null);
  }

  #sendFrame(op: GatewayOpcodes, data: unknown): void {
    this.socket.send(JSON.stringify({ op, d: data, s: null, t: null }));
  }

  #closed(code: number): void {
    if (!this.#session) return;
    this.#session.detach(this.socket);
    // Who looks on sees whether a bot is there.
    changed(this.#session.world);
    // A client that says goodbye does not come back to its session.
    if (code === 1000 || code === 1001) this.#host.sessions.delete(this.#session.id);
  }

  #receive(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      this.socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return;
    }
    switch (frame.op) {
      case GatewayOpcodes.Heartbeat:
        if (!this.#host.faults.swallowsHeartbeat()) this.#sendFrame(GatewayOpcodes.HeartbeatAck, null);
        return;
      case GatewayOpcodes.Identify:
        this.#identify(frame.d as GatewayIdentifyData);
        return;
      case GatewayOpcodes.Resume:
        this.#resume(frame.d as GatewayResumeData);
        return;
      case GatewayOpcodes.RequestGuildMembers:
        this.#whenLoggedIn((session) => {
          for (const chunk of memberChunks(
            session.world,
            frame.d as GatewayRequestGuildMembersData,
            session.intents,
          )) {
            session.send('GUILD_MEMBERS_CHUNK', chunk);
          }
        });
        return;
      case GatewayOpcodes.PresenceUpdate:
        // The status of a bot is shown nowhere here; Discord answers it with nothing either.
        this.#whenLoggedIn(() => undefined);
        return;
      default:
        this.socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  #whenLoggedIn(act: (session: GatewaySession) => void): void {
    if (this.#session) act(this.#session);
    else this.socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
  }

  #identify(data: GatewayIdentifyData): void {
    if (this.#session)
      return this.socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
    const world = this.#host.worlds.get(data.token);
    if (world === undefined)
      return this.socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    if (!areKnownIntents(data.intents))
      return this.socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    if (!areGranted(data.intents, world.application.flags)) {
      return this.socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    }

    const session = new GatewaySession(
      `session-${world.snowflakes.next()}`,
      world,
      data.intents,
      this.socket,
    );
    const joined = [...world.guilds.values()].filter((guild) => botMember(world, guild));
    session.send('READY', {
      v: 10,
      user: {
        ...serialiseUser(requireUser(world, world.application.botId)),
        verified: true,
        mfa_enabled: false,
        email: null,
      },
      guilds: joined.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#host.gatewayUrl,
      ...(data.shard ? { shard: data.shard } : {}),
      application: { id: world.application.id, flags: world.application.flags },
    });
    this.#session = session;
    this.#host.sessions.set(session.id, session);
    changed(world);
    if (!(data.intents & GatewayIntentBits.Guilds)) return;
    for (const guild of joined) {
      if (!guild.available) continue;
      session.send('GUILD_CREATE', serialiseGuildCreate(world, guild, seesAllMembers(data.intents)));
    }
  }

  #resume(data: GatewayResumeData): void {
    const world = this.#host.worlds.get(data.token);
    if (world === undefined) {
      return this.socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    }
    const session = this.#host.sessions.get(data.session_id);
    if (session?.world !== world || !session.resume(this.socket, data.seq)) return this.invalidate(false);
    this.#session = session;
  }
}

/** Only a session with the presence intent gets everybody with the guild. */
export function seesAllMembers(intents: number): boolean {
  return (intents & GatewayIntentBits.GuildPresences) !== 0;
}
