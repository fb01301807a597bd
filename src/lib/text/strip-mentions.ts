/** Not drawn, so that a word with some in it looks like the word without. */
const INVISIBLE = /^(?:[\p{Default_Ignorable_Code_Point}\p{Cf}]|[^\P{Cc}\t\n\v\f\r\u0085])+$/u;
const DIGITS = /^\d+$/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** One character of the output: as written, and as Discord and a reader may take it (fullwidth and stylised forms folded). */
interface Glyph {
  written: string;
  folded: string;
  invisible: boolean;
}

/**
 * `text` without anything that pings or looks as if it did: `<@1>`, `<@!1>`, `<@&1>` and `<#1>` go, `@everyone` and `@here` lose their `@`
 * (inside an address, `john@here.com`, it becomes `(at)`). It sees through invisible characters, fullwidth and stylised letters,
 * and nesting, and nothing that remains forms a new mention. All else stays as it was, line breaks included; commands `</x:1>` and
 * guide links `<id:guide>` notify nobody and stay. Works in time proportional to the length.
 */
export function stripMentions(text: string): string {
  const output: Glyph[] = [];
  const known = new Map<string, readonly Glyph[]>();
  let afterRemoval = false;
  for (const written of text) {
    // Of the two spaces around a removed mention, one is enough.
    if (afterRemoval && written === ' ' && /^\s?$/.test(output.at(-1)?.written ?? '')) {
      afterRemoval = false;
      continue;
    }
    afterRemoval = false;
    const glyphs = known.get(written) ?? glyphsOf(written);
    known.set(written, glyphs);
    for (const glyph of glyphs) {
      output.push(glyph);
      // Only the character just added can complete a mention, so looking back from each one leaves none anywhere.
      if (glyph.folded === '>') afterRemoval = removeToken(output);
      else if (glyph.folded === 'e') removeAtSign(output);
    }
  }
  return output.map((glyph) => glyph.written).join('');
}

/** A character that folds to several (㋎ to `ev`) becomes several glyphs, of which the first carries what was written. */
function glyphsOf(written: string): Glyph[] {
  const folded = written.normalize('NFKC').toLowerCase();
  const invisible = INVISIBLE.test(folded);
  return Array.from(folded, (part, index) => ({
    written: index === 0 ? written : '',
    folded: part,
    invisible,
  }));
}

/** Takes `<@…digits…>` off the end of `output`, when it ends so. */
function removeToken(output: Glyph[]): boolean {
  let start = previousVisible(output, output.length - 1);
  const lastDigit = start;
  while (DIGITS.test(output[start]?.folded ?? '')) start = previousVisible(output, start);
  if (start === lastDigit) return false;

  const sigil = output[start]?.folded;
  if (sigil === '!' || sigil === '&') start = previousVisible(output, start);
  const isMention = output[start]?.folded === '@' || (sigil === '#' && output[start]?.folded === '#');
  if (!isMention) return false;
  start = previousVisible(output, start);
  if (output[start]?.folded !== '<') return false;
  output.length = start;
  return true;
}

/** Takes the `@` away when `output` ends with `@everyone` or `@here`; what stands before it cannot form another one with the word. */
function removeAtSign(output: Glyph[]): void {
  const wordStart = startOfWord(output, 'everyone') ?? startOfWord(output, 'here');
  if (wordStart === null) return;
  let start = wordStart;
  for (;;) {
    const before = previousVisible(output, start);
    if (output[before]?.folded !== '@') break;
    start = before;
  }
  if (start === wordStart) return;
  const beforeAt = output[previousVisible(output, start)]?.folded ?? '';
  const replacement: Glyph[] = LETTER_OR_DIGIT.test(beforeAt)
    ? Array.from('(at)', (written) => ({ written, folded: written, invisible: false }))
    : [];
  output.splice(start, wordStart - start, ...replacement);
}

/** Where the visible characters at the end of `output` begin to spell `word`; null when they do not. */
function startOfWord(output: readonly Glyph[], word: string): number | null {
  let at = output.length;
  for (let letter = word.length - 1; letter >= 0; letter -= 1) {
    at = previousVisible(output, at);
    if (output[at]?.folded !== word[letter]) return null;
  }
  return at;
}

function previousVisible(output: readonly Glyph[], index: number): number {
  let previous = index - 1;
  while (output[previous]?.invisible === true) previous -= 1;
  return previous;
}
