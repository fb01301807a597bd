import { expect, it } from 'vitest';
import { parseDateString } from '#lib/time/parse';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';

/** A Wednesday. */
const today = '2026-03-11';

it.each([
  ['2026-03-12', '2026-03-12'],
  ['2027-5-3', '2027-05-03'],
  ['2027/05/03', '2027-05-03'],
  ['12/3/2026', '2026-03-12'],
  ['12-03-26', '2026-03-12'],
  ['12.03.2026', '2026-03-12'],
  ['1/2/2020', '2020-02-01'],
  ['12/3', '2026-03-12'],
  ['11/3', '2026-03-11'],
  ['10/3', '2027-03-10'],
  ['29/2', '2028-02-29'],
  ['today', '2026-03-11'],
  ['Vandaag', '2026-03-11'],
  ['tomorrow', '2026-03-12'],
  ['morgen', '2026-03-12'],
  ['overmorgen', '2026-03-13'],
  ['the day after tomorrow', '2026-03-13'],
  ['donderdag', '2026-03-12'],
  ['Wednesday', '2026-03-18'],
  ['op di', '2026-03-17'],
  ['3 mei', '2026-05-03'],
  ['3 May 2027', '2027-05-03'],
  ['mei 3', '2026-05-03'],
  ['May 3rd, 2027', '2027-05-03'],
  ['3rd of May', '2026-05-03'],
  ['12 maart', '2026-03-12'],
  ['1 mrt', '2027-03-01'],
  ['1 okt. 2026', '2026-10-01'],
  ['2 JULI', '2026-07-02'],
  ["3 mei '27", '2027-05-03'],
  ['do 12 maart', '2026-03-12'],
  ['Thursday, March 12', '2026-03-12'],
  ['vr 13/3', '2026-03-13'],
])('%j is %s', (text, date) => {
  expect(parseDateString(text, { today })).toBe(date);
});

it.each([
  '31/2',
  '31 February',
  '31 februari 2027',
  '29/2/2027',
  '0/1',
  '1/13',
  '32 mei',
  '2026-02-30',
  '12/3-2026',
  '12/3/026',
  '0000-01-01',
  'vr 12 maart',
  'maandag 3',
  'maandag morgen',
  '3 mei 2027 19:30',
  '3 foo',
  'mei',
  '3',
  'someday',
  '',
])('%j is no date', (text) => {
  expect(parseDateString(text, { today })).toBeNull();
});

it('rolls over the year from the last of December', () => {
  expect(parseDateString('morgen', { today: '2026-12-31' })).toBe('2027-01-01');
  expect(parseDateString('1/1', { today: '2026-12-31' })).toBe('2027-01-01');
});

it('waits the longest for a leap day', () => {
  expect(parseDateString('29 feb', { today: '2096-03-01' })).toBe('2104-02-29');
});

it.each(['1/', ' ', '3 mei ', '-', 'ﷺ'])('32,000 characters of %j cost next to nothing', (part) => {
  const hostile = part.repeat(Math.floor(32_000 / part.length));
  expect(fastestRunMs(() => parseDateString(hostile, { today }))).toBeLessThan(LINEAR_MS);
});
