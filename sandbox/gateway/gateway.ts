import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayGuildCreateDispatchData, GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { FaultList } from '../faults/fault-list.ts';
import { channelPermissions, guildPermissions } from '../permissions.ts';
import type { DispatchData, DispatchName, DispatchScope } from '../state/dispatches.ts';
import { botCanView } from '../state/interactions.ts';
import { isReadableWithoutIntent, withoutContent } from '../state/message-payloads.ts';
import { serialiseReactions } from '../state/reactions.ts';
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
  isConnected(applicationId: string): boolean;
  /** Cuts all connections; without a code the bot may resume. */
  closeAll(code?: number): void;
  invalidateAll(canResume: boolean): void;
  askAllToReconnect(): void;
  /** Ends for good; nothing is sent any more. */
  stop(): void;
}

/** Speaks with the bots over WebSockets and feeds them the world's events; their views of it are given by their tokens. */
export function startGateway(
  world: World,
  worlds: ReadonlyMap<string, World>,
  gatewayUrl: () => string,
  faults: FaultList,
): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, GatewaySession>();
  const connections = new Set<GatewayConnection>();
  const visible = [...worlds.values()].map((view) => ({ view, channels: new VisibleChannels(view) }));

  const deliver = <Name extends DispatchName>(
    name: Name,
    data: DispatchData[Name],
    scope: DispatchScope,
  ): void => {
    const reached = new Set([...worlds.values()].filter((view) => reachesBot(view, name, scope)));
    const receivers = [...sessions.values()].filter(
      (session) =>
        reached.has(session.world) && isWanted(session.intents, name, scope, session.world.application.botId),
    );
    // One that nobody would have got is not lost.
    if (receivers.length > 0 && !faults.losesEvent(name)) {
      for (const session of receivers) session.send(name, forSession(session, name, data));
    }
    for (const { view, channels } of visible) {
      const sync = channels.after(name, data, scope);
      const { botId } = view.application;
      if (sync) deliver('THREAD_LIST_SYNC', sync, { guildId: sync.guild_id, botId });
    }
  };
  world.dispatchListeners.add(deliver);

  return {
    accept(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
        const connection = new GatewayConnection(webSocket, {
          worlds,
          gatewayUrl: gatewayUrl(),
          sessions,
          faults,
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
    isConnected(applicationId) {
      return [...sessions.values()].some(
        ({ isConnected, world: { application } }) => isConnected && application.id === applicationId,
      );
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
  if (scope.botId !== undefined && scope.botId !== world.application.botId) return false;
  if (scope.guildId) {
    const guild = world.guilds.get(scope.guildId);
    if (!guild || !botMember(world, guild)) return false;
    if (!guild.available && name !== 'GUILD_DELETE') return false;
  }
  if (scope.needs !== undefined && !botHoldsOneOf(world, scope, scope.needs)) return false;
  if (!scope.channelId) return true;
  const channel = world.channels.get(scope.channelId);
  return channel !== undefined && botCanView(world, channel);
}

function botHoldsOneOf(world: World, { guildId = '', channelId }: DispatchScope, wanted: bigint): boolean {
  const guild = world.guilds.get(guildId);
  const bot = guild && botMember(world, guild);
  if (!guild || !bot) return false;
  const channel = world.channels.get(channelId ?? '');
  const now = world.clock.now();
  const held =
    channel && channel.guildId !== null
      ? channelPermissions(guild, bot, channel, now)
      : guildPermissions(guild, bot, now);
  return (held & wanted) !== 0n;
}

/** Takes out of an event what this session's intents do not cover. */
function forSession({ world, intents }: GatewaySession, name: DispatchName, data: unknown): unknown {
  if (name === 'MESSAGE_CREATE' || name === 'MESSAGE_UPDATE') {
    const message = withOwnReactions(world, data as GatewayMessageCreateDispatchData);
    if (intents & GatewayIntentBits.MessageContent || isReadableWithoutIntent(world, message)) return message;
    return withoutContent(message);
  }
  if (name === 'GUILD_CREATE' && !seesAllMembers(intents)) {
    const guild = data as GatewayGuildCreateDispatchData;
    return {
      ...guild,
      members: guild.members.filter((member) => member.user.id === world.application.botId),
    };
  }
  return data;
}

/** Each bot is told which reactions are its own. */
function withOwnReactions(
  world: World,
  message: GatewayMessageCreateDispatchData,
): GatewayMessageCreateDispatchData {
  if (message.reactions === undefined) return message;
  const record = world.channels.get(message.channel_id)?.messages.get(message.id);
  return record ? { ...message, reactions: serialiseReactions(world, record) } : message;
}
