import type { ChatInputCommandInteraction } from 'discord.js';
import { localeOf, translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { addDays } from '#lib/time/calendar';
import { dateIn, instantOf } from '#lib/time/wall-clock';
import { answer } from '#lib/ui/answer';
import { budgetsOf, spentOf } from './budgets.ts';
import { readHealth, topSpenders, usageSince } from './calls.ts';
import type { AssistantDeps } from './deps.ts';
import { countWaiting } from './pending.ts';
import { statusEmbed, usageEmbed } from './usage-view.ts';

const MONTH_DAYS = 30;
const TOP_SHOWN = 5;

type Asking = ChatInputCommandInteraction<'cached'>;

/** Shows an admin what the AI is used for here, what it costs and whose questions cost most. What was asked is known to nobody. */
export async function showUsage({ db, settings, clock }: AssistantDeps, interaction: Asking): Promise<void> {
  const { guildId } = interaction;
  const locale = localeOf(interaction.locale);
  const now = clock.now();
  const overrides = await settings.overrides(guildId);
  const zone = effectiveValue(overrides, 'system.timezone');
  const [budget] = budgetsOf(
    { now, zone, guildId, userId: null },
    {
      hostCents: null,
      guildCents: effectiveValue(overrides, 'gpt.guild_daily_budget_cents'),
      memberCents: 0,
    },
  );
  if (budget === undefined) throw new TypeError('a guild has a budget');
  const firstDay = addDays(budget.day, 1 - MONTH_DAYS);
  const [today, month, top, [spent = 0]] = await Promise.all([
    usageSince(db, guildId, beginningOf(budget.day, zone)),
    usageSince(db, guildId, beginningOf(firstDay, zone)),
    topSpenders(db, guildId, firstDay, TOP_SHOWN),
    spentOf(db, [budget]),
  ]);
  const report = { today, month, top, budget: { spent, limit: budget.limit, until: budget.until } };
  await answer(interaction, {
    embeds: [usageEmbed(translator(locale), locale, report, now)],
    allowedMentions: { parse: [] },
  });
}

/** Shows an admin which AI it is and how it does. */
export async function showStatus(
  { db, settings, clock, provider }: AssistantDeps,
  interaction: Asking,
): Promise<void> {
  const { guildId } = interaction;
  const locale = localeOf(interaction.locale);
  const now = clock.now();
  const overrides = await settings.overrides(guildId);
  const zone = effectiveValue(overrides, 'system.timezone');
  const [health, waiting] = await Promise.all([
    readHealth(db, guildId, beginningOf(dateIn(zone, now), zone)),
    countWaiting(db, guildId),
  ]);
  const report = {
    provider:
      provider === null
        ? null
        : { host: provider.host, model: effectiveValue(overrides, 'gpt.model') ?? provider.model },
    isEnabled: effectiveValue(overrides, 'gpt.enabled'),
    health,
    waiting,
  };
  await answer(interaction, { embeds: [statusEmbed(translator(locale), locale, report, now)] });
}

function beginningOf(day: string, zone: string): Date {
  return instantOf({ date: day, time: '00:00' }, zone).instant;
}
