/** What can be read of a message in an announcements channel. */
export interface Post {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly footer?: string | undefined;
  /** The message's own text. */
  readonly text?: string | undefined;
}

/** A line of a post without its formatting. */
export interface PlainLine {
  readonly text: string;
  readonly isTitle: boolean;
  /** The name of an embed's field that the line belongs to. */
  readonly field: string | null;
  readonly isFooter: boolean;
}

const INVISIBLE = /[\p{Cf}\p{Cc}\uFE0F\u20E3\u115F\u1160\u3164\uFFA0]/gu;
const CODE_BLOCK = /```[^`]*(?:```|$)/g;
const STRUCK = /~~[^~\n]{1,300}~~/g;
const LINK = /\[([^\]\n]{1,200})\]\(<?https?:[^)\n]{1,500}\)/g;
const INLINE_CODE = /`([^`\n]{1,200})`/g;
/** A time or date that somebody only set apart. */
const FIGURES = /^[\d\s:.,/apmuh-]{1,30}$/i;
const LINE_START = /^(?:\s|>(?!\d)|#{1,3}\s|-#\s|[-*\u2022\u25AA\u25E6\u2023\u2013]\s|\d{1,2}[.)]\s(?=\D))+/u;
const QUOTE = /^\s*>/;

/** A text without what Discord and invisible characters add to it; lines stay. Linear in its length. */
export function withoutFormatting(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(INVISIBLE, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''))
    .normalize('NFKC')
    .replace(CODE_BLOCK, '\n')
    .replace(INLINE_CODE, (_, code: string) => (FIGURES.test(code) ? code : ' \u2026 '))
    .replace(STRUCK, ' ')
    .replace(LINK, '$1')
    .replaceAll('||', ' ')
    .replaceAll(/\*+|__|(?<![\p{L}\d<:_])_(?=\S)|(?<=\S)_(?![\p{L}\d_])/gu, '');
}

/** The lines of a post in the order in which they are read. */
export function linesOf(post: Post): PlainLine[] {
  const lines: PlainLine[] = [];
  const add = (text: string | undefined, more: Partial<PlainLine> = {}): void => {
    if (text === undefined || text.trim() === '') return;
    const plain = withoutFormatting(text).split('\n');
    // Where all of it is a quote, it is one for its looks.
    const isAllQuoted = plain.every((line) => line.trim() === '' || QUOTE.test(line));
    for (const line of plain) {
      if (line.trim() === '') continue;
      if (QUOTE.test(line) && !isAllQuoted && !isStyled(line)) continue;
      lines.push({
        text: line.replace(LINE_START, '').trim(),
        isTitle: false,
        field: null,
        isFooter: false,
        ...more,
      });
    }
  };
  add(post.title, { isTitle: true });
  add(post.text);
  add(post.description);
  for (const { name, value } of post.fields ?? []) {
    const field = withoutFormatting(name).replaceAll('\n', ' ').trim();
    if (value.trim() === '') continue;
    add(value, { field });
  }
  add(post.footer, { isFooter: true });
  return lines;
}

/** A quoted line that carries a label is formatting, not what somebody else said. */
function isStyled(line: string): boolean {
  return (
    /^\s*>\s*[^\p{L}\d\s]{0,4}\s*\p{L}[\p{L} &]{1,25}:/u.test(line) ||
    /^\s*>\s*\p{Extended_Pictographic}/u.test(line)
  );
}
