import { findMentions } from '#lib/time/mentions/find';
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

/** The sentences of all lines, in order. */
export function sentencesOf(lines: readonly LabelledLine[]): Sentence[] {
  return lines.flatMap(({ role, text, isTitle }, line) => {
    const tokens = tokensOf(text);
    const mentions = findMentions(
      tokens,
      role === 'days'
        ? 'days'
        : role === 'time'
          ? 'time'
          : role !== null && ['date', 'when', 'from'].includes(role)
            ? 'date'
            : null,
    );
    const sentences: Sentence[] = [];
    let next = 0;
    for (let from = 0; from < tokens.length;) {
      let to = from + 1;
      while (to < tokens.length && tokens[to]?.isFirst !== true) to += 1;
      const own: Mention[] = [];
      for (
        let mention = mentions[next];
        mention !== undefined && mention.from < to;
        mention = mentions[next]
      ) {
        // What a mention spans belongs to one sentence.
        if (mention.to > to) to = mention.to;
        own.push(mention);
        next += 1;
      }
      sentences.push({
        line,
        role,
        isTitle,
        text,
        tokens,
        from,
        to,
        mentions: own,
        signs: signsOf(tokens.slice(from, to)),
      });
      from = to;
    }
    return sentences;
  });
}
