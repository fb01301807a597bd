import { time, type APIEmbed } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { embed } from '#lib/ui/embeds';
import type { AiStatus } from './health.ts';

/** What a guild switches on or off as a whole. */
export const SWITCHES = ['reminders.enabled', 'gpt.enabled', 'gdpr.enabled'] as const;

/** What `/health` shows. */
export interface HealthReport {
  /** Null: the database does not answer. */
  readonly databaseMs: number | null;
  readonly isOnline: boolean;
  /** Null: not known yet. */
  readonly gatewayMs: number | null;
  readonly isSchedulerUp: boolean;
  readonly startedAt: Date;
  readonly version: string;
  readonly hasAi: boolean;
  /** Null: not known. */
  readonly aiStatus: AiStatus | null;
  /** Of this guild; null: not known. */
  readonly switches: readonly { readonly key: (typeof SWITCHES)[number]; readonly isOn: boolean }[] | null;
}

/** How the bot does, as an admin of a guild sees it. */
export function healthEmbed(t: Translate, report: HealthReport, at: Date): APIEmbed {
  const { databaseMs, gatewayMs, isOnline, isSchedulerUp, switches } = report;
  const isWell = databaseMs !== null && isOnline && isSchedulerUp;
  return embed(isWell ? 'status' : 'warning', {
    title: t(isWell ? 'health:title.well' : 'health:title.unwell'),
    fields: [
      {
        name: t('health:database'),
        value: databaseMs === null ? t('health:noDatabase') : t('health:answersIn', { ms: databaseMs }),
      },
      {
        name: t('health:gateway'),
        value: !isOnline
          ? t('health:noGateway')
          : gatewayMs === null
            ? t('health:connected')
            : t('health:answersIn', { ms: Math.round(gatewayMs) }),
      },
      { name: t('health:scheduler'), value: t(isSchedulerUp ? 'health:runs' : 'health:noScheduler') },
      { name: t('health:ai'), value: aiText(t, report) },
      {
        name: t('health:here'),
        value:
          switches === null
            ? t('health:unknown')
            : switches
                .map(({ key, isOn }) =>
                  t(isOn ? 'health:on' : 'health:off', { name: t(`settings:${key}.name`), key }),
                )
                .join('\n'),
      },
      { name: t('health:since'), value: time(report.startedAt, 'R'), inline: true },
      { name: t('health:version'), value: report.version, inline: true },
    ],
    at,
  });
}

function aiText(t: Translate, { hasAi, aiStatus }: HealthReport): string {
  if (!hasAi) return t('health:noAi');
  return aiStatus === null ? t('health:unknown') : t(`health:aiIs.${aiStatus}`);
}
