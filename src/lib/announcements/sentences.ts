import { findMentions, type Label } from '#lib/time/mentions/find';
import type { Mention } from '#lib/time/mentions/mention';
import { tokensOf, type Token } from '#lib/time/mentions/tokens';
import type { LabelledLine, Role } from './labels.ts';
import { signsOf, type Signs } from './signs.ts';

/** A sentence or a labelled line, with what it says about time. */
export interface Sentence {
  readonly line: number;
  readonly role: Role | null;
  readonly isTitle: boolean;
  readonly text: string;
  /** Of the whole line; mentions count in these. */
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly mentions: readonly Mention[];
  readonly signs: Signs;
}

/** A post that names more moments is a list, not an announcement; the rest is not read. */
const MOMENTS_MAX = 60;

/** What each label makes of weak forms behind it. */
const LABELS: Readonly<Partial<Record<Role, Label>>> = {
  days: 'days',
  time: 'time',
  date: 'date',
  when: 'date',
  from: 'date',
};

/** The sentences of all lines, in order, with the first sixty moments that they name. */
export function sentencesOf(lines: readonly LabelledLine[]): Sentence[] {
  let left = MOMENTS_MAX;
  return lines.flatMap((line, number) => {
    const tokens = tokensOf(line.text);
    const label = line.role === null ? undefined : LABELS[line.role];
    const mentions = findMentions(tokens, label ?? null, left);
    left -= mentions.length;
    return cut(line, number, tokens, mentions);
  });
}

/** Cuts a line into its sentences; what a mention spans belongs to one of them. */
function cut(
  { role, text, isTitle }: LabelledLine,
  line: number,
  tokens: readonly Token[],
  mentions: readonly Mention[],
): Sentence[] {
  const sentences: Sentence[] = [];
  let next = 0;
  for (let from = 0; from < tokens.length;) {
    let to = from + 1;
    while (to < tokens.length && tokens[to]?.isFirst !== true) to += 1;
    const first = next;
    for (let mention = mentions[next]; mention !== undefined && mention.from < to; mention = mentions[next]) {
      to = Math.max(to, mention.to);
      next += 1;
    }
    const signs = signsOf(tokens.slice(from, to));
    sentences.push({
      line,
      role,
      isTitle,
      text,
      tokens,
      from,
      to,
      mentions: mentions.slice(first, next),
      signs,
    });
    from = to;
  }
  return sentences;
}
