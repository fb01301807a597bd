import { fold } from './folded.ts';

export interface UrlFilterOptions {
  /** Hosts whose links stay, in lower case; those below them as well. */
  readonly allowedHosts?: readonly string[];
}

/** Ends of addresses that people open; `node.js/express` and `and/or` are none. */
const ENDS =
  'com|net|org|info|biz|io|gg|me|co|tv|cc|to|ly|gl|app|dev|xyz|top|site|online|shop|store|club|link|live|click|icu|gift|ru|cn|tk|su|be|nl|eu|de|fr|uk|us|it|es|in';
const LABELS = String.raw`(?:[\p{L}\p{N}-]{1,63}\.){1,6}`;
const REST = String.raw`[^\s<>]*`;
/** Over a folded text. Behind a letter or a `@` an address without a scheme is part of something else. */
const LINK = new RegExp(
  [
    // A longer scheme has these as its end.
    String.raw`[a-z0-9+.-]{1,20}:[\/\\]{2}[^\s<>]${REST}`,
    String.raw`(?<![:\/\\\p{L}\p{N}])[\/\\]{2}${LABELS}[\p{L}\p{N}]${REST}`,
    String.raw`(?<![\p{L}\p{N}@.])www\.[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}]${REST}`,
    String.raw`(?<![\p{L}\p{N}@.\/-])${LABELS}(?:${ENDS})(?::\d{1,5})?\/${REST}`,
  ].join('|'),
  'giu',
);
const IDEOGRAPHIC_STOPS = /[。｡]/g;
/** Belongs to the sentence rather than to the address. */
const SENTENCE_MARKS = `.,!?;:'"”’…*_~|]}`;
/** Could be half of a link or a mention. */
const JOINS = /[^\s()[\]]/;

/**
 * `text` without links: `https://…` and other schemes, `//host…`, `www.…`, and bare addresses with a path, such as `discord.gg/abc`; of
 * `[words](https://…)` the words stay. What remains forms no new link and no mention. All else stays as it was, line breaks, e-mail addresses, `node.js`,
 * `v1.2.3` and a bare `example.com` (which Discord links nowhere) included. Works in time proportional to the length.
 *
 * For what an AI answered: an address that it made up may be anybody's.
 */
export function urlFilter(text: string, { allowedHosts = [] }: UrlFilterOptions = {}): string {
  const folded = fold(text);
  let filtered = '';
  let end = 0;
  for (const { 0: matched, index } of folded.text.replaceAll(IDEOGRAPHIC_STOPS, '.').matchAll(LINK)) {
    const length = lengthOfLink(matched);
    let from = folded.starts[index] ?? 0;
    let to = folded.ends[index + length - 1] ?? text.length;
    if (from < end || isAllowed(text.slice(from, to), allowedHosts)) continue;
    if (text.charAt(from - 1) === '<' && text.charAt(to) === '>') {
      from -= 1;
      to += 1;
    }
    if (text.slice(Math.max(end, from - 2), from) === '](' && text.charAt(to) === ')') {
      from -= 1;
      to += 1;
    }
    filtered += text.slice(end, from);
    const before = filtered.charAt(filtered.length - 1);
    const behind = text.charAt(to);
    // Of the two spaces around it one is enough; two halves of something must not meet.
    if (behind === ' ' && /^\s?$/.test(before)) to += 1;
    else if (JOINS.test(before) && JOINS.test(behind)) filtered += ' ';
    end = to;
  }
  return filtered + text.slice(end);
}

function lengthOfLink(matched: string): number {
  let { length } = matched;
  const opens = matched.includes('(');
  for (; length > 1; length -= 1) {
    const last = matched.charAt(length - 1);
    if (!SENTENCE_MARKS.includes(last) && (opens || last !== ')')) break;
  }
  return length;
}

function isAllowed(link: string, allowedHosts: readonly string[]): boolean {
  if (allowedHosts.length === 0) return false;
  const hostname = hostOf(link);
  return hostname !== null && allowedHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** By what a browser makes of it as it was written: look-alikes, `good.com@evil.com` and backslashes are what they are there. */
function hostOf(link: string): string | null {
  const address = /^[\\/]/.test(link) ? `https:${link}` : link;
  const url = URL.parse(/^[^./]{1,20}:/.test(address) ? address : `https://${address}`);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return url.username === '' && url.password === '' ? url.hostname : null;
}

/** The hosts that a text has links to, each once. */
export function linkedHosts(text: string): string[] {
  const hosts = new Set<string>();
  for (const [matched] of text.matchAll(LINK)) {
    const host = hostOf(matched.slice(0, lengthOfLink(matched)));
    if (host !== null) hosts.add(host);
  }
  return [...hosts];
}
