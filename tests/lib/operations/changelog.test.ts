import { describe, expect, test } from 'vitest';
import { readVersion } from '#lib/analytics/version';
import { readChangelog, releaseIn } from '#lib/operations/changelog';
import { packed } from '#lib/operations/pages';

const CHANGELOG = `# Changelog

## Unreleased

- Soon.

## [1.2.0] - 2026-11-01

Some words
on two lines.

### Added
- One thing, told on
  two lines, with \`code\` and **weight**
- Another ([more](docs/more.md), [site](https://example.org/a))

\`\`\`sh
## not a heading
npm start
\`\`\`
After it.

## v1.1.0

## 1.0.0
* First\r
`;

describe('what a changelog says of a version', () => {
  test('is its section alone, with lines joined, Markdown kept and no links that lead nowhere', () => {
    expect(releaseIn(CHANGELOG, '1.2.0')).toEqual({
      version: '1.2.0',
      isUnreleased: false,
      blocks: [
        'Some words on two lines.',
        '### Added',
        '- One thing, told on two lines, with `code` and **weight**',
        '- Another (more: `docs/more.md`, [site](https://example.org/a))',
        '```sh\n## not a heading\nnpm start\n```',
        'After it.',
      ],
    });
    expect(releaseIn(CHANGELOG, '1.0.0')?.blocks).toEqual(['* First']);
  });

  test.each(['1.1.0', '9.9.9'])('is what comes next where %s has none', (version) => {
    expect(releaseIn(CHANGELOG, version)).toEqual({ version, isUnreleased: true, blocks: ['- Soon.'] });
  });

  test('is nothing where it says nothing', () => {
    expect(releaseIn('# Changelog\n\n## Unreleased\n\n', '1.0.0')).toBeNull();
    expect(releaseIn('', '1.0.0')).toBeNull();
  });
});

test('the changelog of this project is found, and says something of its version', async () => {
  const changelog = await readChangelog();
  expect(releaseIn(changelog ?? '', readVersion())?.blocks.length).toBeGreaterThan(5);
});

describe('pages', () => {
  test('hold as much as fits, in order, and lose nothing', () => {
    expect(packed(['aa', 'bb', 'cccc', 'd'], 5, '\n')).toEqual(['aa\nbb', 'cccc', 'd']);
    expect(packed([], 5, '\n')).toEqual([]);
  });

  test('cut a block that is longer than a page at a line, a space, or between characters', () => {
    expect(packed(['one two three'], 8, '\n')).toEqual(['one two', 'three']);
    expect(packed(['one\ntwo\nthree'], 6, '\n')).toEqual(['one', 'two', 'three']);
    expect(packed(['😀😀😀'], 3, '\n')).toEqual(['😀', '😀', '😀']);
  });
});
