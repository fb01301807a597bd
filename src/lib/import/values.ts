import { DateTime } from 'luxon';
import { plainText, truncate } from '#lib/text/sanitize';

/** What a value of the old database may hold; see {@link OldRow}. */
type Old = string | null | undefined;

const SNOWFLAKE = /^[1-9]\d{14,18}$/;
const SERIAL = /^[1-9]\d{0,17}$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d/;
const LARGEST_BIGINT = 9_223_372_036_854_775_807n;
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
/** A value may be in quotes of its own, those again, and so on, for each time that it was read wrong and stored again. */
const QUOTES_MAX = 5;

/** An id of Discord; null where there is none. The old bot wrote 0 for that. */
export function idOf(text: Old): string | null {
  return typeof text === 'string' && SNOWFLAKE.test(text) && BigInt(text) <= LARGEST_BIGINT ? text : null;
}

/** Somebody who is known no more is `0`, as after an erasure. */
export function personOf(text: Old): string {
  return idOf(text) ?? '0';
}

/** The number of a row. */
export function serialOf(text: Old): string | null {
  return typeof text === 'string' && SERIAL.test(text) ? text : null;
}

/** An instant. Where the column has no time zone, it is UTC. */
export function instantOrNull(text: Old): Date | null {
  if (typeof text !== 'string') return null;
  const instant = DateTime.fromSQL(text, { zone: 'utc' });
  return instant.isValid ? instant.toJSDate() : null;
}

/** A time of day as `HH:MM`. */
export function timeOrNull(text: Old): string | null {
  return typeof text === 'string' && TIME.test(text) ? text.slice(0, 5) : null;
}

/** A yes or no; null where it says neither. */
export function booleanOrNull(text: Old): boolean | null {
  const word = text?.trim().toLowerCase();
  if (word === 'true' || word === 't' || word === '1') return true;
  return word === 'false' || word === 'f' || word === '0' ? false : null;
}

/** JSON; undefined where it is none. Also such as was stored as the text of JSON, which the old bot did. */
export function jsonOf(text: Old): unknown {
  let value: unknown = text ?? undefined;
  for (let depth = 0; depth < QUOTES_MAX && typeof value === 'string'; depth += 1) {
    try {
      value = JSON.parse(value);
    } catch {
      return depth === 0 ? undefined : value;
    }
  }
  return value;
}

/** A text list, from an array or from JSON. */
export function textsOf(text: Old): string[] {
  const value = jsonOf(text);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The value of a setting as one word, and whether it stood in more quotes than its own. `null` for JSON's null. */
export function settingWord(text: Old): { readonly word: string; readonly wasQuoted: boolean } | null {
  if (text === null || text === undefined) return null;
  let word = text.trim();
  let quotes = 0;
  // Never as a number: an id has more digits than JavaScript's.
  while (quotes < QUOTES_MAX && word.length > 1 && word.startsWith('"') && word.endsWith('"')) {
    try {
      word = String(JSON.parse(word));
    } catch {
      break;
    }
    quotes += 1;
  }
  return word === 'null' || word === '' ? null : { word, wasQuoted: quotes > 1 };
}

/** A text that fits, and whether it had to be cut. */
export function fitted(text: string, maximum: number): { readonly text: string; readonly isCut: boolean } {
  const plain = plainText(text).trim();
  return { text: truncate(plain, maximum), isCut: plain.length > maximum };
}

/** When a message, or anything else that Discord numbers, was made. */
export function madeAt(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS));
}
