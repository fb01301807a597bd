import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLinkValid } from '../state/files.ts';
import type { World } from '../state/world.ts';

const FILE_PATH = /^\/(?:ephemeral-)?attachments\/\d+\/(\d+)\/([\w.-]+)$/;
const GONE = 'This content is no longer available.';

/** Serves uploaded files, as Discord's content network does; false when the request is for something else. */
export function answerDownload(world: World, request: IncomingMessage, response: ServerResponse): boolean {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  if (!/^\/(?:ephemeral-)?attachments\//.test(path)) return false;
  const [, id = '', filename = ''] = FILE_PATH.exec(path) ?? [];
  const file = world.files.contents.get(id);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405).end();
  } else if (!file || !isLinkValid(world, path, new URLSearchParams(query))) {
    response.writeHead(404, { 'Content-Type': 'text/plain;charset=UTF-8' }).end(GONE);
  } else {
    response.writeHead(200, {
      'Content-Type': file.contentType,
      'Content-Length': file.bytes.byteLength,
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'public, max-age=31536000',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'GET' ? file.bytes : undefined);
  }
  return true;
}
