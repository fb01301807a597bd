import { expect, it } from 'vitest';
import { parseTimeString } from '#lib/time/parse';
import { fastestRunMs, LINEAR_MS } from '../fastest-run.ts';

it.each([
  ['19:30', '19:30'],
  ['9:30', '09:30'],
  [' 09:05 ', '09:05'],
  ['9:5', '09:05'],
  ['19.30', '19:30'],
  ['0:00', '00:00'],
  ['00:30', '00:30'],
  ['23:59', '23:59'],
  ['19:30:45', '19:30'],
  ['19u30', '19:30'],
  ['19 u 30', '19:30'],
  ['19h30', '19:30'],
  ['19u', '19:00'],
  ['18H', '18:00'],
  ['19 uur', '19:00'],
  ['19:30 uur', '19:30'],
  ['om 19:30', '19:30'],
  ['at 7pm', '19:00'],
  ['7pm', '19:00'],
  ['7:30 PM', '19:30'],
  ['7.30 p.m.', '19:30'],
  ['7:30:10 pm', '19:30'],
  ['12am', '00:00'],
  ['12:30 am', '00:30'],
  ['12pm', '12:00'],
  ['１９：３０', '19:30'],
])('%j is %s', (text, time) => {
  expect(parseTimeString(text)).toBe(time);
});

it.each([
  '25:00',
  '24:00',
  '7:60',
  '19:30:60',
  '13pm',
  '0am',
  '19:30 pm',
  '-1:30',
  '7.5',
  '19',
  '1930',
  '19:',
  ':30',
  '19:30 CET',
  '119:30',
  '1\u0660:30',
  'noonish',
  '',
])('%j is no time', (text) => {
  expect(parseTimeString(text)).toBeNull();
});

it.each(['1', ' ', '1:', '19u', 'ﷺ'])('32,000 characters of %j cost next to nothing', (part) => {
  const hostile = part.repeat(32_000 / part.length);
  expect(fastestRunMs(() => parseTimeString(hostile))).toBeLessThan(LINEAR_MS);
});
