import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingKeys, type SettingKey } from '#lib/settings/definitions';

/** The settings of the Python bot (1.9 to 3.14), and what they are here where they have another name. */
const ORIGINAL = {
  'system.log_channel_id': 'system.log_channel_id',
  'system.rules_channel_id': 'system.rules_channel_id',
  'system.onboarding_channel_id': 'system.onboarding_channel_id',
  'system.log_level': 'system.log_level',
  // One choice in place of two that could contradict each other.
  'onboarding.enabled': 'onboarding.mode',
  'onboarding.mode': 'onboarding.mode',
  'onboarding.completion_role_id': 'onboarding.completion_role_id',
  'embedwatcher.announcements_channel_id': 'embedwatcher.announcements_channel_id',
  // It holds for all reminders, not only for those from announcements.
  'embedwatcher.reminder_offset_minutes': 'reminders.offset_minutes',
  'embedwatcher.gpt_fallback_enabled': 'embedwatcher.ai_fallback',
  'embedwatcher.failed_parse_log_channel_id': 'embedwatcher.failed_parse_log_channel_id',
  'embedwatcher.non_embed_enabled': 'embedwatcher.non_embed_enabled',
  'embedwatcher.process_bot_messages': 'embedwatcher.process_bot_messages',
  'ticketbot.category_id': 'ticketbot.category_id',
  'ticketbot.staff_role_id': 'ticketbot.staff_role_id',
  'ticketbot.escalation_role_id': 'ticketbot.escalation_role_id',
  'ticketbot.idle_days_threshold': 'ticketbot.idle_days_threshold',
  'ticketbot.auto_close_days_threshold': 'ticketbot.auto_close_days_threshold',
  'gpt.model': 'gpt.model',
  'gpt.temperature': 'gpt.temperature',
  'invites.enabled': 'invites.enabled',
  'invites.announcement_channel_id': 'invites.announcement_channel_id',
  'invites.with_inviter_template': 'invites.with_inviter_template',
  'invites.no_inviter_template': 'invites.no_inviter_template',
  'gdpr.enabled': 'gdpr.enabled',
  'gdpr.channel_id': 'gdpr.channel_id',
  'reminders.enabled': 'reminders.enabled',
  'reminders.default_channel_id': 'reminders.default_channel_id',
  'reminders.allow_everyone_mentions': 'reminders.allow_everyone_mentions',
} as const satisfies Record<string, SettingKey>;

test('each of the 29 settings of the Python bot is here', () => {
  const ours = Object.values(ORIGINAL);
  expect(ours).toHaveLength(29);
  expect(settingKeys).toEqual(expect.arrayContaining(ours));
});

test('each setting is asked for where something follows from it', () => {
  const root = `${import.meta.dirname}/../../../`;
  const readers = globSync('src/**/*.ts', { cwd: root, exclude: ['src/lib/{settings,import,setup}/**'] })
    .map((file) => readFileSync(root + file, 'utf8'))
    .join('\n');
  expect(settingKeys.filter((key) => !readers.includes(`'${key}'`))).toEqual([]);
});
