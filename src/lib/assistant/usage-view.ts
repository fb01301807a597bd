import { time, type APIEmbed } from 'discord.js';
import type { Locale, Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { embed } from '#lib/ui/embeds';
import type { CallHealth, ProfileUsage, Spender } from './calls.ts';
import { CENT } from './prices.ts';
import { isProfileName } from './profiles.ts';

/** What `/ai_usage` shows. Money in billionths of a dollar. */
export interface UsageReport {
  readonly today: readonly ProfileUsage[];
  readonly month: readonly ProfileUsage[];
  readonly top: readonly Spender[];
  /** Of the guild today. */
  readonly budget: { readonly spent: number; readonly limit: number; readonly until: Date };
}

/** What `/gptstatus` shows. */
export interface StatusReport {
  /** Null where the host set no key. */
  readonly provider: { readonly host: string; readonly model: string } | null;
  readonly isEnabled: boolean;
  readonly health: CallHealth;
  readonly waiting: number;
}

const DOLLAR = 100 * CENT;

/** Less than this is not told apart. */
const SHOWN_MIN = CENT / 100;

/** An amount in dollars, small ones to the hundredth of a cent. */
export function dollars(locale: Locale, amount: number): string {
  const { format } = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: amount > 0 && amount < DOLLAR ? 4 : 2,
  });
  return amount > 0 && amount < SHOWN_MIN ? `<${format(SHOWN_MIN / DOLLAR)}` : format(amount / DOLLAR);
}

/** What the AI is used for and what that costs. */
export function usageEmbed(t: Translate, locale: Locale, report: UsageReport, at: Date): APIEmbed {
  const { today, month, top, budget } = report;
  return embed('status', {
    title: t('assistant:usage.title'),
    description: t('assistant:usage.budget', {
      spent: dollars(locale, budget.spent),
      limit: dollars(locale, budget.limit),
      left: dollars(locale, Math.max(0, budget.limit - budget.spent)),
      when: time(budget.until, 'R'),
    }),
    fields: [
      { name: t('assistant:usage.today'), value: usageText(t, locale, today) },
      { name: t('assistant:usage.month'), value: usageText(t, locale, month) },
      {
        name: t('assistant:usage.top'),
        value: top.map(({ userId, cost }) => `<@${userId}> · ${dollars(locale, cost)}`).join('\n'),
      },
    ],
    footer: t('assistant:usage.only'),
    at,
  });
}

function usageText(t: Translate, locale: Locale, usage: readonly ProfileUsage[]): string {
  if (usage.length === 0) return t('assistant:usage.none');
  const number = new Intl.NumberFormat(locale);
  const lines = usage.map((one) =>
    t('assistant:usage.line', {
      feature: isProfileName(one.profile)
        ? t(`assistant:feature.${one.profile}`)
        : safeEmbedText(one.profile, 50),
      asked: number.format(one.asked),
      answered: number.format(one.answered),
      tokens: number.format(one.tokens),
      cost: dollars(locale, one.cost),
    }),
  );
  const total = usage.reduce((sum, { cost }) => sum + cost, 0);
  return [...lines, t('assistant:usage.total', { cost: dollars(locale, total) })].join('\n');
}

/** How the AI does, and who it is. Nothing of it is secret. */
export function statusEmbed(t: Translate, locale: Locale, report: StatusReport, at: Date): APIEmbed {
  const { provider, isEnabled, health, waiting } = report;
  const number = new Intl.NumberFormat(locale);
  const standing =
    provider === null ? 'assistant:status.noKey' : isEnabled ? 'assistant:status.on' : 'assistant:status.off';
  const failures = health.failures.map(({ outcome, at: last }) =>
    t('assistant:status.failure', { kind: failureName(t, outcome), when: time(last, 'R') }),
  );
  return embed('status', {
    title: t('assistant:status.title'),
    description: t(standing, {
      host: provider?.host ?? '',
      model: safeEmbedText(provider?.model ?? '', 100),
    }),
    fields: [
      {
        name: t('assistant:status.lastAnswer'),
        value: health.lastAnswerAt === null ? t('assistant:status.never') : time(health.lastAnswerAt, 'R'),
      },
      {
        name: t('assistant:status.failures'),
        value: failures.length === 0 ? t('assistant:status.never') : failures.join('\n'),
      },
      {
        name: t('assistant:status.latency'),
        value:
          health.latency === null
            ? t('assistant:status.never')
            : t('assistant:status.latencyOf', {
                p50: number.format(health.latency.p50),
                p95: number.format(health.latency.p95),
                count: health.latency.calls,
              }),
      },
      { name: t('assistant:status.tokens'), value: number.format(health.tokensToday), inline: true },
      { name: t('assistant:status.waiting'), value: number.format(waiting), inline: true },
    ],
    at,
  });
}

/** What went wrong, in words. */
function failureName(t: Translate, outcome: string): string {
  switch (outcome) {
    case 'offline':
    case 'rate_limited':
    case 'refused':
    case 'over_budget':
    case 'cancelled':
      return t(`assistant:status.kind.${outcome}`);
    default:
      return safeEmbedText(outcome, 50);
  }
}
