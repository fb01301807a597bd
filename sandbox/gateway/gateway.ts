import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayGuildCreateDispatchData, GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { DispatchData, DispatchName, DispatchScope } from '../state/dispatches.ts';
import { botCanView } from '../state/interactions.ts';
import { isReadableWithoutIntent, withoutContent } from '../state/message-payloads.ts';
import type { World } from '../state/world.ts';
import { botMember } from '../state/world.ts';
import { GatewayConnection, seesAllMembers } from './connection.ts';
import { isWanted } from './intents.ts';
import type { GatewaySession } from './session.ts';
import { VisibleChannels } from './visible-channels.ts';

export interface Gateway {
  /** Takes over a request that asks for a WebSocket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sessions that are connected now. */
  readonly connectedSessions: number;
  /** Cuts all connections; without a code the bot may resume. */
  closeAll(code?: number): void;
  invalidateAll(canResume: boolean): void;
  askAllToReconnect(): void;
  /** Ends for good; nothing is sent any more. */
  stop(): void;
}

/** Speaks with the bot over WebSockets and feeds it the world's events. */
export function startGateway(world: World, token: string, gatewayUrl: () => string): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, GatewaySession>();
  const connections = new Set<GatewayConnection>();
  const visible = new VisibleChannels(world);

  const deliver = <Name extends DispatchName>(
    name: Name,
    data: DispatchData[Name],
    scope: DispatchScope,
  ): void => {
    if (!reachesBot(world, name, scope)) return;
    for (const session of sessions.values()) {
      if (!isWanted(session.intents, name, scope, world.application.botId)) continue;
      session.send(name, forSession(world, session, name, data));
    }
    const sync = visible.after(name, data, scope);
    if (sync) deliver('THREAD_LIST_SYNC', sync, { guildId: sync.guild_id });
  };
  world.dispatchListeners.add(deliver);

  return {
    accept(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
        const connection = new GatewayConnection(webSocket, {
          world,
          token,
          gatewayUrl: gatewayUrl(),
          sessions,
        });
        connections.add(connection);
        webSocket.on('close', () => connections.delete(connection));
        // A broken connection is followed by its close; there is nothing else to do about it.
        webSocket.on('error', () => webSocket.terminate());
      });
    },
    get connectedSessions() {
      return [...sessions.values()].filter((session) => session.isConnected).length;
    },
    closeAll(code = GatewayCloseCodes.UnknownError) {
      for (const { socket } of connections) socket.close(code);
    },
    invalidateAll(canResume) {
      for (const connection of connections) connection.invalidate(canResume);
    },
    askAllToReconnect() {
      for (const connection of connections) connection.askToReconnect();
    },
    stop() {
      world.dispatchListeners.delete(deliver);
      for (const { socket } of connections) socket.terminate();
      sockets.close();
    },
  };
}

/** Whether the event is the bot's business at all: a guild it is in, a channel it may view. */
function reachesBot(world: World, name: DispatchName, scope: DispatchScope): boolean {
  if (scope.guildId) {
    const guild = world.guilds.get(scope.guildId);
    if (!guild || !botMember(world, guild)) return false;
    if (!guild.available && name !== 'GUILD_DELETE') return false;
  }
  if (!scope.channelId) return true;
  const channel = world.channels.get(scope.channelId);
  return channel !== undefined && botCanView(world, channel);
}

/** Takes out of an event what this session's intents do not cover. */
function forSession(world: World, session: GatewaySession, name: DispatchName, data: unknown): unknown {
  if (name === 'MESSAGE_CREATE' || name === 'MESSAGE_UPDATE') {
    const message = data as GatewayMessageCreateDispatchData;
    if (session.intents & GatewayIntentBits.MessageContent || isReadableWithoutIntent(world, message))
      return message;
    return withoutContent(message);
  }
  if (name === 'GUILD_CREATE' && !seesAllMembers(session.intents)) {
    const guild = data as GatewayGuildCreateDispatchData;
    return {
      ...guild,
      members: guild.members.filter((member) => member.user.id === world.application.botId),
    };
  }
  return data;
}
