import type { IncomingMessage } from 'node:http';
import { invalidJson } from './errors.ts';

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

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Reads JSON, or a form with `payload_json` and `files[n]`. Throws Discord's 50109 for broken JSON. */
export async function parseBody(bytes: Buffer, contentType: string | undefined): Promise<RequestBody> {
  if (bytes.length === 0) return { json: undefined, multipart: false, files: [] };
  if (!contentType?.startsWith('multipart/form-data')) {
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
