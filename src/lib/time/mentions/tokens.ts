/** A piece of text that means something by itself. */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark' | 'stamp' | 'channel' | 'gap';
  /** Words without case and accents; what stands there otherwise. */
  readonly text: string;
  /** As it was written. */
  readonly raw: string;
  /** Of a number its value, of a Discord timestamp its seconds since 1970. */
  readonly value: number;
  /** Whether nothing separates it from the token before. */
  readonly isGlued: boolean;
  /** Whether a sentence or a line begins with it. */
  readonly isFirst: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Each alternative looks at a bounded number of characters or eats a run of one class, so the whole is linear. What carries
 * figures that are no times is swallowed whole: addresses, e-mails, mentions, version numbers, IP addresses.
 */
const TOKEN =
  /<t:(-?\d{1,12})(?::[a-zA-Z])?>|(<#\d{15,21}>)|(<@[!&]?\d{15,21}>|<a?:\w{1,40}:\d{15,21}>|:[a-z][\w+-]{1,40}:|\b(?:https?:\/\/|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|\?{3,})|(\d+)|(\p{L}+(?:['&\u2018\u2019]\p{L}+)*)|(\n)|([^\s])/gu;

/** Marks that are written in several ways. */
const PLAIN_MARKS: ReadonlyMap<string, string> = new Map([
  ...['\u2018', '\u2019', '\u02BC', '\u00B4', '`'].map((mark) => [mark, "'"] as const),
  ...['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212'].map(
    (mark) => [mark, '-'] as const,
  ),
]);

const SENTENCE_END = new Set(['!', '?']);
/** Words whose dot ends no sentence. */
const ABBREVIATIONS = new Set(
  'a.m p.m as st nd rd th nr no ca bv vb o dr mr ms mevr dhr jan feb mrt mar apr jun jul aug sep sept okt oct nov dec ma di wo do vr za zo mon tue tues wed thu thur thurs fri sat sun min max incl excl aug vs approx resp'.split(
    ' ',
  ),
);

/** A word without case and accents. */
export function fold(word: string): string {
  return /^[a-z]+$/.test(word)
    ? word
    : word
        .normalize('NFKD')
        .replace(/\p{Mn}/gu, '')
        .replaceAll(/[\u2018\u2019]/g, "'")
        .toLowerCase();
}

/** Cuts a text, as `plainText` of a post gives it, into tokens. Linear in its length. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let isFirst = true;
  let end = 0;
  let depth: Token | undefined;
  for (const match of text.matchAll(TOKEN)) {
    const [raw, stamp, channel, gap, number, word, newline] = match;
    const start = match.index;
    if (newline !== undefined) {
      isFirst = true;
      end = start + 1;
      continue;
    }
    const isGlued = tokens.length > 0 && start === end;
    end = start + raw.length;
    const kind =
      stamp !== undefined
        ? 'stamp'
        : channel !== undefined
          ? 'channel'
          : gap !== undefined
            ? 'gap'
            : number !== undefined
              ? 'number'
              : word !== undefined
                ? 'word'
                : 'mark';
    const token: Token = {
      kind,
      text: kind === 'word' ? fold(raw) : (PLAIN_MARKS.get(raw) ?? raw),
      raw,
      value:
        stamp !== undefined
          ? Number(stamp)
          : number !== undefined && number.length <= 9
            ? Number(number)
            : NaN,
      isGlued,
      isFirst: isFirst || isTurn(text, raw, start, depth),
      start,
      end,
    };
    tokens.push(token);
    isFirst =
      SENTENCE_END.has(raw) ||
      (isPicture(raw) && /^\s*\p{Lu}/u.test(text.slice(end, end + 6))) ||
      (raw === '.' && endsSentence(text, token, depth));
    depth = token;
  }
  return tokens;
}

/** "…, but Thursday's goes ahead": what follows says something else. */
function isTurn(text: string, raw: string, start: number, before: Token | undefined): boolean {
  if (before?.text !== ',') return false;
  return /^(?:but|maar|wel)$/i.test(raw) || (/^die$/i.test(raw) && text.startsWith(' van ', start + 3));
}

/** An emoji ends a sentence where another begins behind it. */
function isPicture(raw: string): boolean {
  return /^\p{Extended_Pictographic}$/u.test(raw);
}

/** A dot ends a sentence when a space follows and what stands before it is no abbreviation or ordinal. */
function endsSentence(text: string, dot: Token, before: Token | undefined): boolean {
  if (!/\s/.test(text[dot.end] ?? ' ')) return false;
  if (before === undefined || !dot.isGlued || before.kind !== 'word') return true;
  if (before.text === 'u' || before.text === 'h')
    return /^\s*(?:\p{Lu}|$)/u.test(text.slice(dot.end, dot.end + 8));
  return !(ABBREVIATIONS.has(before.text) || before.raw.length === 1);
}

/** What stands at a position, as `text` has it; nothing beyond either end. */
export function textAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? '';
}

/** Whether one of some words or marks stands at a position. */
export function isOneOf(tokens: readonly Token[], at: number, words: ReadonlySet<string>): boolean {
  const token = tokens[at];
  return token !== undefined && words.has(token.text);
}

/** Whether one of some words or marks stands at a position, with nothing between it and the token before. */
export function isGluedOneOf(tokens: readonly Token[], at: number, words: ReadonlySet<string>): boolean {
  return tokens[at]?.isGlued === true && isOneOf(tokens, at, words);
}

/** Whether digits follow without a space. */
export function isGluedNumber(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'number' && token.isGlued;
}
