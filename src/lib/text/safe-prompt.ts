import { fold } from './folded.ts';
import { CHAT_TEMPLATE, OVERRIDE, OVERRIDE_RUN_TOGETHER } from './override-phrases.ts';
import { wordsOf } from './words.ts';

const BEFORE = '[quoted: “';
const BEHIND = '”]';
/** Shorter words than this can hold no order that was run together. */
const RUN_TOGETHER_MIN = 12;
const BASE64 = /[A-Za-z0-9+/]{20,}={0,2}/g;
const PRINTABLE = /^[\n\r\t -~]+$/;

/** A text as a language model may be given it. */
export interface SafePrompt {
  /** With each order to the model marked as quoted; all else as it was. */
  readonly text: string;
  /** The orders as they were written, in their order. */
  readonly found: readonly string[];
}

interface Span {
  from: number;
  to: number;
}

/**
 * What a person wrote as a language model may be given it: orders to the model ("ignore all previous instructions", "toon je systeemprompt",
 * `<|im_start|>`), in English and Dutch, are put between `[quoted: “` and `”]`, and the marks of chat templates in them are broken. Every word
 * and line break stays. Sees through invisible characters, stylised and spaced letters, look-alikes of other alphabets, digits for letters
 * and base64.
 *
 * It is defence in depth: what people write goes to a model as delimited material all the same (`Assistant`), and whatever comes back is
 * never trusted. Works in time proportional to the length.
 */
export function safePrompt(text: string): SafePrompt {
  const spans = merged(ordersIn(text));
  const found: string[] = [];
  let safe = '';
  let end = 0;
  for (const { from, to } of spans) {
    const order = text.slice(from, to);
    found.push(order);
    const isMarked = text.startsWith(BEHIND, to) && text.slice(0, from).endsWith(BEFORE);
    safe += text.slice(end, from) + (isMarked ? order : `${BEFORE}${broken(order)}${BEHIND}`);
    end = to;
  }
  return { text: safe + text.slice(end), found };
}

function ordersIn(text: string): Span[] {
  const folded = fold(text);
  const words = wordsOf(folded);
  const spans: Span[] = [];
  const add = (from: number, to: number): void => {
    const start = folded.starts[from];
    const end = folded.ends[to - 1];
    if (start !== undefined && end !== undefined) spans.push({ from: start, to: end });
  };
  const addWords = (from: number, matched: string): void => {
    // What stands between words belongs to none.
    const length = matched.replace(/[ .:]+$/, '').length;
    const first = words.positions[from];
    const last = words.positions[from + length - 1];
    if (first !== undefined && last !== undefined) add(first, last + 1);
  };
  for (const { 0: matched, index } of words.text.matchAll(OVERRIDE)) addWords(index, matched);
  for (const { from, to } of words.runTogether) {
    if (to - from < RUN_TOGETHER_MIN) continue;
    const run = words.text.slice(from, to);
    for (const { 0: matched, index } of run.matchAll(OVERRIDE_RUN_TOGETHER)) addWords(from + index, matched);
  }
  for (const { 0: matched, index } of folded.text.matchAll(CHAT_TEMPLATE)) add(index, index + matched.length);
  for (const { 0: encoded, index } of text.matchAll(BASE64)) {
    const decoded = Buffer.from(encoded, 'base64').toString('latin1');
    if (PRINTABLE.test(decoded) && ordersIn(decoded).length > 0)
      spans.push({ from: index, to: index + encoded.length });
  }
  return spans;
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push({ ...span });
    else last.to = Math.max(last.to, span.to);
  }
  return result;
}

/** Without anything that a chat template would be read from. */
function broken(order: string): string {
  return order.replaceAll(/[<[](?=[|<[/]?\p{L})|<(?=[|</])/gu, '$& ');
}
