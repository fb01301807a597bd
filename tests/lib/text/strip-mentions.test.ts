import { describe, expect, it } from 'vitest';
import { stripMentions } from '#lib/text/strip-mentions';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';
import { SeededRandom } from './seeded-random.ts';

const MENTION = /<(?:@[!&]?|#)\d+>|@everyone|@here/i;

/** What a mention could be to whoever folds letters and overlooks what is not drawn. */
function seenThrough(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]|[^\P{Cc}\t\n\v\f\r\u0085]/gu, '');
}

describe('stripMentions', () => {
  it.each([
    ['hi <@123456789012345678> there', 'hi there'],
    ['hi <@!1>, <@&2> and <#3>!', 'hi , and !'],
    ['@everyone come', 'everyone come'],
    ['@Here @EVERYONE', 'Here EVERYONE'],
    ['@@@here', 'here'],
    ['john@here.com, jan@@everyone', 'john(at)here.com, jan(at)everyone'],
    ['@everyoneelse', 'everyoneelse'],
    ['<@1>\n<@2> hello\n\nbye <@3>', '\nhello\n\nbye '],
    // Nesting and what is left when the inner one goes.
    ['<@<@1>1>', ''],
    ['<<@1>@2>', ''],
    ['@every<@1>one', 'everyone'],
    ['@<@!5>here', 'here'],
    ['@@everyoneeveryone', 'everyoneeveryone'],
    ['<@@everyone1>', '<everyone1>'],
    ['@he@everyonere', '@he(at)everyonere'],
    // Disguises.
    ['@\u200beveryone', 'everyone'],
    ['@e\u2060very\u00adone', 'e\u2060very\u00adone'],
    ['@\u0000here', 'here'],
    ['＠everyone ﹫here', 'everyone here'],
    ['@ｅｖｅｒｙｏｎｅ', 'ｅｖｅｒｙｏｎｅ'],
    ['@𝐡𝐞𝐫𝐞', '𝐡𝐞𝐫𝐞'],
    ['@\u32ceeryone', '\u32ceeryone'],
    ['<@\u200b1\u200b>', ''],
    ['＜＠１２＞', ''],
    ['\u200b<\u200b@\u200b&\u200b1>', '\u200b'],
  ])('%j becomes %j', (text, stripped) => {
    expect(stripMentions(text)).toBe(stripped);
  });

  it.each([
    'mail user@mail.com or me@there.org? No: here we are, everyone.',
    'first line\n\n  - second, a < b > c & "d" — 5 * 3 = 15 | ok',
    'run </remind me:123> or see <id:guide> at <t:1700000000:R> <:smile:123>',
    '<@> <@abc> <#> <@1 <#!1> @ everyone @nobody #general',
    'naïve café 👩‍👩‍👧 ☺️ Ελλάδα 日本 عربى',
    '',
  ])('%j stays as it is', (text) => {
    expect(stripMentions(text)).toBe(text);
  });

  it('leaves no mention, however seen, and changes nothing a second time', () => {
    const random = new SeededRandom(20_261_122);
    const plain =
      '< > @ ! & # 1 23 here everyone every one he re e x <@ <@! <@& <# 1> <@1> @everyone @here @HERE'.split(
        ' ',
      );
    const disguised = '＜ ＞ ＠ ﹫ ＃ ＆ １ ① ⑩ ｅ 𝐞 ⓔ \u32ce ℯ \ud800 \u0301 \u0338'.split(' ');
    const invisible = '\u200b \u200d \u2060 \u00ad \u034f \ufe0f \u3164 \u0000 \u{e0061}'.split(' ');
    const pieces = [...plain, ...disguised, ...invisible, ' ', '\n'];

    const texts = Array.from({ length: 20_000 }, () => random.textOf(pieces, 14));
    expect(texts.filter((text) => MENTION.test(seenThrough(text))).length).toBeGreaterThan(2000);
    expect(texts.filter((text) => MENTION.test(seenThrough(stripMentions(text))))).toEqual([]);
    expect(texts.filter((text) => stripMentions(stripMentions(text)) !== stripMentions(text))).toEqual([]);
  });

  it.each([
    ['unclosed', '<@1'],
    ['at signs', '@'],
    ['everyone', '@everyone'],
    ['fullwidth', '＠ｈｅｒｅ'],
    ['invisible e', 'e\u200b\u200b\u200b'],
    ['invisible', '\u200b'],
    ['digits', '1'],
    ['closing', '1>'],
  ])('takes time proportional to the length of hostile text: %s', (_, piece) => {
    const text = piece.repeat(32_000 / piece.length);
    expect(fastestRunMs(() => stripMentions(text))).toBeLessThan(LINEAR_MS);
    expect(fastestRunMs(() => stripMentions(`${'<@'.repeat(8000)}${'1>'.repeat(8000)}`))).toBeLessThan(
      LINEAR_MS,
    );
  });
});
