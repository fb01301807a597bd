import type { ActResult, FromServer } from '../web/protocol.ts';

const RETRY_MS = 1000;

type Listener = (message: Exclude<FromServer, { kind: 'answer' }>) => void;

/** The WebSocket to the sandbox. It comes back by itself; what was asked meanwhile is answered with a refusal. */
export class Connection {
  readonly #listen: Listener;
  readonly #stateChanged: (isOpen: boolean) => void;
  readonly #waiting = new Map<number, (result: ActResult) => void>();
  #socket: WebSocket | null = null;
  #number = 0;

  constructor(listen: Listener, stateChanged: (isOpen: boolean) => void) {
    this.#listen = listen;
    this.#stateChanged = stateChanged;
    this.#connect();
  }

  act(act: string, input: Readonly<Record<string, unknown>> = {}): Promise<ActResult> {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(GONE);
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      socket.send(JSON.stringify({ number, act, input }));
    });
  }

  #connect(): void {
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#stateChanged(true));
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as FromServer));
    socket.addEventListener('close', () => {
      for (const resolve of this.#waiting.values()) resolve(GONE);
      this.#waiting.clear();
      this.#stateChanged(false);
      setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #receive(message: FromServer): void {
    if (message.kind !== 'answer') {
      this.#listen(message);
      return;
    }
    this.#waiting.get(message.re)?.(message.result);
    this.#waiting.delete(message.re);
  }
}

const GONE: ActResult = { kind: 'refused', sentence: 'The sandbox does not answer. Is it still running?' };
