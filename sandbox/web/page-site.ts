import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { WebSocketServer } from 'ws';
import type { Site } from '../sandbox.ts';
import type { PageHost } from './host.ts';
import { PageConnection } from './page-connection.ts';

/** A modal with a few files is the largest thing that a page sends. */
const MOST_BYTES_IN_MESSAGE = 64 * 1024 * 1024;
const PAGE = new URL('../page/', import.meta.url);

interface File {
  readonly type: string;
  readonly text: string;
}

/** Nothing of another address is loaded, and no other page may show this one. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The page for people, and the WebSocket behind it. Bundles the page, which takes about half a second. */
export async function createPageSite(host: PageHost): Promise<Site & { close(): void }> {
  const files = await bundle();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES_IN_MESSAGE });
  return {
    request(request, response) {
      if (!isFromHere(request)) end(response, 403, 'This address is not for other sites.');
      else if (request.method !== 'GET') end(response, 405, 'There is only something to read here.');
      else answer(files, request, response);
    },
    upgrade(request, socket, head) {
      // A page of another site could otherwise act here, for browsers let any page open a WebSocket.
      if (!isFromHere(request) || pathOf(request) !== '/live') refuse(socket);
      else sockets.handleUpgrade(request, socket, head, (webSocket) => new PageConnection(host, webSocket));
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

async function bundle(): Promise<ReadonlyMap<string, File>> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', PAGE))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const read = (name: string): Promise<string> => readFile(new URL(name, PAGE), 'utf8');
  const html: File = { type: 'text/html; charset=utf-8', text: await read('index.html') };
  return new Map<string, File>([
    ['/', html],
    ['/log', html],
    ['/page.js', { type: 'text/javascript; charset=utf-8', text: built.outputFiles[0]?.text ?? '' }],
    ['/page.css', { type: 'text/css; charset=utf-8', text: await read('page.css') }],
  ]);
}

function answer(files: ReadonlyMap<string, File>, request: IncomingMessage, response: ServerResponse): void {
  const file = files.get(pathOf(request));
  if (file === undefined) end(response, 404, 'There is nothing here. The page is at /.');
  else {
    response.writeHead(200, { ...HEADERS, 'Content-Type': file.type });
    response.end(file.text);
  }
}

function end(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(sentence);
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

const LOCAL_NAMES = new Set(['127.0.0.1', 'localhost']);

/** Whether the request names this machine, also where it says which page it comes from. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!LOCAL_NAMES.has(host.replace(/:\d+$/, ''))) return false;
  return origin === undefined || origin === `http://${host}`;
}
