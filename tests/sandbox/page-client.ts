import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ActResult, Frame, FromServer, PageMessage } from '../../sandbox/web/protocol.ts';

const PATIENCE_MS = 30_000;

/** One open tab of the page, without a browser: what it was sent, and what somebody does in it. */
export class PageClient {
  readonly socket: WebSocket;
  /** All that it was ever sent, oldest first. */
  readonly heard: FromServer[] = [];
  readonly #answers = new Map<number, (result: ActResult) => void>();
  readonly #listeners = new Set<() => void>();
  #number = 0;
  #frame: Partial<Frame> = {};
  #messages = new Map<string, PageMessage>();
  now = new Date(0);

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString('utf8')) as FromServer));
  }

  static async open(url: string): Promise<PageClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`);
    const client = new PageClient(socket);
    await once(socket, 'open');
    await client.until(() => client.#frame.me !== undefined);
    return client;
  }

  get frame(): Frame {
    return this.#frame as Frame;
  }

  /** What stands in the open channel, oldest first. */
  get messages(): PageMessage[] {
    return [...this.#messages.values()];
  }

  get texts(): string[] {
    return this.messages.map(({ message }) => message.content);
  }

  /** Does something; @returns the sandbox's answer. */
  async act(act: string, input: unknown = {}): Promise<ActResult> {
    this.#number += 1;
    const number = this.#number;
    const answered = new Promise<ActResult>((resolve) => this.#answers.set(number, resolve));
    this.socket.send(JSON.stringify({ number, act, input }));
    return answered;
  }

  /** Becomes somebody, by user name, in a channel. */
  async become(name: string, channel = 'general'): Promise<void> {
    const userId = this.frame.people.find((person) => person.name === name)?.id;
    await this.act('enter', { userId });
    const channelId = this.frame.channels.find((one) => one.name === channel)?.id;
    await this.act('enter', { channelId });
  }

  /** Waits until it is so. @throws when it does not become so. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The page waited in vain for ${String(isSo)}; it shows ${this.texts.join(' | ')}`));
      }, PATIENCE_MS);
      const look = (): void => {
        if (!isSo()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }

  close(): void {
    this.socket.terminate();
  }

  #take(message: FromServer): void {
    this.heard.push(message);
    switch (message.kind) {
      case 'answer':
        this.#answers.get(message.re)?.(message.result);
        break;
      case 'frame':
        this.#frame = { ...this.#frame, ...message.parts };
        break;
      case 'messages':
        if (message.isAll) this.#messages.clear();
        for (const id of message.gone) this.#messages.delete(id);
        for (const shown of message.changed) this.#messages.set(shown.message.id, shown);
        break;
      case 'clock':
        this.now = new Date(message.now);
        break;
      default:
    }
    for (const listener of this.#listeners) listener();
  }
}
