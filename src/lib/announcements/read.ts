import type { Weekday } from '#lib/time/calendar';
import { instantOf, wallClockOf } from '#lib/time/wall-clock';
import type { Candidate, OneOffCandidate, RecurringCandidate } from './candidate.ts';
import { likeliest } from './candidates.ts';
import { labelled } from './labels.ts';
import { locationOf } from './location.ts';
import { linesOf, type Post } from './post.ts';
import { sentencesOf } from './sentences.ts';

/** Why a post announces nothing. */
export type Silence =
  | 'empty'
  | 'no-moment'
  | 'no-time'
  | 'past'
  | 'disagree'
  | 'impossible'
  | 'cancelled'
  | 'question'
  | 'hours'
  | 'report'
  | 'unsure';

/** Of a post that a person would not be sure of either. What is over, cancelled, a question or without any moment stays so. */
const UNSURE: ReadonlySet<Silence> = new Set(['no-time', 'unsure', 'report']);

/** Whether another reader may see in a post what this one does not. */
export function isUnsure(reason: Silence): boolean {
  return UNSURE.has(reason);
}

/** What a post announces, and which of its words say so. */
export type Reading =
  | {
      readonly kind: 'one-off';
      readonly eventAt: Date;
      /** `HH:MM` in the server's zone. */
      readonly time: string;
      readonly location: string | null;
      readonly title: string | null;
      /** 0 to 1. */
      readonly confidence: number;
      readonly evidence: readonly string[];
    }
  | {
      readonly kind: 'recurring';
      /** The first one. */
      readonly eventAt: Date;
      /** Its date in the server's zone, `YYYY-MM-DD`. */
      readonly firstDate: string;
      readonly time: string;
      /** 0 Monday to 6 Sunday; null where the rule names none. */
      readonly days: readonly Weekday[] | null;
      /** RFC 5545, without a start. */
      readonly rrule: string;
      readonly from: string | null;
      readonly until: string | null;
      readonly location: string | null;
      readonly title: string | null;
      readonly confidence: number;
      readonly evidence: readonly string[];
    }
  | {
      readonly kind: 'none';
      readonly reason: Silence;
      readonly confidence: number;
      readonly evidence: readonly string[];
    };

export interface ReadingContext {
  /** When it was posted. */
  readonly now: Date;
  /** IANA name of the server's zone. */
  readonly zone: string;
}

/** What Discord lets an embed hold in all, in characters. Each part of a post that is longer is read up to here, and no further. */
const TEXT_MAX = 6000;
/** What Discord lets an embed have of fields, and each of them and a footer hold; there is never more to read. */
const FIELDS_MAX = 25;
const FIELD_NAME_MAX = 300;
const FIELD_VALUE_MAX = 2000;
const FOOTER_MAX = 2048;
/** Below this nothing is created, and nobody is asked. */
export const LEAST_CONFIDENCE = 0.5;
/** From here on a reminder is created without a question. */
export const SURE_CONFIDENCE = 0.8;

/**
 * Reads what a post announces, in English or Dutch. The same post at the same moment always gives the same answer. The work is linear in
 * the post's length: of each part 6,000 characters are read, and in all of it sixty moments.
 * @throws RangeError when the zone does not exist.
 */
export function readAnnouncement(post: Post, context: ReadingContext): Reading {
  const lines = labelled(linesOf(shorten(post)));
  if (lines.length === 0) return silence('empty');
  const sentences = sentencesOf(lines);
  const outcome = likeliest(sentences, context);
  if (outcome.best === null) return silence(outcome.reason, outcome.evidence);
  const { best } = outcome;
  if (best.confidence < LEAST_CONFIDENCE)
    return { ...silence(best.doubt ?? 'unsure', best.evidence), confidence: best.confidence };
  const location = locationOf(best, sentences);
  const title = titleOf(post, lines);
  return best.kind === 'one-off'
    ? oneOff(best, location, title, context)
    : recurring(best, location, title, context);
}

function silence(reason: Silence, evidence: readonly string[] = []): Extract<Reading, { kind: 'none' }> {
  return { kind: 'none', reason, confidence: 0, evidence };
}

function evidenceOf(candidate: Candidate, location: string | null): string[] {
  return location === null ? [...candidate.evidence] : [...candidate.evidence, location];
}

function oneOff(
  best: OneOffCandidate,
  location: string | null,
  title: string | null,
  { zone }: ReadingContext,
): Reading {
  return {
    kind: 'one-off',
    eventAt: best.instant,
    time: wallClockOf(best.instant, zone).time,
    location,
    title,
    confidence: best.confidence,
    evidence: evidenceOf(best, location),
  };
}

function recurring(
  best: RecurringCandidate,
  location: string | null,
  title: string | null,
  { zone }: ReadingContext,
): Reading {
  const { date } = wallClockOf(best.instant, zone);
  return {
    kind: 'recurring',
    eventAt: instantOf({ date, time: best.time }, zone).instant,
    firstDate: date,
    time: best.time,
    days: best.days,
    rrule: best.rrule,
    from: best.from,
    until: best.until,
    location,
    title,
    confidence: best.confidence,
    evidence: evidenceOf(best, location),
  };
}

function titleOf(
  post: Post,
  lines: readonly { readonly text: string; readonly isTitle: boolean }[],
): string | null {
  const title = lines.find(({ isTitle }) => isTitle) ?? lines[0];
  const text = title?.text.trim() ?? '';
  return text === '' ? (post.title ?? null) : text;
}

function shorten(post: Post): Post {
  const cut = (text: string | undefined): string | undefined => text?.slice(0, TEXT_MAX);
  return {
    title: cut(post.title),
    description: cut(post.description),
    fields: post.fields?.slice(0, FIELDS_MAX).map(({ name, value }) => ({
      name: name.slice(0, FIELD_NAME_MAX),
      value: value.slice(0, FIELD_VALUE_MAX),
    })),
    footer: post.footer?.slice(0, FOOTER_MAX),
    text: cut(post.text),
  };
}
