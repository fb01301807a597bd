/**
 * What Discord links by itself, in angle brackets or bare. Markdown in it is not read, and a backslash would become part of
 * the address.
 */
const URL =
  /<https?:\/\/[^\s<>\\*_~|`[\]][^\s<>]*>|https?:\/\/[^\s<>\\*_~|`[\]](?:(?!https?:\/\/)[^\s<>])*/gi;
/** Makes a bare URL doubtful: Discord could read it, or it belongs to the sentence, as in **https://example.com**. */
const FORMATTING_IN_URL = /[\\*~|`[\]]|_$/;
/** Formatting that is read anywhere in a line. A `<` begins Discord's own tokens: mentions, emoji, timestamps. */
const FORMATTING = /[\\*_~|`[\]<]/g;
/** Heading, quote, list, subtext, numbered list: read at the beginning of a line only, past what cannot be seen. */
const BLOCK_START = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]*(?:(?=#{1,6}\s|>|[-+]\s|-#)|\d+(?=\.\s))/u;
const LINE = /[^\n\r\u2028\u2029\v\f\u0085]+/g;

/**
 * `text` so that Discord shows it letter for letter: what it would read as formatting gets a backslash, and nothing else does.
 * Links stay links; one with formatting characters in or behind it is put in angle brackets, which Discord does not show.
 *
 * A backslash does not keep a mention from pinging: stripMentions does.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(LINE, escapeLine);
}

function escapeLine(line: string): string {
  const blockStart = BLOCK_START.exec(line)?.[0];
  if (blockStart === undefined) return escapeInLine(line);
  return `${blockStart}\\${escapeInLine(line.slice(blockStart.length))}`;
}

function escapeInLine(text: string): string {
  let escaped = '';
  let end = 0;
  for (const { 0: matched, index } of text.matchAll(URL)) {
    escaped += withBackslashes(text.slice(end, index));
    end = index + matched.length;
    // A bare URL goes on to the next white space or `<`, and would swallow the backslashes up to there.
    const isDoubtful = FORMATTING_IN_URL.test(matched) || /[<>]/.test(text.charAt(end));
    if (matched.startsWith('<') || !isDoubtful) {
      escaped += matched;
    } else {
      const url = withoutFormattingAtEnd(matched);
      escaped += `<${url}>${withBackslashes(matched.slice(url.length))}`;
    }
  }
  return escaped + withBackslashes(text.slice(end));
}

function withoutFormattingAtEnd(url: string): string {
  let length = url.length;
  while (/[\\*_~|`[\]]/.test(url.charAt(length - 1))) length -= 1;
  return url.slice(0, length);
}

function withBackslashes(text: string): string {
  return text.replace(FORMATTING, '\\$&');
}
