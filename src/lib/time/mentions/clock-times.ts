import { figuresAt } from './clock-figures.ts';
import type { Written } from './clock-parts.ts';
import { rangeBehind, type RangeEnd } from './clock-ranges.ts';
import { spokenAt } from './clock-words.ts';
import { partAt } from './day-parts.ts';
import type { ClockMention } from './mention.ts';
import type { Token } from './tokens.ts';
import { zoneAt } from './zone-names.ts';

/**
 * The time of day that begins with token `at`.
 * @param follows whether a day stands right before it, which makes weak forms ("vrijdag 19.30", "do 8 uur") times.
 */
export function clockAt(tokens: readonly Token[], at: number, follows: boolean): ClockMention | null {
  const written =
    tokens[at]?.kind === 'word' ? spokenAt(tokens, at, follows) : figuresAt(tokens, at, follows);
  if (written === null) return null;
  const range = rangeBehind(tokens, at, written);
  let to = range?.to ?? written.to;
  const part = partAt(tokens, to);
  if (part !== null) to = part.to;
  const zone = zoneAt(tokens, to);
  if (zone !== null) to = zone.to;
  const half = written.half ?? (range === null ? undefined : halfOfEnd(written, range));
  return {
    kind: 'clock',
    from: at,
    to,
    hour: written.hour,
    minute: written.minute,
    precision: half === 'am' || half === 'pm' ? 'exact' : written.precision,
    half,
    part: part?.part,
    zone: zone?.zone,
    isRange: range !== null,
  };
}

/** "8-10pm": the end says for both; "11-1pm" begins before noon. */
function halfOfEnd({ hour, precision }: Written, end: RangeEnd): 'am' | 'pm' | undefined {
  if (end.half === undefined || precision === 'spoken' || hour > 12) return undefined;
  return end.half === 'pm' && hour % 12 > end.hour % 12 ? 'am' : end.half;
}
