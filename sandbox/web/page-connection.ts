import type { WebSocket } from 'ws';
import { z } from 'zod';
import { perform } from './acts.ts';
import { followLog } from './bot-log.ts';
import type { PageHost } from './host.ts';
import { PageWindow } from './page-window.ts';
import type { FromServer } from './protocol.ts';
import { followRequests } from './requests.ts';

/** How long changes are collected before they are sent together. */
const COLLECT_MS = 10;
const FromPage = z.object({ number: z.number().int(), act: z.string().max(50), input: z.unknown() });

/** One open tab: it acts and hears what has changed for whom it shows. */
export class PageConnection {
  readonly #host: PageHost;
  readonly #socket: WebSocket;
  readonly #window: PageWindow;
  readonly #endings: (() => void)[] = [];
  #refreshing: NodeJS.Timeout | null = null;
  #isWatching = false;

  constructor(host: PageHost, socket: WebSocket) {
    this.#host = host;
    this.#socket = socket;
    this.#window = new PageWindow(host, (message) => this.#send(message));
    const { world } = host.sandbox;
    const changed = (): void => this.#refreshSoon();
    world.changeListeners.add(changed);
    this.#endings.push(() => world.changeListeners.delete(changed));
    socket.on('message', (data: Buffer) => void this.#receive(data));
    socket.on('close', () => this.#end());
    socket.on('error', () => socket.terminate());
    this.#tellTime();
    this.#window.refresh();
  }

  #send(message: FromServer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  async #receive(data: Buffer): Promise<void> {
    const parsed = FromPage.safeParse(parseJson(data));
    if (!parsed.success) {
      this.#socket.close(1003, 'That is no message of the page.');
      return;
    }
    const { number, act, input } = parsed.data;
    if (act === 'watch') {
      this.#watch();
      this.#send({ kind: 'answer', re: number, result: { kind: 'done' } });
      return;
    }
    try {
      const result = await perform({ host: this.#host, window: this.#window }, act, input);
      // What the act changed is on the page before its answer.
      this.#window.refresh();
      this.#tellTime();
      this.#send({ kind: 'answer', re: number, result });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      this.#send({ kind: 'answer', re: number, result: { kind: 'refused', sentence } });
    }
  }

  #refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null;
      this.#window.refresh();
    }, COLLECT_MS);
  }

  #tellTime(): void {
    this.#send({ kind: 'clock', now: this.#host.clock.now().toISOString() });
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#endings.push(
      followRequests(this.#host.sandbox, (lines) => this.#send({ kind: 'requests', lines })),
    );
    if (this.#host.logFile === null) return;
    this.#endings.push(followLog(this.#host.logFile, (text) => this.#send({ kind: 'bot-log', text })));
  }

  #end(): void {
    if (this.#refreshing) clearTimeout(this.#refreshing);
    for (const end of this.#endings) end();
  }
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
