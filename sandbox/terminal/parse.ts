/** A line that a person typed at the prompt. */
export type Line =
  | { readonly kind: 'command'; readonly command: string; readonly options: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown-option'; readonly command: string; readonly option: string }
  | { readonly kind: 'word'; readonly word: string; readonly rest: string }
  | { readonly kind: 'empty' };

const OPTION = /(?:^|\s)([a-z_]+):/g;

/**
 * Reads `/config set setting:system.language value:nl` or `wait 1h`. An option's value goes on to the next option's name,
 * as in Discord's own box.
 * @param isOption whether the command has an option of that name, so that "19:30" or "note:" stay part of a value.
 */
export function parseLine(line: string, isOption: (command: string, name: string) => boolean): Line {
  const text = line.trim();
  if (text === '') return { kind: 'empty' };
  if (!text.startsWith('/')) {
    const [word = '', ...rest] = text.split(/\s+/);
    return { kind: 'word', word: word.toLowerCase(), rest: rest.join(' ') };
  }
  const firstOption = text.search(/\s[a-z_]+:/);
  const command = (firstOption === -1 ? text : text.slice(0, firstOption)).trim();
  const options: Record<string, string> = {};
  let current: string | null = null;
  let from = command.length;
  for (const match of text.matchAll(OPTION)) {
    const name = match[1] ?? '';
    if (!isOption(command, name)) {
      // Inside a value it is part of the value; before any option it is a slip.
      if (current === null) return { kind: 'unknown-option', command, option: name };
      continue;
    }
    if (current !== null) options[current] = text.slice(from, match.index).trim();
    current = name;
    from = match.index + match[0].length;
  }
  if (current !== null) options[current] = text.slice(from).trim();
  return { kind: 'command', command, options };
}

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `90m`, `1h30m` or `2d` in ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const parts = [...text.replaceAll(/\s/g, '').matchAll(/(\d{1,6})([smhdw])/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text.replaceAll(/\s/g, '')) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0), 0);
}
