import { describe, expect, test } from 'vitest';
import { PASSAGE_MAX } from '#lib/assistant/knowledge/passage';
import { passagesOfFile } from '#lib/assistant/knowledge/sections';

describe('a file becomes passages', () => {
  test('one a heading, named by those above it', () => {
    const markdown =
      '\uFEFF---\nauthor: x\n---\nBefore.\n# Pets\r\nAll kinds.\n## Cats ##\nThey **purr**.\n### Food\nFish\n## Dogs\nWoof';
    expect(passagesOfFile('pets', markdown.slice(1)).map(({ source, text }) => [source, text])).toEqual([
      ['Pets', 'Before.'],
      ['Pets', 'All kinds.'],
      ['Pets › Cats', 'They **purr**.'],
      ['Pets › Cats › Food', 'Fish'],
      ['Pets › Dogs', 'Woof'],
    ]);
  });

  test('named after the file where it has no title', () => {
    expect(passagesOfFile('house-rules_2026', 'Be kind.')).toEqual([
      { source: 'House rules 2026', heading: 'House rules 2026', text: 'Be kind.' },
    ]);
  });

  test('a line in a block of code is no heading', () => {
    expect(
      passagesOfFile('code', '# Code\n```sh\n# not a heading\n```\nDone').map(({ text }) => text),
    ).toEqual(['```sh\n# not a heading\n```\nDone']);
  });

  test.each([
    ['words', 'many words '.repeat(2_000)],
    ['no spaces', '🎉'.repeat(5_000)],
    ['paragraphs', 'A paragraph of some length, which ends here.\n\n'.repeat(300)],
    ['a block of code', `\`\`\`ts\n${'const a = 1;\n'.repeat(500)}\`\`\`\nafter`],
    ['a block that never ends', `~~~~\n${'code\n'.repeat(1_000)}`],
    ['only marks', '```\n'.repeat(2_000)],
    ['nothing', '\n\n\n'],
  ])('long ones are parted: %s', (_name, text) => {
    const passages = passagesOfFile('long', text);
    for (const passage of passages) {
      expect(passage.text.length).toBeLessThanOrEqual(PASSAGE_MAX);
      expect(passage.text).not.toMatch(/\p{Cs}/u);
      expect((passage.text.match(/^(`{3,}|~{3,})/gm) ?? []).length % 2).toBe(0);
    }
    const letters = (all: string): string => all.replaceAll(/[\s`~]/g, '');
    expect(letters(passages.map((passage) => passage.text).join(''))).toBe(
      letters(text).replaceAll(/ts(?=const)/g, 'ts'),
    );
  });
});
