import type { Candidate, Finding } from './candidate.ts';
import { doubtsAbout, surroundingsOf, type Surroundings } from './doubts.ts';
import { momentsOf, type Moments } from './moments.ts';
import { findInstants, findOneOffs } from './one-offs.ts';
import { rankOf } from './rank.ts';
import type { ReadingContext, Silence } from './read.ts';
import { findRecurring } from './recurring.ts';
import type { Sentence } from './sentences.ts';
import { vetoOf } from './veto.ts';

/** What a post may announce, the likeliest, or why it is nothing. */
export type Outcome =
  | { readonly best: Candidate }
  | { readonly best: null; readonly reason: Silence; readonly evidence: readonly string[] };

/** The likeliest of what the moments of a post may announce. */
export function likeliest(sentences: readonly Sentence[], context: ReadingContext): Outcome {
  const moments = momentsOf(sentences, context);
  const findings = [...findInstants(moments), ...findRecurring(moments), ...findOneOffs(moments)];
  const surroundings = surroundingsOf(moments);
  const candidates = findings
    .flatMap((finding) => (finding.found === null ? [] : [judged(finding, surroundings)]))
    .sort(byLikelihood);
  const best = candidates[0];
  const veto = vetoOf(sentences, candidates, best);
  if (best !== undefined && veto === null) return { best };
  const failure = failureOf(findings);
  return {
    best: null,
    reason: veto ?? failure?.reason ?? silenceOf(moments),
    evidence: failure?.evidence ?? [],
  };
}

function judged(
  { found, confidence, weight }: Extract<Finding, { readonly confidence: number }>,
  surroundings: Surroundings,
): Candidate {
  const { lowered, doubt } = doubtsAbout(found.spots, surroundings);
  return {
    ...found,
    confidence: hundredths(Math.max(0, Math.min(1, confidence - lowered))),
    doubt,
    weight: weight + rankOf(found.spots),
  };
}

/** Sums of fractions must not fall on the other side of a bound. */
function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Of equal weight, what comes back, what is sooner, what stands first. */
function byLikelihood(a: Candidate, b: Candidate): number {
  return (
    b.weight - a.weight ||
    Number(b.kind === 'recurring') - Number(a.kind === 'recurring') ||
    a.instant.getTime() - b.instant.getTime() ||
    a.order - b.order
  );
}

/** The first reason that says more than that a time is missing. */
function failureOf(findings: readonly Finding[]) {
  const failures = findings.filter((finding) => finding.found === null);
  return failures.find(({ reason }) => reason !== 'no-time') ?? failures.at(-1);
}

function silenceOf({ over, dates, recurrences }: Moments): Silence {
  if (over.size > 0) return 'past';
  return dates.length > 0 || recurrences.length > 0 ? 'no-time' : 'no-moment';
}
