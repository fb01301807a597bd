import { isBeside } from './clock-parts.ts';
import { clockAt } from './clock-times.ts';
import { dateAt } from './dates.ts';
import { genitivePart, partAt } from './day-parts.ts';
import { elapsedAt } from './elapsed.ts';
import type { Mention } from './mention.ts';
import { recurrenceAt } from './recurrences.ts';
import type { Token } from './tokens.ts';

/** What a label before a text announces. */
export type Label = 'days' | 'time' | 'date';

/**
 * Everything in a text that says when, in the order of the text, without overlaps. Each reader looks at a bounded number of tokens,
 * so the whole is linear.
 * @param label makes weak forms ("14.00", "31/12", "ma wo") what it announces.
 * @param most how many are read; what follows them is not looked at.
 */
export function findMentions(
  tokens: readonly Token[],
  label: Label | null = null,
  most = Number.POSITIVE_INFINITY,
): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length && mentions.length < most;) {
    const mention = mentionAt(tokens, at, mentions.at(-1), label);
    if (mention === null) at += 1;
    else {
      mentions.push(mention);
      at = Math.max(at + 1, mention.to);
    }
  }
  return mentions;
}

function mentionAt(
  tokens: readonly Token[],
  at: number,
  last: Mention | undefined,
  label: Label | null,
): Mention | null {
  const token = tokens[at];
  if (token === undefined || token.kind === 'gap' || token.kind === 'channel') return null;
  if (token.kind === 'stamp')
    return { kind: 'instant', from: at, to: at + 1, at: { is: 'stamp', seconds: token.value } };
  // Of the marks, only the apostrophe of "'s avonds" begins anything.
  if (token.kind === 'mark' && token.text !== "'") return null;
  return (
    elapsedAt(tokens, at) ??
    recurrenceAt(tokens, at, label === 'days') ??
    dateAt(tokens, at, label === 'date') ??
    clockAt(tokens, at, isTimeExpected(tokens, at, last, label)) ??
    partMention(tokens, at)
  );
}

/** Whether a label or a day right before a position makes weak forms times there. */
function isTimeExpected(
  tokens: readonly Token[],
  at: number,
  last: Mention | undefined,
  label: Label | null,
): boolean {
  if (at === 0 && (label === 'time' || label === 'date')) return true;
  const isDay =
    last !== undefined && (last.kind === 'date' || last.kind === 'recurrence' || last.kind === 'part');
  return isDay && isBeside(tokens, last.to, at);
}

function partMention(tokens: readonly Token[], at: number): Mention | null {
  const found = partAt(tokens, at) ?? genitivePart(tokens, at);
  return found === null ? null : { kind: 'part', from: at, to: found.to, part: found.part };
}
