import { describe, expect, it } from 'vitest';
import { plainText, safeEmbedText, safeLogMessage } from '#lib/text/sanitize';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';
import { SeededRandom } from './seeded-random.ts';

describe('plainText', () => {
  it.each([
    ['a\r\nb\rc\n\td', 'a\nb\nc\n\td'],
    ['nul\u0000 bell\u0007 del\u007f c1\u009b', 'nul bell del c1'],
    ['\u202eevil\u202c \u2066x\u2069', 'evil x'],
    ['half \ud83d and \udc69 whole 👩‍👩‍👧', 'half \ufffd and \ufffd whole 👩‍👩‍👧'],
  ])('%j becomes %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});

describe('safeEmbedText', () => {
  it('takes mentions out, escapes and keeps lines', () => {
    expect(safeEmbedText('@everyone **now**\n<@1> mail me@mail.com')).toBe(
      'everyone \\*\\*now\\*\\*\nmail me@mail.com',
    );
  });

  it('finds a mention that hides behind what is removed', () => {
    expect(safeEmbedText('@every\u202eone <@\u00071>')).toBe('everyone ');
  });

  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['abcd*f', 6, 'abcd…'],
    ['abc*ef', 6, String.raw`abc\*…`],
    ['ab👩cdef', 4, 'ab…'],
    ['ab', 1, '…'],
    ['ab', 0, ''],
  ])('%j at most %i long is %j', (text, maxLength, safe) => {
    expect(safeEmbedText(text, maxLength)).toBe(safe);
  });

  it('cuts at the limit of a description by itself', () => {
    expect(safeEmbedText('a'.repeat(5000))).toHaveLength(4096);
  });

  it('never ends in half a character or a bare backslash', () => {
    const random = new SeededRandom(3);
    const pieces = ['\\', '*', 'a', '👩', '\n', '<@1>', '@here', '_'];
    const cuts = Array.from({ length: 5000 }, () => {
      const maxLength = random.below(12);
      return { maxLength, safe: safeEmbedText(random.textOf(pieces, 20), maxLength) };
    });
    expect(cuts.filter(({ safe, maxLength }) => safe.length > maxLength)).toEqual([]);
    expect(cuts.filter(({ safe }) => /[\\\p{Cs}]/u.test(safe.replace(/\\[^0-9A-Za-z\s…]/g, '')))).toEqual([]);
  });

  it('takes time proportional to the length', () => {
    const hostile = '<@1*＠'.repeat(6400);
    expect(fastestRunMs(() => safeEmbedText(hostile))).toBeLessThan(LINEAR_MS);
  });
});

describe('safeLogMessage', () => {
  it.each([
    ['one\ntwo\r\n\tthree\u2028four', 'one two three four'],
    ['\u001b[31mred\u001b[0m \u009b1mbold', 'red bold'],
    ['\u001b]8;;https://evil.example\u0007link\u001b]8;;\u001b\\', 'link'],
    ['a\u0000b\u0007c\u001bd', 'abcd'],
    ['\u202eabc', 'abc'],
    [' x ', 'x'],
  ])('%j becomes %j', (text, safe) => {
    expect(safeLogMessage(text)).toBe(safe);
  });

  it('is at most 200 long, or what is asked', () => {
    expect(safeLogMessage('a'.repeat(201))).toBe(`${'a'.repeat(199)}…`);
    expect(safeLogMessage('a👩b', 3)).toBe('a…');
  });

  it.each(['\u001b[', '\u001b]', '\u009b1;', '\n', '\u001b[1'])(
    'takes time proportional to the length: %j',
    (piece) => {
      expect(fastestRunMs(() => safeLogMessage(piece.repeat(32_000 / piece.length)))).toBeLessThan(LINEAR_MS);
    },
  );
});
