import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { APIAttachment } from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import type { AttachmentRecord } from './records.ts';
import type { World } from './world.ts';

/** The most that one file may have, for a server without boosts. */
export const LARGEST_FILE_BYTES = 10 * 1024 * 1024;
/** How many files one message may have. */
export const MOST_FILES = 10;

const LINK_LIFETIME_SECONDS = 24 * 60 * 60;
const KEPT_BYTES = 128 * 1024 * 1024;

/** What was uploaded, by the attachment's id, oldest first; the oldest goes when there is more than the limit. */
export interface FileShelf {
  readonly contents: Map<string, { bytes: Uint8Array; contentType: string }>;
  /** Signs the links. */
  readonly secret: Uint8Array;
  limitBytes: number;
}

export function newFileShelf(): FileShelf {
  return { contents: new Map(), secret: randomBytes(32), limitBytes: KEPT_BYTES };
}

/** A file as somebody sends it. */
export interface FileInput {
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** Found by the name when left out. */
  readonly contentType?: string;
}

export interface NewFile extends FileInput {
  channelId: string;
  description?: string | null;
  /** For a file that is in no message: an option of a command, a field of a modal. */
  ephemeral?: boolean;
}

/** Takes a file in; what it belongs to refers to it by the record. */
export function addFile(world: World, input: NewFile): AttachmentRecord {
  const filename = safeName(input.filename);
  const { bytes } = input;
  const attachment: AttachmentRecord = {
    id: world.snowflakes.next(),
    channelId: input.channelId,
    filename,
    sentName: input.filename,
    description: input.description ?? null,
    contentType: contentTypeOf(filename, input.contentType),
    size: bytes.byteLength,
    dimensions: dimensionsOf(bytes),
    ephemeral: input.ephemeral ?? false,
  };
  const { files } = world;
  files.contents.set(attachment.id, { bytes, contentType: attachment.contentType });
  let kept = [...files.contents.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  for (const [id, old] of files.contents) {
    if (kept <= files.limitBytes) break;
    files.contents.delete(id);
    kept -= old.bytes.byteLength;
  }
  return attachment;
}

/** Files go with the message that had them. */
export function forgetFiles(world: World, attachments: readonly AttachmentRecord[]): void {
  for (const { id } of attachments) world.files.contents.delete(id);
}

/** A new link to a file, good for a day by the world's clock. */
export function linkTo(world: World, attachment: AttachmentRecord): string {
  const path = pathOf(attachment);
  const since = Math.floor(world.clock.now().getTime() / 1000);
  const [is, ex] = [since.toString(16), (since + LINK_LIFETIME_SECONDS).toString(16)];
  return `${world.baseUrl}${path}?ex=${ex}&is=${is}&hm=${sign(world, path, ex, is)}&`;
}

/** Whether a link was made here for this path and still holds. */
export function isLinkValid(world: World, path: string, query: URLSearchParams): boolean {
  const [ex, is, hm] = ['ex', 'is', 'hm'].map((name) => query.get(name) ?? '');
  if (!ex || !is || !hm || !/^[\da-f]{64}$/.test(hm)) return false;
  const right = timingSafeEqual(Buffer.from(hm), Buffer.from(sign(world, path, ex, is)));
  return right && Number.parseInt(ex, 16) * 1000 > world.clock.now().getTime();
}

function sign(world: World, path: string, ex: string, is: string): string {
  return createHmac('sha256', world.files.secret).update(`${path}?ex=${ex}&is=${is}`).digest('hex');
}

function pathOf({ id, channelId, filename, ephemeral }: AttachmentRecord): string {
  return `/${ephemeral ? 'ephemeral-attachments' : 'attachments'}/${channelId}/${id}/${filename}`;
}

export function serialiseAttachment(world: World, attachment: AttachmentRecord): APIAttachment {
  const url = linkTo(world, attachment);
  const { filename, sentName, dimensions, description } = attachment;
  return {
    id: attachment.id,
    filename,
    ...(sentName === filename ? {} : { title: sentName.replace(/\.[^.]*$/, '') }),
    ...(description ? { description } : {}),
    content_type: attachment.contentType,
    size: attachment.size,
    url,
    proxy_url: url,
    ...dimensions,
    ...(attachment.ephemeral ? { ephemeral: true } : {}),
    flags: NO_FLAGS,
  };
}

/** Discord keeps plain letters, digits, dots, dashes and underscores of a name. */
function safeName(name: string): string {
  const safe = name.replaceAll(/\s/g, '_').replaceAll(/[^\w.-]/g, '');
  if (!/\w/.test(safe)) return 'unknown';
  return safe.startsWith('.') && !name.startsWith('.') ? `unknown${safe}` : safe;
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  ics: 'text/calendar; charset=utf-8',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  zip: 'application/zip',
};
const UNTOLD = 'application/octet-stream';

function contentTypeOf(filename: string, told: string | undefined): string {
  if (told && told !== UNTOLD) return told;
  return TYPES[/\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''] ?? UNTOLD;
}

const PNG_START = '89504e470d0a1a0a';

/** Of a PNG picture; others are not looked into. */
function dimensionsOf(bytes: Uint8Array): AttachmentRecord['dimensions'] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 24 || view.toString('hex', 0, 8) !== PNG_START) return null;
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}
