import type { Guild } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { locales, translator } from '#lib/i18n/translate';
import {
  definitionOf,
  isSameValue,
  isSettingKey,
  settingKeys,
  type SettingKey,
} from '#lib/settings/definitions';
import { displayValue, parseSettingValue, typedValue } from '#lib/settings/values';
import { useSentences } from '../i18n/sentences.ts';
import { refusalOf } from '../errors/refusal.ts';

useSentences();

/** For the types of settings that have nothing to do with the guild. Channels and roles: tests/lib/discord. */
const noGuild = {} as Guild;
const read = (key: SettingKey, input: string) => parseSettingValue(noGuild, key, input, null);

describe('what a person types is read', () => {
  test.each([
    ['reminders.enabled', 'on', true],
    ['reminders.enabled', ' Yes ', true],
    ['reminders.enabled', 'aan', true],
    ['reminders.enabled', 'TRUE', true],
    ['reminders.enabled', '1', true],
    ['reminders.enabled', 'off', false],
    ['reminders.enabled', 'nee', false],
    ['reminders.enabled', 'uit', false],
    ['reminders.enabled', 'false', false],
    ['reminders.enabled', '0', false],
    ['reminders.offset_minutes', '0', 0],
    ['reminders.offset_minutes', ' 30 ', 30],
    ['reminders.offset_minutes', '+30', 30],
    ['reminders.offset_minutes', '0060', 60],
    ['reminders.offset_minutes', '4320', 4320],
    ['system.log_level', 'Critical', 'critical'],
    ['system.language', 'EN-us', 'en-US'],
    ['system.timezone', 'europe/brussels', 'Europe/Brussels'],
    ['system.timezone', 'Asia/Calcutta', 'Asia/Kolkata'],
    ['system.timezone', 'utc', 'UTC'],
    ['system.timezone', 'Brussels', 'Europe/Brussels'],
    ['system.timezone', 'new york', 'America/New_York'],
    ['system.log_level', 'only errors', 'critical'],
    ['system.log_level', 'Alleen fouten', 'critical'],
    ['system.language', 'nederlands', 'nl'],
    ['reminders.pre_alerts', '1440, 60', [1440, 60]],
    ['reminders.pre_alerts', ' 60;1440 ', [1440, 60]],
    ['reminders.pre_alerts', '1d 2h, 30m', [1560, 30]],
    ['reminders.pre_alerts', '1d2u en 30 min', [1560, 30]],
    ['reminders.pre_alerts', '1 dag, 2 uur', [1440, 120]],
    ['reminders.pre_alerts', '2 hours and 1 Week', [10_080, 120]],
    ['reminders.pre_alerts', '60, 1h', [60]],
    ['reminders.pre_alerts', 'geen', []],
    ['reminders.pre_alerts', '', []],
  ] as const)('%s: %s', (key, input, value) => {
    expect(read(key, input)).toEqual(value);
  });

  test.each([
    ['reminders.enabled', 'maybe', 'config:invalid.boolean'],
    ['reminders.enabled', '', 'config:invalid.boolean'],
    ['reminders.enabled', 'constructor', 'config:invalid.boolean'],
    ['reminders.offset_minutes', '4321', 'config:invalid.integer'],
    ['reminders.offset_minutes', '-1', 'config:invalid.integer'],
    ['reminders.offset_minutes', '1.5', 'config:invalid.integer'],
    ['reminders.offset_minutes', '1e3', 'config:invalid.integer'],
    ['reminders.offset_minutes', '0x10', 'config:invalid.integer'],
    ['reminders.offset_minutes', '9'.repeat(40), 'config:invalid.integer'],
    ['reminders.offset_minutes', 'NaN', 'config:invalid.integer'],
    ['reminders.offset_minutes', '', 'config:invalid.integer'],
    ['reminders.pre_alerts', '0', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1w 1m', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1,2,3,4,5,6', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1d 30', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1h,', 'config:invalid.durations'],
    ['reminders.pre_alerts', 'soon', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1.5h', 'config:invalid.durations'],
    ['reminders.pre_alerts', '1'.repeat(5_000), 'config:invalid.durations'],
    ['system.log_level', 'loud', 'config:invalid.choice'],
    ['system.log_level', 'toString', 'config:invalid.choice'],
    ['system.timezone', 'Europe/Ghent', 'config:invalid.timezone'],
    ['system.timezone', '+01:00', 'config:invalid.timezone'],
    ['system.timezone', '', 'config:invalid.timezone'],
    ['system.timezone', 'x'.repeat(5_000), 'config:invalid.timezone'],
  ] as const)('%s: not %s', async (key, input, sentence) => {
    expect(await refusalOf(() => read(key, input))).toMatchObject({ sentence });
  });

  test.each([
    ['@everyone', 'everyone'],
    ['<@1328374655667123456> hi', 'hi'],
    ['**bold** `code`', '\\*\\*bold\\*\\* \\`code\\`'],
    ['{{choices}} $t(errors:unknown)', '{{choices}} $t(errors:unknown)'],
    ['x'.repeat(4_000), `${'x'.repeat(99)}…`],
  ])('a refusal quotes %s without its effect', async (input, shown) => {
    const { text } = await refusalOf(() => read('system.log_level', input));
    expect(text).toBe(`"${shown}" doesn't fit. Use one of: \`verbose\`, \`normal\`, \`critical\`.`);
  });
});

test.each([
  ['system.log_channel_id', null, 'not set', 'niet ingesteld'],
  ['system.log_channel_id', '123', '<#123>', '<#123>'],
  ['reminders.enabled', false, 'off', 'uit'],
  ['reminders.enabled', true, 'on', 'aan'],
  ['reminders.offset_minutes', 0, '`0`', '`0`'],
  ['reminders.pre_alerts', [], 'none', 'geen'],
  [
    'reminders.pre_alerts',
    [1561, 30],
    '1 day 2 hours 1 minute, 30 minutes',
    '1 dag 2 uur 1 minuut, 30 minuten',
  ],
  ['system.timezone', 'Europe/Brussels', '`Europe/Brussels`', '`Europe/Brussels`'],
  ['system.log_level', 'critical', 'Only errors', 'Alleen fouten'],
] as const)('%s = %j is shown as %s, in Dutch %s', (key, value, english, dutch) => {
  expect([displayValue(translator('en-US'), key, value), displayValue(translator('nl'), key, value)]).toEqual(
    [english, dutch],
  );
});

test.each([[[]], [[1]], [[10_080, 1561, 60]]])('durations %j are read as they are shown', (minutes) => {
  const key = 'reminders.pre_alerts';
  for (const text of [
    typedValue(key, minutes),
    ...locales.map((locale) => displayValue(translator(locale), key, minutes)),
  ])
    expect(read(key, text)).toEqual(minutes);
});

test('the longest durations fit into the input that holds them', () => {
  const longest = [10_079, 10_078, 10_077, 10_076, 10_075];
  const typed = typedValue('reminders.pre_alerts', longest);
  expect(read('reminders.pre_alerts', typed)).toEqual(longest);
  expect(typed.length).toBeLessThanOrEqual(100);
});

describe('definitions', () => {
  test.each(['system', 'system.gone', 'toString', '__proto__', ''])('%j is no setting', (text) => {
    expect(isSettingKey(text)).toBe(false);
  });

  test('have a default that could be set', () => {
    const odd = settingKeys.filter((key) => {
      const { type, default: byDefault } = definitionOf(key);
      if (type === 'channel' || type === 'role' || type === 'text') return byDefault !== null;
      return !isSameValue(read(key, String(byDefault)), byDefault);
    });
    expect(odd).toEqual([]);
  });

  test('have no more choices than a select can hold', () => {
    const choices = settingKeys
      .map(definitionOf)
      .map((definition) => (definition.type === 'choice' ? definition.choices : []));
    expect(Math.max(...choices.map(({ length }) => length))).toBeLessThanOrEqual(25);
  });
});
