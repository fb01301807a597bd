import { open, readFile } from 'node:fs/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { pathOfFile } from '../files/download.ts';
import { pictureType } from '../files/types.ts';
import type { Piece, PictureSlot } from './html.ts';
import { safeText } from './markdown.ts';

/** Pieces are joined to blocks of about this size. */
const BLOCK_CHARACTERS = 64 * 1024;
const START_BYTES = 16;

interface Shown {
  readonly path: string;
  readonly type: string;
  readonly alt: string;
}

export interface Whole {
  readonly file: Buffer;
  /** Pictures for which there was no room. */
  readonly picturesLeft: number;
}

/**
 * Puts a transcript together in memory, with as many pictures as there is room for, those that come first before others.
 * @param limit in bytes. @returns null when not even the text fits.
 */
export async function wholeFile(
  pieces: AsyncIterable<Piece>,
  { limit, directory }: { readonly limit: number; readonly directory: string },
): Promise<Whole | null> {
  const blocks: (Buffer | Shown)[] = [];
  let [text, textBytes, pictureBytes, picturesLeft] = ['', 0, 0, 0];
  const flush = (): void => {
    const block = Buffer.from(text);
    text = '';
    textBytes += block.length;
    blocks.push(block);
  };
  const slots: { readonly at: number; readonly shown: Shown; readonly cost: number }[] = [];
  for await (const piece of pieces) {
    text += typeof piece === 'string' ? piece : piece.caption;
    if (typeof piece !== 'string') {
      const found = await pictureOf(piece, directory);
      if (found !== null) {
        flush();
        slots.push({ at: blocks.length, ...found });
        blocks.push(Buffer.alloc(0));
      }
    }
    if (text.length >= BLOCK_CHARACTERS) flush();
    if (textBytes > limit) return null;
  }
  flush();
  if (textBytes > limit) return null;
  for (const { at, shown, cost } of slots)
    if (textBytes + pictureBytes + cost <= limit) {
      pictureBytes += cost;
      blocks[at] = shown;
    } else picturesLeft += 1;
  const parts: Buffer[] = [];
  for (const block of blocks) parts.push(Buffer.isBuffer(block) ? block : await figureOf(block));
  return { file: Buffer.concat(parts), picturesLeft };
}

function startOfFigure({ type, alt }: Shown): string {
  return `<figure><img alt="${safeText(alt)}" src="data:${type};base64,`;
}

const END_OF_FIGURE = '"></figure>\n';

async function pictureOf(
  { file }: PictureSlot,
  directory: string,
): Promise<{ readonly shown: Shown; readonly cost: number } | null> {
  const path = pathOfFile(directory, file.sha256);
  const start = await startOf(path);
  const type = start === null ? null : pictureType(start);
  if (type === null) return null;
  const shown = { path, type, alt: file.name };
  const cost = Buffer.byteLength(startOfFigure(shown) + END_OF_FIGURE) + 4 * Math.ceil(file.bytes / 3);
  return { shown, cost };
}

/** @returns null when it is not there: the files lie elsewhere, or were lost. */
async function startOf(path: string): Promise<Buffer | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function figureOf(shown: Shown): Promise<Buffer> {
  const bytes = await readFile(shown.path).catch(() => null);
  if (bytes === null) return Buffer.alloc(0);
  return Buffer.from(`${startOfFigure(shown)}${bytes.toString('base64')}${END_OF_FIGURE}`);
}

/**
 * Puts a transcript without pictures into a zip, never holding more than a piece of what goes in.
 * @param limit in bytes. @returns null when the zip is larger.
 */
export async function zippedFile(
  name: string,
  pieces: AsyncIterable<Piece>,
  limit: number,
): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part);
    bytes += part.length;
  });
  const entry = new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  let text = '';
  for await (const piece of pieces) {
    text += typeof piece === 'string' ? piece : piece.caption;
    if (text.length < BLOCK_CHARACTERS) continue;
    entry.push(strToU8(text));
    text = '';
    if (bytes > limit) return null;
  }
  entry.push(strToU8(text), true);
  zip.end();
  return bytes > limit ? null : Buffer.concat(parts);
}
