import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an AI provider does with a request. */
export type Behaviour =
  /** `tokens`: what it says that it took; null: nothing. */
  | { readonly says: string; readonly finish?: string; readonly tokens?: readonly [number, number] | null }
  | { readonly refuses: string }
  | { readonly status: number; readonly retryAfter?: string; readonly code?: string }
  | { readonly raw: string }
  | 'silent'
  | 'hangs up';

export interface Asked {
  readonly model: string;
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** An AI provider on this machine that speaks OpenAI's chat completions. */
export interface Provider {
  /** As OPENAI_BASE_URL has it. */
  readonly url: string;
  /** What it was asked, oldest first. */
  readonly asked: readonly Asked[];
  readonly keys: readonly (string | undefined)[];
  /** What it does with the next requests, one after another; the last goes on. */
  behave(behaviour: Behaviour, ...then: readonly Behaviour[]): void;
  close(): Promise<void>;
}

/** Starts one; until told otherwise it refuses. */
export async function startProvider(): Promise<Provider> {
  let behaviours: readonly Behaviour[] = [{ status: 400 }];
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
      const [behaviour = 'hangs up', ...then] = behaviours;
      if (then.length > 0) behaviours = then;
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
    behave(...next) {
      behaviours = next;
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
  const retryAfter = 'status' in behaviour ? behaviour.retryAfter : undefined;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  });
  if ('raw' in behaviour) response.end(behaviour.raw);
  else if ('status' in behaviour)
    response.end(
      JSON.stringify({ error: { message: 'You sent: my secret words', type: 'x', code: behaviour.code } }),
    );
  else {
    const message =
      'says' in behaviour
        ? { role: 'assistant', content: behaviour.says, refusal: null }
        : { role: 'assistant', content: null, refusal: behaviour.refuses };
    const [input, output] = ('says' in behaviour ? behaviour.tokens : undefined) ?? [10, 5];
    const isSilentOnUsage = 'says' in behaviour && behaviour.tokens === null;
    const finish = 'says' in behaviour ? (behaviour.finish ?? 'stop') : 'stop';
    response.end(
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        ...(!isSilentOnUsage && {
          usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
        }),
        choices: [{ index: 0, message, finish_reason: finish }],
      }),
    );
  }
}
