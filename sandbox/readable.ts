import { DateTime } from 'luxon';
import type { SeenMessage } from './people/seen-message.ts';

/** Who reads, as far as times are concerned. */
export interface Reader {
  readonly zone: string;
  readonly locale: string;
  readonly now: Date;
}

const TIMESTAMP = /<t:(-?\d+)(?::([tTdDfFsSR]))?>/g;

/** Discord shows a timestamp in the reader's zone; so does this, in the zone given. */
export function readable(text: string, { zone, locale, now }: Reader): string {
  return text.replace(TIMESTAMP, (_all, seconds: string, style: string | undefined) => {
    const instant = DateTime.fromSeconds(Number(seconds), { zone, locale });
    if (style === 'R') return instant.toRelative({ base: DateTime.fromJSDate(now) }) ?? '';
    return instant.toFormat('ccc d LLL yyyy HH:mm');
  });
}

/** A message as lines of a terminal, its author first. */
export function messageLines(message: SeenMessage, reader: Reader): string[] {
  const [first = '', ...rest] = readable(message.text, reader).split('\n');
  const everyone = message.mentionsEveryone ? ' (everyone is notified)' : '';
  const onlyYou = message.ephemeral ? ' (only you can see this)' : '';
  const head = `${message.author}${onlyYou}${everyone}: ${first}`;
  const indent = ' '.repeat(4);
  return [head, ...rest.map((line) => `${indent}${line}`)];
}
