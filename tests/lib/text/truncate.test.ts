import { expect, it } from 'vitest';
import { truncate, truncateMarkdown } from '#lib/text/truncate';

it.each([
  ['abc', 3, 'abc', 'abc'],
  ['abcd', 3, 'ab…', 'ab…'],
  ['👩👩', 4, '👩👩', '👩👩'],
  ['👩👩', 3, '👩…', '👩…'],
  ['👩👩', 2, '…', '…'],
  [String.raw`a\*bc`, 3, String.raw`a\…`, 'a…'],
  [String.raw`a\\bc`, 4, String.raw`a\\…`, String.raw`a\\…`],
  ['abc', 1, '…', '…'],
  ['abc', 0, '', ''],
  ['abc', -1, '', ''],
  ['', 0, '', ''],
])('%j at most %i long is %j, as markdown %j', (text, maxLength, plain, markdown) => {
  expect(truncate(text, maxLength)).toBe(plain);
  expect(truncateMarkdown(text, maxLength)).toBe(markdown);
});
