import type { Settings } from '#lib/settings/settings';

const HOUR_MS = 60 * 60_000;

/** How late a message of this guild may be, in ms. */
export async function maxLatenessMs(settings: Settings, guildId: string): Promise<number> {
  return HOUR_MS * (await settings.get(guildId, 'reminders.max_lateness_hours'));
}
