import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an AI provider does with a request. */
export type Behaviour =
  | { readonly says: string; readonly finish?: string }
  | { readonly refuses: string }
  | { readonly status: number }
  | { readonly raw: string }
  | 'silent'
  | 'hangs up';

export interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** An AI provider on this machine that speaks OpenAI's chat completions. */
export interface Provider {
  /** As OPENAI_BASE_URL has it. */
  readonly url: string;
  /** What it was asked, oldest first. */
  readonly asked: readonly Asked[];
  readonly keys: readonly (string | undefined)[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Starts one; until told otherwise it refuses. */
export async function startProvider(): Promise<Provider> {
  let behaviour: Behaviour = { status: 400 };
  const asked: Asked[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
        response.writeHead(404).end();
        return;
      }
      keys.push(request.headers.authorization);
      asked.push(JSON.parse(Buffer.concat(chunks).toString()) as Asked);
      reply(response, behaviour);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    keys,
    behave(next) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function reply(response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour === 'silent') return;
  if (behaviour === 'hangs up') {
    response.destroy();
    return;
  }
  const status = 'status' in behaviour ? behaviour.status : 200;
  response.writeHead(status, { 'content-type': 'application/json' });
  if ('raw' in behaviour) response.end(behaviour.raw);
  else if ('status' in behaviour)
    response.end(JSON.stringify({ error: { message: 'You sent: my secret words', type: 'x' } }));
  else {
    const message =
      'says' in behaviour
        ? { role: 'assistant', content: behaviour.says, refusal: null }
        : { role: 'assistant', content: null, refusal: behaviour.refuses };
    const finish = 'says' in behaviour ? (behaviour.finish ?? 'stop') : 'stop';
    response.end(
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        choices: [{ index: 0, message, finish_reason: finish }],
      }),
    );
  }
}
