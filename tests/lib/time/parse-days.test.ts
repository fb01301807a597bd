import { describe, expect, it } from 'vitest';
import { formatDaysForDisplay, parseDaysString } from '#lib/time/parse';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';

describe('parseDaysString', () => {
  it.each([
    ['ma,wo,vr', '024'],
    ['Maandag, Woensdag', '02'],
    ['MON wed Fri', '024'],
    ['vr ma', '04'],
    ['ma ma ma', '0'],
    ['tues thurs', '13'],
    ['ma. en di.', '01'],
    ['ma/wo/vr', '024'],
    ['ma;wo & vr + zo', '0246'],
    ['Monday, Wednesday and Friday', '024'],
    ['op maandag en donderdag', '03'],
    ["'s maandags", '0'],
    ['on Mondays', '0'],
    ['elke dinsdag', '1'],
    ['zaterdagen', '5'],
    ['0, 6', '06'],
    ['daily', '0123456'],
    ['Daily:', '0123456'],
    ['dagelijks', '0123456'],
    ['every day', '0123456'],
    ['Elke  dag', '0123456'],
    ['alle dagen', '0123456'],
    ['weekdays', '01234'],
    ['werkdagen', '01234'],
    ['elke werkdag', '01234'],
    ['doordeweeks', '01234'],
    ['weekend', '56'],
    ['weekends', '56'],
    ['werkdagen en zaterdag', '012345'],
    ['ma-vr', '01234'],
    ['ma – vr', '01234'],
    ['Monday to Friday', '01234'],
    ['Mon through Wed', '012'],
    ['ma t/m vr', '01234'],
    ['ma T/M vr', '01234'],
    ['van maandag tot en met woensdag', '012'],
    ['vr-ma', '0456'],
    ['zo-za', '0123456'],
    ['di-di', '1'],
    ['0-4', '01234'],
    ['ma-wo, za', '0125'],
    ['dínsdàg', '1'],
    ['ｍａ', '0'],
    ['m\u200ba', '0'],
  ])('%j is days %s', (text, days) => {
    expect(parseDaysString(text)).toEqual({ ok: true, days: Array.from(days, Number) });
  });

  it.each([
    ['ma-xx', ['ma-xx']],
    ['xx', ['xx']],
    ['ma, funday, vr, Nope', ['funday', 'Nope']],
    ['ma-', ['ma-']],
    ['ma-wo-vr', ['ma-wo-vr']],
    ['7', ['7']],
    ['t', ['t']],
    ['s', ['s']],
    ['weekend-ma', ['weekend-ma']],
    ['every day except Sunday', ['except']],
    ['\u0661', ['\u0661']],
  ])('%j names what it does not know: %j', (text, unknown) => {
    expect(parseDaysString(text)).toEqual({ ok: false, reason: 'unknown', unknown });
  });

  it.each([
    ['', 'empty'],
    [' , ; ', 'empty'],
    ['elke', 'empty'],
    ['ma,'.repeat(100), 'too-long'],
  ])('%j is refused as %s', (text, reason) => {
    expect(parseDaysString(text)).toEqual({ ok: false, reason, unknown: [] });
  });

  it.each(['ma-', ' ', '-', 't/m ', 'ﷺ', "'s "])('32,000 characters of %j cost next to nothing', (part) => {
    const hostile = part.repeat(32_000 / part.length);
    expect(fastestRunMs(() => parseDaysString(hostile))).toBeLessThan(LINEAR_MS);
    expect(fastestRunMs(() => parseDaysString(hostile.slice(0, 200)))).toBeLessThan(LINEAR_MS);
  });
});

describe('formatDaysForDisplay', () => {
  it.each([
    [[4, 0, 2], 'Monday, Wednesday and Friday', 'maandag, woensdag en vrijdag'],
    [[6], 'Sunday', 'zondag'],
    [[5, 6], 'Saturday and Sunday', 'zaterdag en zondag'],
    [[0, 1, 2, 3, 4], 'weekdays', 'werkdagen'],
    [
      [0, 1, 2, 3, 5],
      'Monday, Tuesday, Wednesday, Thursday and Saturday',
      'maandag, dinsdag, woensdag, donderdag en zaterdag',
    ],
    [[6, 5, 4, 3, 2, 1, 0], 'every day', 'elke dag'],
    [[1, 1, 9, -1], 'Tuesday', 'dinsdag'],
    [[], '', ''],
  ])('%j is %j and %j', (days, english, dutch) => {
    expect(formatDaysForDisplay(days, 'en-US')).toBe(english);
    expect(formatDaysForDisplay(days, 'nl')).toBe(dutch);
  });

  it('is read back as the same days', () => {
    for (let bits = 1; bits < 128; bits += 1) {
      const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (bits >> day) & 1);
      for (const locale of ['en-US', 'nl'] as const) {
        expect(parseDaysString(formatDaysForDisplay(days, locale))).toEqual({ ok: true, days });
      }
    }
  });
});

it.each(['en-US', 'nl'] as const)(
  'what is shown in %s is read as the same days, for all 127 sets',
  (locale) => {
    for (let set = 1; set < 128; set += 1) {
      const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (set >> day) % 2 === 1);
      expect(parseDaysString(formatDaysForDisplay(days, locale))).toEqual({ ok: true, days });
    }
  },
);
