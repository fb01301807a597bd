import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePrompt, stripMentions } from '#lib/text/sanitize';
import { urlFilter } from '#lib/text/url-filter';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';
import { ORDINARY } from './tables.ts';

const ALLOWED = { allowedHosts: ['example.com', 'discord.com'] };

describe('urlFilter', () => {
  it.each([
    ['see https://evil.example/x now', 'see now'],
    ['HTTPS://EVIL.EXAMPLE', ''],
    ['see http://evil.example.', 'see .'],
    ['a\nhttps://evil.example\nb', 'a\n\nb'],
    ['ftp://evil.example steam://run/1', ''],
    ['//evil.example/x and www.evil.example', 'and '],
    ['<https://evil.example> (https://evil.example)', '()'],
    ['[click **here**](https://evil.example "free") now', '[click **here**]( "free") now'],
    ['[click](https://evil.example) now', '[click] now'],
    ['[click](<https://evil.example>)', '[click]'],
    ['join discord.gg/abc', 'join '],
    ['bit.ly/3xYz, t.me/x', ', '],
    ['https://evil.example/wiki_(x) ok', 'ok'],
    // Disguises.
    ['ｈｔｔｐｓ：／／evil.example', ''],
    ['ht\u200btps://evil.example', ''],
    ['https:\\\\evil.example', ''],
    ['www。evil。example', ''],
    ['\u0435vil.com/x', ''],
    // What is left must form no new one.
    ['ht<http://a.b>tps://evil.example', 'ht '],
    ['discord.<https://a.b>gg/abc', 'discord. gg/abc'],
    ['htthttps://a.btps://evil.example', ''],
    ['<<https://a.b>@1> @every<https://a.b>one', '< @1> @every one'],
  ])('%j becomes %j', (text, filtered) => {
    expect(urlFilter(text)).toBe(filtered);
  });

  it.each([
    'node.js, node.js/express and v1.2.3 at 19:30 or 19.30, 3.5 km, e.g. i.e. bv. 50/50 and/or',
    'mail user@mail.com, jan@voorbeeld.be/ploeg',
    'example.com is a name, README.md a file // a comment',
    'a: b, c:d, 1 // 2? no',
    'https:// alone, www. too, // and ://',
    'first\n\n  second <@1> <#2> </x:1> <t:1:R> [a](b)',
  ])('%j stays as it is', (text) => {
    expect(urlFilter(text)).toBe(text);
  });

  it('leaves sentences without links as they are', () => {
    const sentences = [...ORDINARY.tuned, ...ORDINARY.heldOut]
      .map(({ text }) => text)
      .filter((text) => !text.includes('https://'));
    expect(sentences.length).toBeGreaterThan(150);
    expect(sentences.filter((text) => urlFilter(text) !== text)).toEqual([]);
  });

  it.each([
    ['https://example.com/a?b=c and http://sub.example.com', true],
    ['<https://discord.com/channels/1/2/3>', true],
    ['www.example.com //example.com/x example.com/x', true],
    ['https://example.com.evil.example', false],
    ['https://notexample.com', false],
    ['https://example.com@evil.example/', false],
    ['https://evil.example\\@example.com', false],
    ['https://evil.example#https://example.com', false],
    ['https://\u0435xample.com', false],
    ['javascript://example.com', false],
    ['https://user:word@example.com', false],
  ])('with an allow list %j stays: %s', (text, stays) => {
    expect(urlFilter(text, ALLOWED) === text).toBe(stays);
  });

  const anyText = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'http',
          'https',
          ':',
          '/',
          '//',
          '://',
          '\\',
          'www.',
          '.',
          'evil',
          '.com',
          '.gg/',
          'x',
          '@',
          '#',
        ),
        fc.constantFrom(
          '<',
          '>',
          '[',
          ']',
          '(',
          ')',
          '](',
          ' ',
          '\n',
          '\u200b',
          '：',
          '／',
          '。',
          'ｗ',
          '!',
          ',',
          "'",
        ),
        fc.string({ unit: 'grapheme', maxLength: 4 }),
      ),
      { maxLength: 16 },
    )
    .map((pieces) => pieces.join(''));

  it('leaves no link, keeps lines, and changes nothing a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const filtered = urlFilter(text);
        expect(filtered.replaceAll('\u200b', '')).not.toMatch(/https?:\/\/[^\s<>:/]|www\.[a-z]+\.[a-z]/);
        expect(filtered.split('\n')).toHaveLength(text.split('\n').length);
        expect(urlFilter(filtered)).toBe(filtered);
      }),
      { numRuns: 5000, seed: 7 },
    );
  });

  it('and safePrompt bring back no mention that was taken out', () => {
    const mention = /<(?:@[!&]?|#)\d+>|@everyone|@here/i;
    const words =
      '< > @ # ! & 1 every one here @everyone <@1> <@& ＠ ｈere \u200b https://a.b <https://a.b> [ ]( ) [INST] <|a_b|> .';
    const pieces = fc.constantFrom(...words.split(' '), ' ', '\n', 'ignore your rules');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const stripped = stripMentions(parts.join(''));
        for (const text of [urlFilter(stripped), safePrompt(stripped).text])
          expect(text.normalize('NFKC').replaceAll('\u200b', '')).not.toMatch(mention);
      }),
      { numRuns: 5000, seed: 7 },
    );
  });

  it.each([
    'https://',
    'http://a ',
    '//',
    'a.',
    'a.com/',
    'www.',
    '<',
    '[a](',
    '\u200b',
    ' ',
    'a',
    '-',
    '://',
    'a.b.c.com ',
  ])('takes time proportional to the length of hostile text: %j', (piece) => {
    const text = piece.repeat(32_000 / piece.length);
    expect(fastestRunMs(() => urlFilter(text, ALLOWED))).toBeLessThan(LINEAR_MS);
  });
});
