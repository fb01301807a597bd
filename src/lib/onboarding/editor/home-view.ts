import { ButtonStyle, ComponentType, time, TimestampStyles, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { onboardingModes, type SettingKey } from '#lib/settings/definitions';
import type { EffectiveSetting } from '#lib/settings/settings';
import { choiceLabel, displayValue, settingName } from '#lib/settings/values';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { screen } from '#lib/ui/editing';
import { isPublished, type Version } from '../versions.ts';
import type { Content } from '../content.ts';
import { editorIds } from './custom-ids.ts';
import type { Lack } from './readiness.ts';

export interface Home {
  readonly settings: readonly EffectiveSetting[];
  /** How many rules and questions there are, those that are off included. */
  readonly counts: { readonly rules: number; readonly questions: number };
  readonly draft: Content;
  readonly newest: Version | null;
  readonly lacks: readonly Lack[];
}

const SHOWN_SETTINGS = [
  'system.rules_channel_id',
  'onboarding.completion_role_id',
  'system.onboarding_channel_id',
  'onboarding.summary_channel_id',
] as const satisfies readonly SettingKey[];

function publishedText(t: Translate, { draft, newest }: Home): string {
  if (newest === null) return t('onboarding-editor:home.never');
  const values = {
    version: newest.version,
    when: time(newest.publishedAt, TimestampStyles.RelativeTime),
  };
  return isPublished(draft, newest)
    ? t('onboarding-editor:home.published', values)
    : t('onboarding-editor:home.changes', values);
}

function countText(t: Translate, all: number, on: number): string {
  return all === on ? String(all) : t('onboarding-editor:home.someOff', { count: all - on, all });
}

/** Where editing begins: what members go through now, and what is missing. Components V2. */
export function homeScreen(t: Translate, home: Home, note: Note | null): APIContainerComponent[] {
  const { settings, counts, draft, lacks } = home;
  const settingOf = (key: SettingKey) => settings.find((one) => one.key === key);
  const mode = settingOf('onboarding.mode');
  const shown = SHOWN_SETTINGS.map(
    (key) => `**${settingName(t, key)}**: ${displayValue(t, key, settingOf(key)?.value ?? null)}`,
  );
  const rules = countText(t, counts.rules, draft.rules.length);
  const questions = countText(t, counts.questions, draft.questions.length);
  return screen(
    t('onboarding-editor:home.title'),
    note,
    textDisplay(
      [
        t('onboarding-editor:home.intro'),
        `**${t('onboarding-editor:rules')}**: ${rules} · **${t('onboarding-editor:questions')}**: ${questions}`,
        publishedText(t, home),
      ].join('\n'),
    ),
    row({
      type: ComponentType.StringSelect,
      custom_id: editorIds.build('mode', { seen: mode?.version ?? '0' }),
      options: onboardingModes.map((value) => ({
        label: choiceLabel(t, 'onboarding.mode', value),
        value,
        default: value === mode?.value,
      })),
    }),
    textDisplay([...shown, `-# ${t('onboarding-editor:home.settingsHint')}`].join('\n')),
    ...(lacks.length === 0
      ? []
      : [
          textDisplay(
            [
              `**${t('onboarding-editor:home.lacks')}**`,
              ...lacks.map(({ sentence, values }) => `- ${t(sentence, values)}`),
            ].join('\n'),
          ),
        ]),
    row(
      button(t('onboarding-editor:rules'), editorIds.build('list', { list: 'rules' })),
      button(t('onboarding-editor:questions'), editorIds.build('list', { list: 'questions' })),
      button(t('onboarding-editor:button.preview'), editorIds.build('preview', {})),
      button(t('onboarding-editor:button.publish'), editorIds.build('publish', {}), ButtonStyle.Primary),
    ),
    row(
      button(t('onboarding-editor:button.post'), editorIds.build('post', {})),
      button(t('onboarding-editor:button.figures'), editorIds.build('figures', {})),
    ),
  );
}

/** For the log channel: who published which version. */
export function publishedLogEntry(version: number, by: string): LogEntry {
  return (t) => ({
    title: t('onboarding-editor:log.published'),
    description: t('onboarding-editor:log.text'),
    fields: [
      { name: t('onboarding-editor:log.version'), value: String(version), inline: true },
      { name: t('onboarding-editor:log.by'), value: `<@${by}>`, inline: true },
    ],
  });
}
