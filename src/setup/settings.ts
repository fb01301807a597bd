import { container } from '@sapphire/framework';
import type { OpenDatabase } from '#lib/database/database';
import type { Caches } from '#lib/limits/caches';
import { SETTINGS_CHANGED_CHANNEL } from '#lib/settings/queries';
import { Settings } from '#lib/settings/settings';
import { moveGuildReminders } from '#lib/reminders/move';
import { panelsChanged as startButtonsChanged } from '#lib/onboarding/panel';
import { moveIdleTickets } from '#lib/tickets/idle';
import { panelsChanged as ticketPanelsChanged } from '#lib/tickets/panels/panels';
import type { Clock } from '#lib/time/clock';

declare module '@sapphire/pieces' {
  interface Container {
    settings: Settings;
  }
}

/** Reads and writes guild settings, hears of other processes' changes, and ties to them what follows from a change. */
export async function setupSettings(database: OpenDatabase, clock: Clock, caches: Caches): Promise<void> {
  const settings = new Settings({ db: database.db, clock, caches });
  for (const key of ['reminders.offset_minutes', 'reminders.pre_alerts', 'system.timezone'] as const)
    settings.onChange(key, (trx, change) => moveGuildReminders(trx, change, clock.now()));
  for (const key of ['ticketbot.idle_days_threshold', 'ticketbot.auto_close_days_threshold'] as const)
    settings.onChange(key, moveIdleTickets);
  settings.onChange('onboarding.mode', async (trx, { guildId }) => {
    await startButtonsChanged(trx, guildId, clock.now());
    return [];
  });
  settings.onChange('system.language', async (trx, { guildId }) => {
    await startButtonsChanged(trx, guildId, clock.now());
    await ticketPanelsChanged(trx, guildId, clock.now());
    return [];
  });
  await database.listen(
    SETTINGS_CHANGED_CHANNEL,
    (guildId) => settings.invalidate(guildId),
    () => settings.invalidateAll(),
  );
  container.settings = settings;
}
