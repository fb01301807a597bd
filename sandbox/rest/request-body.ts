import type { IncomingMessage } from 'node:http';
import { LARGEST_FILE_BYTES, MOST_FILES } from '../state/files.ts';
import { entityTooLarge, invalidJson } from './errors.ts';

const MULTIPART = 'multipart/form-data';
/** What a form may have beside its files. */
const FORM_BYTES = 1024 * 1024;

/** A file of a multipart request. */
export interface UploadedFile {
  /** The number in `files[n]`. */
  id: string;
  filename: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface RequestBody {
  json: unknown;
  multipart: boolean;
  files: UploadedFile[];
}

/** Reads a request to its end, or refuses it with Discord's 40005 as soon as it turns out to be too large. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  const isForm = request.headers['content-type']?.startsWith(MULTIPART) ?? false;
  const limit = isForm ? MOST_FILES * LARGEST_FILE_BYTES + FORM_BYTES : LARGEST_FILE_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(entityTooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take);
      reject(entityTooLarge());
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new ConnectionLost()));
  });
}

/** The client went away before its request was complete: there is nobody to answer. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection was lost before the request was complete.');
    this.name = 'ConnectionLost';
  }
}

/** Reads JSON, or a form with `payload_json` and `files[n]`. Throws Discord's 50109 for broken JSON. */
export async function parseBody(bytes: Buffer, contentType: string | undefined): Promise<RequestBody> {
  if (bytes.length === 0) return { json: undefined, multipart: false, files: [] };
  if (!contentType?.startsWith(MULTIPART)) {
    return { json: parseJson(bytes.toString('utf8')), multipart: false, files: [] };
  }
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData();
  const files: UploadedFile[] = [];
  let json: unknown = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') {
      if (name === 'payload_json') json = parseJson(value);
      continue;
    }
    files.push({
      id: /^files\[(\d+)\]$/.exec(name)?.[1] ?? String(files.length),
      filename: value.name,
      contentType: value.type,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { json, multipart: true, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidJson();
  }
}
