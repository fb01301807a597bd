import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '#lib/text/escape-markdown';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';
import { SeededRandom } from './seeded-random.ts';

/** What Discord shows of a text that it reads as markdown; throws where it would read formatting. */
function shownByDiscord(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      if (/^\s*(?:#{1,3}\s|>\s|>>>|[-*+]\s|-#\s|\d+\.\s)/.test(line)) throw new Error(`a block: ${line}`);
      let shown = '';
      const token =
        /<(?<bracketed>https?:\/\/[^\s<>]+)>|(?<bare>https?:\/\/[^\s<]+)|\\(?<escaped>[^0-9A-Za-z\s])|(?<other>.)/gsu;
      for (const { groups = {} } of line.matchAll(token)) {
        if (groups['other'] !== undefined && /[\\*_~`|[\]<]/.test(groups['other']))
          throw new Error(`formatting: ${line}`);
        shown += groups['bracketed'] ?? groups['bare'] ?? groups['escaped'] ?? groups['other'];
      }
      return shown;
    })
    .join('\n');
}

describe('escapeMarkdown', () => {
  it.each([
    'user@mail.com, a - b; 3.5 km (approx.) #tag -5° 50% "q" it\'s 1) x 2+2=4 a > b ¯/¯',
    'line one\n\nline two\n#tag\n-5\n2026.',
    'https://example.com/a_b_c?d=e#f, and https://example.com/(x).',
    '<https://example.com/a_b>',
    'naïve 👩‍👩‍👧 日本',
    '',
  ])('%j needs nothing', (text) => {
    expect(escapeMarkdown(text)).toBe(text);
  });

  it.each([
    ['**b** *i* __u__ _i_', String.raw`\*\*b\*\* \*i\* \_\_u\_\_ \_i\_`],
    ['~~s~~ ||spoiler|| `c` ```js', String.raw`\~\~s\~\~ \|\|spoiler\|\| \`c\` \`\`\`js`],
    ['[text](https://evil.example)', String.raw`\[text\](https://evil.example)`],
    ['# h\n## h\n  ### h', '\\# h\n\\## h\n  \\### h'],
    ['-# small\n- item\n+ item\n* item', '\\-# small\n\\- item\n\\+ item\n\\* item'],
    ['1. x\n  12. y', '1\\. x\n  12\\. y'],
    ['> quote\n>>> rest', '\\> quote\n\\>>> rest'],
    ['\u200b# h', '\u200b\\# h'],
    ['a\r# h', 'a\r\\# h'],
    ['<t:1:R> <:a:1> <3', String.raw`\<t:1:R> \<:a:1> \<3`],
    [String.raw`\*`, String.raw`\\\*`],
    ['**https://example.com/a_b**', String.raw`\*\*<https://example.com/a_b>\*\*`],
    ['https://example.com/?f[a]=*', String.raw`<https://example.com/?f[a]=>\*`],
    ['https://example.com/*x*y', '<https://example.com/*x*y>'],
    ['https://example.com/x<3', String.raw`<https://example.com/x>\<3`],
    ['https://**b**', String.raw`https://\*\*b\*\*`],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('shows any text letter for letter', () => {
    const random = new SeededRandom(7);
    const inline = [
      '\\',
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '`',
      '```',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '@',
      ':',
      '/',
      '!',
    ];
    const block = ['>>>', '#', '##', '-', '-#', '+', '1.', '12', '.', ' ', '  ', '\n', '\n\n'];
    const pieces = [...inline, ...block, 'a', 'Word', 'é', '👩‍👩‍👧', 'https://example.com/x'];
    // A bracket before a URL is Discord's own notation, which it does not show.
    const texts = Array.from({ length: 20_000 }, () =>
      random.textOf(pieces, 14).replaceAll('<http', '< http'),
    );
    expect(texts.filter((text) => shownByDiscord(escapeMarkdown(text)) !== text)).toEqual([]);
  });

  it.each([
    '\\',
    '*',
    '\n',
    ' ',
    '1',
    '#',
    '> ',
    '[',
    'https://',
    '<https://a',
    'https://a*',
    '<https://a*',
    '\u200b',
  ])('takes time proportional to the length of hostile text: %j', (piece) => {
    const text = piece.repeat(32_000 / piece.length);
    expect(fastestRunMs(() => escapeMarkdown(text))).toBeLessThan(LINEAR_MS);
  });
});
