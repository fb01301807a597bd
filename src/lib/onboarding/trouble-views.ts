import type { SentenceKey } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import type { Duty } from './duties.ts';

/** Why a role does not change hands. */
export type RoleTrouble =
  | { readonly why: 'permission' | 'unknown' | 'managed' }
  | { readonly why: 'above'; readonly rolePosition: number; readonly myPosition: number };

/** Why a member is not welcomed in public. */
export type WelcomeTrouble =
  | { readonly why: 'gone' }
  | { readonly why: 'permission'; readonly channelId: string; readonly permissions: readonly SentenceKey[] };

/** For the log channel: which role, what is in the way, and what would mend it. */
export function roleTroubleLogEntry({ kind, userId, roleId }: Duty, trouble: RoleTrouble): LogEntry {
  const isTaken = kind === 'remove_role';
  const sentences = { above: 'takeAbove', permission: 'takePermission' } as const;
  const { why } = trouble;
  const sentence = isTaken && (why === 'above' || why === 'permission') ? sentences[why] : why;
  return (t) => ({
    title: t(isTaken ? 'onboarding:duty.takeTitle' : 'onboarding:duty.title'),
    description: t(`onboarding:duty.${sentence}`, {
      member: `<@${userId}>`,
      role: trouble.why === 'unknown' ? (roleId ?? '') : `<@&${roleId}>`,
      ...(trouble.why === 'above' && {
        rolePosition: trouble.rolePosition,
        myPosition: trouble.myPosition,
      }),
    }),
  });
}

/** For the log channel: what keeps the welcome from being posted. */
export function welcomeTroubleLogEntry({ userId }: Duty, trouble: WelcomeTrouble): LogEntry {
  return (t) => ({
    title: t('onboarding:duty.welcomeTitle'),
    description: [
      `<@${userId}>`,
      trouble.why === 'gone'
        ? t('onboarding:duty.welcomeGone')
        : t('onboarding:duty.welcome', {
            channel: `<#${trouble.channelId}>`,
            permissions: trouble.permissions,
          }),
    ].join('\n'),
  });
}
