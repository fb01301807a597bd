import { describe, expect, test } from 'vitest';
import { barTable } from '#lib/dashboard/charts';
import { discordText } from '#lib/dashboard/discord-text';
import { pageLocale } from '#lib/dashboard/language';
import { readSaid, writeSaid } from '#lib/dashboard/said';

const reading = { guild: null, locale: 'en-US', zone: 'Europe/Brussels' } as const;

test.each([
  ['**Name**: now `30`.', '<strong>Name</strong>: now <code>30</code>.'],
  [String.raw`"\*\*<b>\_x" doesn't fit`, '&quot;**&lt;b&gt;_x&quot; doesn&#39;t fit'],
  ['<#123> <@&456> <@789>', '#123 @456 @789'],
  ['`<script>`', '<code>&lt;script&gt;</code>'],
  ['at <t:1796115600:F>', 'at <time datetime="2026-12-01T09:00:00.000Z">1 Dec 2026, 10:00</time>'],
])('a sentence for Discord on a page: %s', (text, shown) => {
  expect(discordText(text, reading).toString()).toBe(shown);
});

test.each([
  [undefined, undefined, 'en-US'],
  ['nl', 'en', 'nl'],
  ['xx', 'nl-BE,nl;q=0.9', 'nl'],
  [undefined, 'fr, nl;q=0.5, en;q=0.7', 'en-US'],
  [undefined, 'nl;q=0, de', 'en-US'],
  [undefined, ';;;,=q', 'en-US'],
])('language: chosen %s, browser %s: %s', (chosen, header, locale) => {
  expect(pageLocale(chosen, header)).toBe(locale);
});

describe('what was said', () => {
  test('comes back as it was', () => {
    const said = { kind: 'refused', text: 'Ünïcode "quotes" <b>' } as const;
    expect(readSaid(writeSaid(said))).toEqual(said);
  });

  test.each([undefined, '', '%%%', 'bm90IGpzb24', Buffer.from('["odd","x"]').toString('base64url'), 'W10'])(
    'nothing, of %s',
    (cookie) => {
      expect(readSaid(cookie)).toBeNull();
    },
  );
});

test('a bar is never wider than all, and says its number', () => {
  const table = barTable('Steps', ['Step', 'Members'], [{ label: '<i>', value: 7 }], 5).toString();
  expect(table).toContain('class="fill" width="100.00"');
  expect(table).toContain('<td class="number">7</td>');
  expect(table).toContain('&lt;i&gt;');
});
