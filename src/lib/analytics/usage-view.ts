import type { APIEmbed } from 'discord.js';
import type { Locale, Translate } from '#lib/i18n/translate';
import { embed } from '#lib/ui/embeds';
import type { CommandUsage } from './usage.ts';

/** What was used most, and how often without success. */
export function commandUsageEmbed(
  t: Translate,
  locale: Locale,
  usage: CommandUsage,
  { days, isEverywhere }: { readonly days: number; readonly isEverywhere: boolean },
): APIEmbed {
  const { format } = new Intl.NumberFormat(locale);
  const lines = usage.commands.map(({ name, type, uses, failures }, index) =>
    t(failures > 0 ? 'analytics:usage.lineFailed' : 'analytics:usage.line', {
      place: index + 1,
      name: type === 'slash' ? `/${name}` : name,
      uses: format(uses),
      failures: format(failures),
    }),
  );
  return embed('status', {
    title: t(isEverywhere ? 'analytics:usage.titleEverywhere' : 'analytics:usage.titleHere'),
    description: [
      t('analytics:usage.summary', {
        count: days,
        uses: format(usage.uses),
        different: format(usage.different),
      }),
      '',
      ...(lines.length === 0 ? [t('analytics:usage.none')] : lines),
    ].join('\n'),
    footer: t('analytics:usage.fresh'),
    at: usage.until,
  });
}
