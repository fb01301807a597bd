import type { Folded } from './folded.ts';

/** Discord does not draw these, and an apostrophe is often left out. */
const NOT_READ = "*~|`'’‘";
const LETTER = /[\p{L}\p{N}]/u;
const ASCII_LETTER = /[A-Za-z0-9]/;
const LAST_ASCII = '\u007F';
const LOWER_CASE = /^[a-z]+$/;
const SINGLE_LETTER = /^\p{L}$/u;
const HAS_LETTER = /\p{L}/u;
/** Written for letters, as in `1gn0re`. */
const AS_LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '@': 'a',
};
const SENTENCE_END = /[.!?…;](?:\s|$)|\n\s*\n/;
/** From so many single letters in a row on they are taken for words that were spaced out. */
const SPACED_MIN = 4;

interface Word {
  readonly letters: string;
  /** Where each letter stands in the folded text. */
  readonly at: readonly number[];
  /** What stands between it and the next word. */
  readonly gap: string;
  /** Spaced out, so that it may be several. */
  readonly isRunTogether: boolean;
}

/** The words of a text in a form in which phrases are found. */
export interface Words {
  /** In lower case but for `DAN`; behind each a space, `.` where a sentence ends, or `:`. */
  readonly text: string;
  /** For each UTF-16 unit of `text` the one of the folded text that it comes from. */
  readonly positions: readonly number[];
  /** Where in `text` several words may stand as one. */
  readonly runTogether: readonly { readonly from: number; readonly to: number }[];
}

/**
 * The words of a text without the punctuation; sees through formatting, digits that stand for letters and letters that are spaced out.
 * Linear in its length.
 */
export function wordsOf(folded: Folded): Words {
  const parts: string[] = [];
  const positions: number[] = [];
  const runTogether: { from: number; to: number }[] = [];
  for (const { letters, at, gap, isRunTogether } of joined(split(folded.text))) {
    if (isRunTogether) runTogether.push({ from: positions.length, to: positions.length + letters.length });
    parts.push(read(letters), separatorOf(gap));
    for (const position of at) positions.push(position);
    positions.push(at.at(-1) ?? 0);
  }
  return { text: parts.join(''), positions, runTogether };
}

function isLetter(character: string): boolean {
  return character > LAST_ASCII ? LETTER.test(character) : ASCII_LETTER.test(character);
}

function split(text: string): Word[] {
  const words: Word[] = [];
  let letters = '';
  let at: number[] = [];
  let gapFrom = -1;
  const end = (next: number): void => {
    if (letters !== '') words.push({ letters, at, gap: text.slice(gapFrom, next), isRunTogether: false });
    letters = '';
    at = [];
    gapFrom = -1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const isInWord = letters !== '' && gapFrom === -1;
    if (isLetter(character) || (isInWord && (character === '$' || character === '@'))) {
      if (gapFrom !== -1) end(index);
      letters += character;
      at.push(index);
    } else if (isInWord && !NOT_READ.includes(character)) {
      gapFrom = index;
    }
  }
  if (gapFrom === -1) gapFrom = text.length;
  end(text.length);
  return words;
}

/** Puts together what was spaced out; where two gaps differ a word ends. */
function joined(words: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (let from = 0; from < words.length;) {
    let to = from;
    while (SINGLE_LETTER.test(words[to]?.letters ?? '')) to += 1;
    if (to - from < SPACED_MIN) {
      to = Math.max(to, from + 1);
      result.push(...words.slice(from, to));
    } else {
      result.push(...joinedRun(words.slice(from, to)));
    }
    from = to;
  }
  return result;
}

function joinedRun(run: readonly Word[]): Word[] {
  const groups: Word[][] = [];
  let group: Word[] = [];
  for (const word of run) {
    group.push(word);
    if (word.gap === group[0]?.gap) continue;
    groups.push(group);
    group = [];
  }
  if (group.length > 0) groups.push(group);
  return groups.map((letters) => ({
    letters: letters.map((word) => word.letters).join(''),
    at: letters.flatMap(({ at }) => at),
    gap: letters.at(-1)?.gap ?? '',
    isRunTogether: true,
  }));
}

function read(letters: string): string {
  if (letters === 'DAN' || LOWER_CASE.test(letters)) return letters;
  const plain = HAS_LETTER.test(letters)
    ? letters.replaceAll(/[013457$@]/g, (figure) => AS_LETTERS[figure] ?? figure)
    : letters;
  const lower = plain.toLowerCase();
  if (lower.length === plain.length) return lower;
  // Some letters become two.
  return plain.replaceAll(/./g, (letter) =>
    letter.toLowerCase().length === 1 ? letter.toLowerCase() : letter,
  );
}

function separatorOf(gap: string): string {
  if (gap === ' ') return ' ';
  if (/^\s{0,3}:/.test(gap)) return ':';
  return SENTENCE_END.test(gap) ? '.' : ' ';
}
