import type { ChatInputCommandInteraction } from 'discord.js';
import { localeOf, translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { answer } from '#lib/ui/answer';
import type { AnalyticsDeps } from './deps.ts';
import { isConnected } from '#lib/discord/connected';
import { latencyMs, readHealth } from './health.ts';
import { healthEmbed, SWITCHES } from './health-view.ts';

const PING_MS = 2_000;

/** Shows an admin how the bot does and what is switched on in their guild. It answers also when the database does not. */
export async function showHealth(
  deps: AnalyticsDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const { client, clock, settings, provider } = deps;
  const locale = localeOf(interaction.locale);
  const databaseMs = await pingMs(deps);
  const health = await readHealth(deps);
  const overrides =
    databaseMs === null ? null : await settings.overrides(interaction.guildId).catch(() => null);
  const report = {
    databaseMs,
    isOnline: isConnected(client),
    gatewayMs: latencyMs({ client }),
    isSchedulerUp: deps.isSchedulerWorking(),
    startedAt: new Date(clock.now().getTime() - health.uptimeSeconds * 1_000),
    version: health.version,
    hasAi: provider !== null,
    aiStatus: health.counts?.ai ?? null,
    switches:
      overrides === null ? null : SWITCHES.map((key) => ({ key, isOn: effectiveValue(overrides, key) })),
  };
  await answer(interaction, { embeds: [healthEmbed(translator(locale), report, clock.now())] });
}

/** How long the database takes to answer, in ms; null when it does not. */
async function pingMs({ database }: Pick<AnalyticsDeps, 'database'>): Promise<number | null> {
  const from = performance.now();
  return (await database.isHealthy(PING_MS)) ? Math.round(performance.now() - from) : null;
}
