import type { Guild } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translate';
import { definitionOf, isSettingKey, settingKeys, type SettingKey } from '#lib/settings/definitions';
import { displayValue, parseSettingValue } from '#lib/settings/values';
import { useSentences } from '../i18n/sentences.ts';
import { refusalOf } from '../errors/refusal.ts';

useSentences();

/** For the types of settings that have nothing to do with the guild. Channels and roles: tests/lib/discord. */
const noGuild = {} as Guild;
const read = (key: SettingKey, input: string) => parseSettingValue(noGuild, key, input);

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
  ] as const)('%s: %s', (key, input, value) => {
    expect(read(key, input)).toBe(value);
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
  ['system.timezone', 'Europe/Brussels', '`Europe/Brussels`', '`Europe/Brussels`'],
  ['system.log_level', 'critical', 'Only errors', 'Alleen fouten'],
] as const)('%s = %j is shown as %s, in Dutch %s', (key, value, english, dutch) => {
  expect([displayValue(translator('en-US'), key, value), displayValue(translator('nl'), key, value)]).toEqual(
    [english, dutch],
  );
});

describe('definitions', () => {
  test.each(['system', 'system.gone', 'toString', '__proto__', ''])('%j is no setting', (text) => {
    expect(isSettingKey(text)).toBe(false);
  });

  test('have a default that could be set', () => {
    const odd = settingKeys.filter((key) => {
      const { type, default: byDefault } = definitionOf(key);
      if (type === 'channel' || type === 'role') return byDefault !== null;
      return read(key, String(byDefault)) !== byDefault;
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
