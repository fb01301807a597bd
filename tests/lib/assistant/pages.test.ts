import { describe, expect, test } from 'vitest';
import { pagesOf, splitMarkdown } from '#lib/assistant/pages';

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const isBalanced = (part: string): boolean => (part.match(/^```/gm) ?? []).length % 2 === 0;

describe('a text that is cut', () => {
  test('keeps every word, in parts that fit', () => {
    const text = words(3_000);
    const parts = splitMarkdown(text, 1_000);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(1_000);
    expect(parts.join(' ').split(/\s+/)).toEqual(text.split(' '));
  });

  test('is cut between paragraphs where there are any', () => {
    const paragraph = words(60);
    const parts = splitMarkdown([paragraph, paragraph, paragraph].join('\n\n'), 1_000);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.endsWith('word59')).toBe(true);
  });

  test('closes a block of code and opens it again, in its language', () => {
    const code = Array.from({ length: 200 }, (_, index) => `const line${index} = ${index};`).join('\n');
    const parts = splitMarkdown(`Look:\n\`\`\`ts\n${code}\n\`\`\`\nThat is all.`, 1_000);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(1_000);
      expect(isBalanced(part)).toBe(true);
    }
    for (const part of parts.slice(1)) expect(part.startsWith('```ts\n')).toBe(true);
    expect(parts.at(-1)).toContain('That is all.');
    for (let index = 0; index < 200; index += 1)
      expect(parts.filter((part) => part.includes(`line${index} =`))).toHaveLength(1);
  });

  test('without a single gap is cut all the same, and never inside a character', () => {
    const parts = splitMarkdown('🙃'.repeat(3_000), 1_001);
    expect(parts.join('')).toBe('🙃'.repeat(3_000));
    for (const part of parts) expect(part.isWellFormed()).toBe(true);
  });
});

describe('a message', () => {
  test('holds a short text in one part, a longer one in two, and of the longest the beginning', () => {
    expect(pagesOf('short')).toEqual({ parts: ['short'], isWhole: true });
    const two = pagesOf(words(650));
    expect(two).toMatchObject({ isWhole: true });
    expect(two.parts).toHaveLength(2);
    const long = pagesOf(words(3_000));
    expect(long.isWhole).toBe(false);
    expect(long.parts).toHaveLength(1);
    expect(long.parts[0]?.length).toBeLessThanOrEqual(4_096);
  });
});
