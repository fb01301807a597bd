const ELLIPSIS = '…';

/**
 * `text`, or its beginning with an ellipsis when it is longer than `maxLength`; never cut inside a character.
 * @param maxLength in UTF-16 units, the ellipsis included; 0 or less gives an empty string.
 */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (maxLength < ELLIPSIS.length) return '';
  return wholeCharacters(text, maxLength - ELLIPSIS.length) + ELLIPSIS;
}

/**
 * As {@link truncate}, for text with Discord's markdown: a backslash that would lose the character it escapes goes too.
 */
export function truncateMarkdown(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (maxLength < ELLIPSIS.length) return '';
  const kept = wholeCharacters(text, maxLength - ELLIPSIS.length);
  let backslashes = 0;
  while (kept.at(-1 - backslashes) === '\\') backslashes += 1;
  return (backslashes % 2 === 1 ? kept.slice(0, -1) : kept) + ELLIPSIS;
}

function wholeCharacters(text: string, length: number): string {
  const isHighSurrogate = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
  return text.slice(0, isHighSurrogate ? length - 1 : length);
}
