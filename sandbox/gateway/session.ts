import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { World } from '../state/world.ts';

/** How many events a lost connection can catch up on. */
const REPLAY_LIMIT = 1000;

interface SentEvent {
  sequence: number;
  text: string;
}

/** One login of a bot. It outlives its connection, so that the bot can resume it. */
export class GatewaySession {
  readonly id: string;
  /** As the bot sees it. */
  readonly world: World;
  readonly intents: number;
  #socket: WebSocket | null;
  #sequence = 0;
  #sent: SentEvent[] = [];

  constructor(id: string, world: World, intents: number, socket: WebSocket) {
    this.id = id;
    this.world = world;
    this.intents = intents;
    this.#socket = socket;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  send(name: string, data: unknown): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: name, s: this.#sequence, d: data });
    this.#sent.push({ sequence: this.#sequence, text });
    if (this.#sent.length > REPLAY_LIMIT) this.#sent.shift();
    this.#socket?.send(text);
  }

  /** Takes up the session on a new connection after `lastSequence`; false when events before it are forgotten. */
  resume(socket: WebSocket, lastSequence: number): boolean {
    const oldest = this.#sent[0]?.sequence ?? this.#sequence + 1;
    if (lastSequence > this.#sequence || lastSequence + 1 < oldest) return false;
    this.#socket = socket;
    for (const event of this.#sent) {
      if (event.sequence > lastSequence) socket.send(event.text);
    }
    this.send('RESUMED', {});
    return true;
  }

  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = null;
  }
}
