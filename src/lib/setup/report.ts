import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { scopeOf, settingKeys, type SettingKey } from '#lib/settings/definitions';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { screen, separator } from '#lib/ui/editing';
import { wizardIds } from './custom-ids.ts';
import { firstOpen, settingOf, stateOf, type Standing } from './standing.ts';
import { features, steps, type Feature, type Step } from './steps.ts';
import { stateText, stepName } from './views.ts';

/** Long sentences with mentions; `/doctor` shows the rest. */
const FINDINGS_MAX = 5;

/** How the wizard ends: what is on, off and missing, and what the doctor finds. Components V2. @param findings one line of markdown each. */
export function reportScreen(
  t: Translate,
  standing: Standing,
  findings: readonly string[],
  note: Note | null,
): APIContainerComponent[] {
  const next = firstOpen(standing);
  return screen(
    t('setup:report.title'),
    note,
    textDisplay(features.map((feature) => featureLine(t, standing, feature)).join('\n')),
    separator(),
    textDisplay(
      [
        `**${t('setup:report.doctor')}**`,
        ...(findings.length === 0 ? [t('doctor:well.text')] : findings.slice(0, FINDINGS_MAX)),
        ...(findings.length > FINDINGS_MAX ? [t('doctor:alert.more', { command: '/doctor' })] : []),
      ].join('\n'),
    ),
    textDisplay(`-# ${t('setup:report.more')}`),
    row(
      ...(next === null
        ? []
        : [
            button(
              t('setup:button.goOn', { step: stepName(t, next) }),
              wizardIds.build('show', { step: next.id }),
            ),
          ]),
      button(t('setup:button.home'), wizardIds.build('home', {})),
      button(t('setup:button.look'), wizardIds.build('report', {}), ButtonStyle.Secondary),
    ),
  );
}

function featureLine(t: Translate, standing: Standing, feature: Feature): string {
  const name = t(`setup:feature.${feature}` as SentenceKey);
  const { mark, text } = featureState(t, standing, feature);
  return `${mark} **${name}**: ${text}`;
}

interface Told {
  readonly mark: '✅' | '▫️' | '⏸️' | '⚠️';
  readonly text: string;
}

function featureState(t: Translate, standing: Standing, feature: Feature): Told {
  const own: readonly Step[] = steps.filter((step) => step.feature === feature);
  if (own.some((step) => stateOf(standing, step) === 'off'))
    return { mark: '⏸️', text: t('setup:report.off') };
  if (isUnused(standing, feature)) return { mark: '▫️', text: t('setup:report.unused') };
  const gone = own.filter((step) => stateOf(standing, step) === 'gone');
  if (gone.length > 0)
    return {
      mark: '⚠️',
      text: t('setup:report.gone', { steps: gone.map((step) => stepName(t, step)).join(', ') }),
    };
  const lacks = feature === 'onboarding' || feature === 'tickets' ? standing.lacks[feature] : 0;
  if (lacks > 0)
    return {
      mark: '⚠️',
      text: t('setup:report.lacks', {
        count: lacks,
        command: feature === 'onboarding' ? '/onboarding' : '/ticket_setup',
      }),
    };
  const chosen = own.filter(
    (step) => step.key !== null && ['set', 'default'].includes(stateOf(standing, step)),
  );
  const values = chosen.map((step) => stateText(t, standing, step));
  const open = own.filter((step) => stateOf(standing, step) === 'open').map((step) => stepName(t, step));
  const parts = [
    ...(values.length === 0 ? [t('setup:report.on')] : [values.join(' · ')]),
    ...(open.length === 0 ? [] : [t('setup:report.open', { steps: open.join(', ') })]),
  ];
  return { mark: '✅', text: parts.join(' · ') };
}

/** Whether nobody has begun with a feature that does nothing for as long as no place is chosen for it. */
function isUnused(standing: Standing, feature: Feature): boolean {
  if (feature === 'onboarding') return !standing.isPublished && !isTouched(standing, ONBOARDING_KEYS);
  if (feature === 'tickets')
    return standing.ticketPanel === null && standing.ticketKinds === 0 && !isTouched(standing, TICKET_KEYS);
  if (feature === 'log') return !isTouched(standing, ['system.log_channel_id']);
  return feature === 'announcements' && !isTouched(standing, ['embedwatcher.announcements_channel_id']);
}

const ONBOARDING_KEYS = [
  ...settingKeys.filter((key) => scopeOf(key) === 'onboarding'),
  'system.rules_channel_id',
  'system.onboarding_channel_id',
] as const;
const TICKET_KEYS = settingKeys.filter((key) => scopeOf(key) === 'ticketbot');

function isTouched(standing: Standing, keys: readonly SettingKey[]): boolean {
  return keys.some((key) => settingOf(standing, key).overridden);
}
