import type { NewFile } from './rows.ts';

/** The most that is kept of one file. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;

/** What stands in place of a file that is not kept. */
export type Refusal = 'too_large' | 'wrong_type';

const KINDS_KEPT = /^(?:image|video|audio|text)\//;
const ENDINGS_KEPT = new Set(
  [
    'png jpg jpeg gif webp avif heic bmp tif tiff svg',
    'mp4 mov webm mkv avi m4v',
    'mp3 ogg oga opus wav flac m4a aac',
    'txt md log csv tsv json xml yaml yml ini cfg conf toml diff patch',
    'pdf zip 7z rar gz tar tgz',
    'doc docx xls xlsx ppt pptx odt ods odp rtf',
  ].flatMap((endings) => endings.split(' ')),
);
/** Runs, or makes something run, when it is opened on somebody's computer. */
const ENDINGS_REFUSED = new Set(
  [
    'exe com scr pif cpl msi msp dll sys bat cmd ps1 psm1 vbs vbe js jse mjs cjs wsf wsh hta lnk url reg inf jar',
    'apk aab ipa app dmg pkg deb rpm run bin elf so dylib sh bash zsh command desktop py pyw rb pl php',
    'html htm xhtml mht mhtml chm iso img vhd vhdx docm xlsm pptm xlam xll one',
  ].flatMap((endings) => endings.split(' ')),
);
/** How programs of Windows, Linux, macOS and shells begin, in latin1. */
const PROGRAM_STARTS = [
  'MZ',
  '\u007FELF',
  '#!',
  '\u00CA\u00FE\u00BA\u00BE',
  '\u00CE\u00FA\u00ED\u00FE',
  '\u00CF\u00FA\u00ED\u00FE',
];

/** Why a file is not kept, as far as can be told before it is fetched; null: it is. */
export function refusalOf({
  name,
  contentType,
  bytes,
}: Pick<NewFile, 'name' | 'contentType' | 'bytes'>): Refusal | null {
  if (bytes > FILE_BYTES_MAX) return 'too_large';
  // Systems pass over dots and spaces at the end.
  const ending = /\.([^.]+)$/.exec(name.replace(/[\s.]+$/, ''))?.[1]?.toLowerCase() ?? '';
  if (ENDINGS_REFUSED.has(ending)) return 'wrong_type';
  return ENDINGS_KEPT.has(ending) || KINDS_KEPT.test(contentType ?? '') ? null : 'wrong_type';
}

/** Whether a file is a program, by how it begins. */
export function isProgram(start: Buffer): boolean {
  const text = start.toString('latin1');
  return PROGRAM_STARTS.some((sign) => text.startsWith(sign));
}

/** The kind of a picture that every browser shows, by how it begins and whatever it is said to be; null for anything else. */
export function pictureType(start: Buffer): string | null {
  const text = start.toString('latin1', 0, 12);
  if (text.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png';
  if (text.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  return text.startsWith('RIFF') && text.slice(8) === 'WEBP' ? 'image/webp' : null;
}
