import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { oldValue, settingOf } from '#lib/import/old-settings';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Every setting that the Python bot registered. */
const ORIGINAL = [
  'system.log_channel_id',
  'system.rules_channel_id',
  'system.onboarding_channel_id',
  'system.log_level',
  'onboarding.enabled',
  'onboarding.mode',
  'onboarding.completion_role_id',
  'embedwatcher.announcements_channel_id',
  'embedwatcher.reminder_offset_minutes',
  'embedwatcher.gpt_fallback_enabled',
  'embedwatcher.failed_parse_log_channel_id',
  'embedwatcher.non_embed_enabled',
  'embedwatcher.process_bot_messages',
  'ticketbot.category_id',
  'ticketbot.staff_role_id',
  'ticketbot.escalation_role_id',
  'ticketbot.idle_days_threshold',
  'ticketbot.auto_close_days_threshold',
  'gpt.model',
  'gpt.temperature',
  'invites.enabled',
  'invites.announcement_channel_id',
  'invites.with_inviter_template',
  'invites.no_inviter_template',
  'gdpr.enabled',
  'gdpr.channel_id',
  'reminders.enabled',
  'reminders.default_channel_id',
  'reminders.allow_everyone_mentions',
];
/** All code but what declares, shows and imports settings. */
const code = globSync('src/**/*.ts', { cwd: ROOT })
  .filter((file) => !/^src\/lib\/(?:settings|import)\//.test(file))
  .map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
  .join('\n');

describe('the settings of the Python bot', () => {
  test.each(ORIGINAL)('%s is here and something reads it', (oldKey) => {
    expect(code).toContain(`'${settingOf(oldKey)}'`);
  });

  test('what it never had is not', () => {
    expect(settingOf('toString.constructor')).toBeNull();
    expect(settingOf('constructor')).toBeNull();
    expect(settingOf('automod.enabled')).toBeNull();
  });
});

describe('a stored value', () => {
  const is = (value: unknown, repair: string | null = null) => ({ kind: 'value', value, repair });
  const QUOTED = 'stood in quotes that were part of the value';

  test.each([
    ['system.log_channel_id', '900000000000000001', is('900000000000000001')],
    ['system.log_channel_id', '"900000000000000001"', is('900000000000000001')],
    ['system.log_channel_id', '0', { kind: 'unset' }],
    ['system.log_channel_id', '"0"', { kind: 'unset' }],
    ['system.log_channel_id', 'null', { kind: 'unset' }],
    ['system.log_channel_id', null, { kind: 'unset' }],
    ['system.log_channel_id', '12', { kind: 'refused', reason: 'it is no id of Discord' }],
    ['system.log_level', '"normal"', is('normal')],
    ['system.log_level', '"\\"normal\\""', is('normal', QUOTED)],
    ['system.log_level', '"\\"\\\\\\"normal\\\\\\"\\""', is('normal', QUOTED)],
    ['system.log_level', '"loud"', { kind: 'refused', reason: 'it is none of verbose, normal, critical' }],
    ['reminders.enabled', 'false', is(false)],
    ['reminders.enabled', '"False"', is(false)],
    ['reminders.enabled', '"\\"off\\""', is(false, QUOTED)],
    ['reminders.enabled', '"perhaps"', { kind: 'refused', reason: 'it is neither on nor off' }],
    ['reminders.offset_minutes', '"90"', is(90)],
    ['reminders.offset_minutes', '90.5', is(90, 'was no whole number')],
    ['reminders.offset_minutes', '-1', { kind: 'refused', reason: 'it is no number from 0 to 4320' }],
    ['reminders.offset_minutes', '1e2', { kind: 'refused', reason: 'it is no number from 0 to 4320' }],
    ['gpt.temperature', '1.25', is(1.3, 'was rounded to one decimal')],
    ['gpt.temperature', '2.01', { kind: 'refused', reason: 'it is no number from 0 to 2' }],
    ['gpt.model', '"\\"gpt-4\\""', is('gpt-4', QUOTED)],
    ['gpt.model', '""', { kind: 'unset' }],
  ] as const)('of %s, %s', (key, stored, expected) => {
    expect(oldValue(key, stored)).toEqual(expected);
  });
});
