import { expect, test } from 'vitest';
import { returnPath } from '#lib/access/return-path';

test.each(['/', '/guilds/123?tab=tickets', '/a%2Fb?x=%0A', '/a/../b'])('%s is ours', (path) => {
  expect(returnPath(path)).toBe(
    new URL(path, 'http://here.invalid').href.slice('http://here.invalid'.length),
  );
});

test.each([
  undefined,
  '',
  'guilds',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/a/..//evil.example',
  '/.//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\r\nSet-Cookie: x=y',
  `/${'a'.repeat(501)}`,
])('%j is not', (path) => {
  expect(returnPath(path)).toBe('/');
});
