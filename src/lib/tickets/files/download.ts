import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FILE_BYTES_MAX, isProgram } from './types.ts';

/** Where files lie until they are whole; nothing in it is kept. */
export const UNFINISHED = 'unfinished';

export type Download =
  | {
      readonly kind: 'fetched';
      readonly sha256: string;
      readonly bytes: number;
      /** Puts it into its place. */
      readonly keep: () => Promise<void>;
      /** Removes what was not put there. */
      readonly discard: () => Promise<void>;
    }
  | { readonly kind: 'too_large' | 'wrong_type' }
  /** The link has run out, or the file was deleted. */
  | { readonly kind: 'gone' };

const TIMEOUT_MS = 60_000;
const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const DISCORD = 'https://discord.com';
const START_BYTES = 16;

/** Where the file with this hash lies. */
export function pathOfFile(directory: string, sha256: string): string {
  return path.join(directory, sha256.slice(0, 2), sha256);
}

/** Whether a link leads to where Discord keeps attachments; nothing else is ever asked for. @param apiUrl of Discord, or of what stands in for it. */
export function isAttachmentUrl(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, origin, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:' && port === '' && HOSTS.has(hostname)) return true;
  const api = new URL(apiUrl).origin;
  return api !== DISCORD && origin === api;
}

/**
 * Fetches an attachment to a file beside the others, never holding more than a piece of it.
 * @throws when it cannot be had now.
 */
export async function download(url: string, directory: string): Promise<Download> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  try {
    if ([403, 404, 410].includes(response.status)) return { kind: 'gone' };
    if (!response.ok || response.body === null)
      throw new Error(`the file was answered with ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > FILE_BYTES_MAX) return { kind: 'too_large' };
    return await written(response.body, directory);
  } finally {
    // What was not read is not wanted.
    if (response.body?.locked === false) await response.body.cancel();
  }
}

async function written(body: ReadableStream<Uint8Array>, directory: string): Promise<Download> {
  const unfinished = path.join(directory, UNFINISHED);
  await mkdir(unfinished, { recursive: true });
  const place = path.join(unfinished, randomUUID());
  const discard = (): Promise<void> => rm(place, { force: true });
  const hash = createHash('sha256');
  let bytes = 0;
  let start = Buffer.alloc(0);
  try {
    const file = await open(place, 'wx');
    try {
      for await (const piece of body) {
        bytes += piece.byteLength;
        if (bytes > FILE_BYTES_MAX) {
          await discard();
          return { kind: 'too_large' };
        }
        if (start.length < START_BYTES)
          start = Buffer.concat([start, piece.subarray(0, START_BYTES - start.length)]);
        hash.update(piece);
        await file.writeFile(piece);
      }
      // Under its hash a file is whole, even after the power was cut.
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard();
    throw error;
  }
  if (isProgram(start)) {
    await discard();
    return { kind: 'wrong_type' };
  }
  const sha256 = hash.digest('hex');
  const keep = async (): Promise<void> => {
    const target = pathOfFile(directory, sha256);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(place, target);
  };
  return { kind: 'fetched', sha256, bytes, keep, discard };
}
