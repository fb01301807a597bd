import { EMBED_DESCRIPTION_MAX, EMBED_TOTAL_MAX } from '#lib/ui/limits';

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\S\n]*([^\s`]*)/;
/** For what closes and opens a block of code again. */
const FENCE_ROOM = 80;

/**
 * Cuts markdown into parts of at most `max` characters: between paragraphs, else lines, else words, else anywhere. A block of code that
 * goes on in the next part is closed and opened again, with its language.
 * @param max in UTF-16 units; at least 200.
 */
export function splitMarkdown(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text;
  let open = '';
  while (open.length + rest.length > max) {
    const room = max - open.length - FENCE_ROOM;
    const at = cutAt(rest, room);
    const piece = open + rest.slice(0, at).trimEnd();
    rest = rest.slice(at).replace(/^\n+/, '');
    const fence = openFence(piece);
    parts.push(fence === null ? piece : `${piece}\n${fence.mark}`);
    open = fence === null ? '' : `${fence.mark}${fence.language}\n`;
  }
  if (rest.trim() !== '') parts.push(open + rest);
  return parts;
}

function cutAt(text: string, room: number): number {
  const head = text.slice(0, room);
  // A break in the first half would leave a part nearly empty.
  for (const gap of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(gap);
    if (at > room / 2) return at + gap.length;
  }
  // Never between the halves of a character.
  const last = head.codePointAt(room - 1) ?? 0;
  return last >= 0xd800 && last <= 0xdbff ? room - 1 : room;
}

/** The block of code that is open at the end of a text. */
function openFence(text: string): { readonly mark: string; readonly language: string } | null {
  let open: { readonly mark: string; readonly language: string } | null = null;
  for (const line of text.split('\n')) {
    const [, mark = '', language = ''] = FENCE.exec(line) ?? [];
    if (mark === '') continue;
    if (open === null) open = { mark, language: language.slice(0, 20) };
    else if (mark.startsWith(open.mark)) open = null;
  }
  return open;
}

/** What is shown of a text in the embeds of one message, and whether that is all. */
export interface Pages {
  readonly parts: readonly string[];
  readonly isWhole: boolean;
}

/** Fits a text into the embeds of one message. @param room what the rest of the message leaves of the characters that Discord takes. */
export function pagesOf(text: string, room = EMBED_TOTAL_MAX): Pages {
  if (text.length <= EMBED_DESCRIPTION_MAX) return { parts: [text], isWhole: text.length <= room };
  const parts = splitMarkdown(text, EMBED_DESCRIPTION_MAX);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  return total <= room ? { parts, isWhole: true } : { parts: parts.slice(0, 1), isWhole: false };
}
