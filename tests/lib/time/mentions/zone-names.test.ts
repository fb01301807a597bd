import { expect, it } from 'vitest';
import { findMentions } from '#lib/time/mentions/find';
import { tokensOf } from '#lib/time/mentions/tokens';
import { instantOf } from '#lib/time/wall-clock';

it.each([
  ['20:00 CET', 'Europe/Brussels'],
  ['20:00 (UTC)', 'Etc/UTC'],
  ['8pm UK time', 'Europe/London'],
  ['20u Belgische tijd', 'Europe/Brussels'],
  ['20:00 CET/CEST', 'Europe/Brussels'],
  ['20:00 UTC+2', 'Etc/GMT-2'],
  ['20:00 GMT-5', 'Etc/GMT+5'],
  ['20:00 UTC+02:00', 'Etc/GMT-2'],
  ['20:00 UTC+0', 'Etc/UTC'],
  ['20:00 UTC+5:30', 'Asia/Kolkata'],
  ['20:00 UTC-13', 'Etc/UTC'],
  ['20:00 MET PIZZA', undefined],
  ['20:00 est', undefined],
])('%j is a time in %s, which exists', (text, zone) => {
  const [clock] = findMentions(tokensOf(text));
  expect(clock).toMatchObject({ kind: 'clock', zone });
  if (zone !== undefined) instantOf({ date: '2026-03-10', time: '20:00' }, zone);
});

it('leaves what stands behind a slash and is no zone alone', () => {
  expect(findMentions(tokensOf('8pm UK time / 9pm CET'))).toMatchObject([
    { hour: 8, zone: 'Europe/London' },
    { hour: 9, zone: 'Europe/Brussels' },
  ]);
});
