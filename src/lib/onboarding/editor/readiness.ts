import type { Guild } from 'discord.js';
import { requireUsableChannel, requireUsableRole } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import { definitions, type SettingValue } from '#lib/settings/definitions';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import type { Content } from '../content.ts';
import type { Version } from '../versions.ts';

/** Why onboarding does not do yet what it is set to do. */
export interface Lack {
  readonly sentence: SentenceKey;
  readonly values?: SentenceValues;
}

type ChannelKey =
  | 'system.rules_channel_id'
  | 'system.onboarding_channel_id'
  | 'onboarding.summary_channel_id';

/** The settings that onboarding stands on. */
export interface Chosen {
  readonly mode: SettingValue<'onboarding.mode'>;
  readonly rulesChannelId: string | null;
  readonly welcomeChannelId: string | null;
  readonly summaryChannelId: string | null;
  readonly completionRoleId: string | null;
}

/** What a guild chose of them. */
export function chosenIn(overrides: Overrides): Chosen {
  return {
    mode: effectiveValue(overrides, 'onboarding.mode'),
    rulesChannelId: effectiveValue(overrides, 'system.rules_channel_id'),
    welcomeChannelId: effectiveValue(overrides, 'system.onboarding_channel_id'),
    summaryChannelId: effectiveValue(overrides, 'onboarding.summary_channel_id'),
    completionRoleId: effectiveValue(overrides, 'onboarding.completion_role_id'),
  };
}

/** What is in the way of members who begin now; empty when everything works. */
export function lacksOf(guild: Guild, chosen: Chosen, draft: Content, newest: Version | null): Lack[] {
  if (chosen.mode === 'disabled') return [{ sentence: 'onboarding-editor:lack.off' }];
  return [
    ...channelLacks(guild, chosen),
    ...roleLack(guild, chosen.completionRoleId),
    ...contentLacks(chosen.mode, draft, newest),
  ];
}

function channelLacks(guild: Guild, { rulesChannelId, welcomeChannelId, summaryChannelId }: Chosen): Lack[] {
  const check = (id: string | null, key: ChannelKey): Lack[] =>
    id === null ? [] : refusal(() => requireUsableChannel(guild, id, definitions[key]));
  return [
    ...(rulesChannelId === null ? [{ sentence: 'onboarding-editor:lack.rulesChannel' } as const] : []),
    ...check(rulesChannelId, 'system.rules_channel_id'),
    ...check(welcomeChannelId, 'system.onboarding_channel_id'),
    ...check(summaryChannelId, 'onboarding.summary_channel_id'),
  ];
}

function roleLack(guild: Guild, roleId: string | null): Lack[] {
  if (roleId === null) return [];
  return refusal(() => requireUsableRole(guild, roleId, definitions['onboarding.completion_role_id']));
}

function refusal(check: () => unknown): Lack[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ sentence: error.sentence, values: error.values }];
  }
}

/** What members get is what was published; before that it is what would be. */
function contentLacks(mode: Chosen['mode'], draft: Content, newest: Version | null): Lack[] {
  const { rules, questions } = newest?.content ?? draft;
  const lacks: Lack[] = [];
  if (newest === null) lacks.push({ sentence: 'onboarding-editor:lack.unpublished' });
  if (mode !== 'questions_only' && rules.length === 0)
    lacks.push({ sentence: 'onboarding-editor:lack.rules' });
  if (mode !== 'rules_only' && questions.length === 0)
    lacks.push({ sentence: 'onboarding-editor:lack.questions' });
  return lacks;
}
