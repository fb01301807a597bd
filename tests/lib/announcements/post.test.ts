import { describe, expect, it } from 'vitest';
import { linesOf, withoutFormatting } from '#lib/announcements/post';

describe('withoutFormatting', () => {
  it.each([
    ['**Friday** __20:00__ *sharp*', 'Friday 20:00 sharp'],
    ['Fri\u200Bday\u00AD 20:\u206000', 'Friday 20:00'],
    ['\uFF12\uFF10:\uFF10\uFF10', '20:00'],
    ['`20:00` and `run 20:00`', '20:00 and  \u2026 '],
    ['before ```\nat 20:00\n``` after', 'before \n after'],
    ['~~Thursday~~ Friday', '  Friday'],
    ['[Friday at 8](https://example.org/a)', 'Friday at 8'],
    ['||Friday|| 20:00', ' Friday  20:00'],
    ['snake_case stays, _this_ does not', 'snake_case stays, this does not'],
    ['one\r\ntwo', 'one\ntwo'],
  ])('%j is %j', (text, plain) => {
    expect(withoutFormatting(text)).toBe(plain);
  });
});

describe('linesOf', () => {
  const textsOf = (text: string): string[] => linesOf({ text }).map((line) => line.text);

  it.each([
    ['# Raid\n- Friday\n2. Voice', ['Raid', 'Friday', 'Voice']],
    ['> said before\nRaid on Friday', ['Raid on Friday']],
    ['> Raid\n> Friday', ['Raid', 'Friday']],
    ['Raid\n> **When:** Friday', ['Raid', 'When: Friday']],
    ['\n\n  \n', []],
  ])('%j has the lines %j', (text, lines) => {
    expect(textsOf(text)).toEqual(lines);
  });

  it('reads title, text, description, fields and footer in this order', () => {
    const lines = linesOf({
      footer: 'f',
      fields: [{ name: '**When**', value: 'v' }],
      description: 'd',
      text: 't',
      title: 'T',
    });
    expect(lines.map(({ text }) => text)).toEqual(['T', 't', 'd', 'v', 'f']);
    expect(lines[0]?.isTitle).toBe(true);
    expect(lines[3]?.field).toBe('When');
    expect(lines[4]?.isFooter).toBe(true);
  });
});
