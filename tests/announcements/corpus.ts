import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DateTime } from 'luxon';
import { readAnnouncement, SURE_CONFIDENCE, type Reading } from '#lib/announcements/read';
import type { Post } from '#lib/announcements/post';

const FOLDER = import.meta.dirname;
const ZONE = 'Europe/Brussels';

/** What the reader was made with. */
export const TUNED = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `posts-${name}.jsonl`);
/** What it was never shown while it was made. */
export const HELD_OUT = ['posts-h.jsonl'];

interface Expected {
  readonly kind: 'one_off' | 'recurring' | 'none';
  readonly event_time: string | null;
  readonly days: readonly number[] | null;
  readonly time: string | null;
  readonly rrule: string | null;
  readonly location: string | null;
}

/** A post with the answer of a careful reader. */
export interface CorpusPost extends Post {
  readonly id: string;
  readonly now: string;
  readonly zone?: string;
  readonly expect: Expected;
}

export function readCorpus(files: readonly string[]): CorpusPost[] {
  return files.flatMap((file) =>
    readFileSync(path.join(FOLDER, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CorpusPost),
  );
}

export function read(post: CorpusPost): Reading {
  return readAnnouncement(post, { now: DateTime.fromISO(post.now).toJSDate(), zone: post.zone ?? ZONE });
}

export interface Score {
  /** Of what was created, the share that is right in every part. */
  readonly precision: number;
  /** Of what should be created, the share that was, right in every part. */
  readonly recall: number;
  readonly created: number;
  readonly misses: readonly string[];
}

/** @param isSureOnly counts only what is created without a question. */
export function scoreOf(posts: readonly CorpusPost[], isSureOnly = false): Score {
  let [created, right, wanted] = [0, 0, 0];
  const misses: string[] = [];
  for (const post of posts) {
    const reading = read(post);
    const isCreated = reading.kind !== 'none' && (!isSureOnly || reading.confidence >= SURE_CONFIDENCE);
    const isWanted = post.expect.kind !== 'none';
    const isRight = isSame(reading, post.expect);
    if (isCreated) created += 1;
    if (isWanted) wanted += 1;
    if (isCreated && isWanted && isRight) right += 1;
    if (!isRight)
      misses.push(`${post.id}: ${JSON.stringify(post.expect)} read as ${JSON.stringify(reading)}`);
  }
  return { precision: right / created, recall: right / wanted, created, misses };
}

function isSame(reading: Reading, expected: Expected): boolean {
  if (reading.kind === 'none') return expected.kind === 'none';
  const isRecurring = reading.kind === 'recurring';
  return (
    expected.kind === (isRecurring ? 'recurring' : 'one_off') &&
    expected.event_time !== null &&
    reading.eventAt.getTime() === Date.parse(expected.event_time) &&
    reading.time === expected.time &&
    (reading.location ?? '').toLowerCase() === (expected.location ?? '').toLowerCase() &&
    JSON.stringify(isRecurring ? reading.days : null) === JSON.stringify(expected.days) &&
    (isRecurring ? reading.rrule : null) === expected.rrule
  );
}
