import { expect, test } from 'vitest';
import { readTypedSync } from '#lib/operations/typed-sync';

const BOT = '123456789012345678';

test.each([
  ['!sync', 'everywhere', false],
  ['  !SYNC  --force ', 'everywhere', true],
  ['!sync -f', 'everywhere', true],
  ['!sync here', 'here', false],
  ['!sync --force here', 'here', true],
  [`<@${BOT}> sync`, 'everywhere', false],
  [`<@!${BOT}>   !sync here -f`, 'here', true],
])('%s', (text, scope, isForced) => {
  expect(readTypedSync(text, BOT)).toEqual({ scope, isForced });
});

test.each([
  '',
  'sync',
  '!synchronise',
  '!sync all',
  '!help',
  `<@${BOT}> help`,
  '<@1> sync',
  'do !sync',
  '!sync\u0000',
])('not meant: %j', (text) => {
  expect(readTypedSync(text, BOT)).toBeNull();
});
