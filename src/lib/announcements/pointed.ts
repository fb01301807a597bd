import { z } from 'zod';
import { linesOf, type Post } from './post.ts';
import { readAnnouncement, SURE_CONFIDENCE, type ReadingContext } from './read.ts';
import type { Announced } from './reminder.ts';

const WORDS_MAX = 120;
/** Enough to ask the author, never enough to create. */
const POINTED_CONFIDENCE = 0.6;

const words = z
  .string()
  .trim()
  .max(WORDS_MAX)
  .regex(/^[^\n]*$/)
  .nullish();
const pointing = z.strictObject({ title: words, date: words, time: words, days: words, location: words });
const nothing = z.object({ nothing: z.literal(true) });

/** What the assistant's answer came to: an announcement in the post's own words, or why it counts for nothing. */
export type Pointed =
  | { readonly kind: 'announced'; readonly reading: Announced }
  /** It says that there is none. */
  | { readonly kind: 'nothing' }
  /** It is not what it was asked for, or not what the post says. */
  | { readonly kind: 'unfounded' };

/** The post as it is given to the assistant and as its answer is looked up: without formatting, code and what others said. */
export function saidIn(part: Post): string {
  return linesOf(part)
    .map(({ text, field }) => (field === null ? text : `${field}: ${text}`))
    .join('\n');
}

/**
 * Reads what the assistant pointed at. Its answer is believed in nothing: each of its words must stand in the post, the moment is what our own
 * reader makes of them, and only where it leaves none of them over, so that "Friday or Saturday" is no day.
 */
export function readPointed(answer: string, part: Post, context: ReadingContext): Pointed {
  const json = jsonIn(answer);
  if (nothing.safeParse(json).success) return { kind: 'nothing' };
  const { data } = pointing.safeParse(json);
  if (data === undefined) return { kind: 'unfounded' };
  const said = plain(saidIn(part));
  const [title, date, time, days, location] = [
    data.title,
    data.date,
    data.time,
    data.days,
    data.location,
  ].map((value) => value ?? '') as [string, string, string, string, string];
  const isSaid = [title, date, time, days, location].every(
    (value) => value === '' || stands(plain(value), said),
  );
  if (!isSaid) return { kind: 'unfounded' };
  const fields = [
    { name: 'Date', value: date },
    { name: 'Days', value: days },
    { name: 'Time', value: time },
    { name: 'Location', value: location },
  ];
  const reading = readAnnouncement({ fields: fields.filter(({ value }) => value !== '') }, context);
  if (reading.kind === 'none' || reading.confidence < SURE_CONFIDENCE) return { kind: 'unfounded' };
  const read = new Set(reading.evidence.map((evidence) => plain(evidence)));
  const isAllRead = [date, days, time].every((value) => value === '' || read.has(plain(value)));
  if (!isAllRead) return { kind: 'unfounded' };
  return {
    kind: 'announced',
    reading: {
      ...reading,
      title: title === '' ? (linesOf(part)[0]?.text ?? null) : title,
      confidence: POINTED_CONFIDENCE,
    },
  };
}

/** The JSON object in an answer, which may stand between code fences; undefined where there is none. */
function jsonIn(answer: string): unknown {
  try {
    return JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** Whether `value` stands in `said` as words of its own: "2 Dec" does not in "12 December". */
function stands(value: string, said: string): boolean {
  const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
  for (let at = said.indexOf(value); at !== -1; at = said.indexOf(value, at + 1)) {
    const isWhole = !isWord(said.charAt(at - 1)) && !isWord(said.charAt(at + value.length));
    if (isWhole) return true;
  }
  return false;
}
