import { addDays } from '#lib/time/calendar';
import { instantOf, wallClockOf } from '#lib/time/wall-clock';

const MINUTE_MS = 60_000;
const [TONIGHT, TOMORROW] = ['20:00', '09:00'] as const;

/** What is offered to whoever wants to be reminded again, beside a time of their own. */
export const SNOOZE_PRESETS = ['tenMinutes', 'hour', 'tonight', 'tomorrow'] as const;
export type SnoozePreset = (typeof SNOOZE_PRESETS)[number];

/** A preset by its name in a component; null when there is none of that name. */
export function snoozePresetOf(name: string): SnoozePreset | null {
  return SNOOZE_PRESETS.find((preset) => preset === name) ?? null;
}

/**
 * The instant that a preset stands for, in the guild's zone; null when it is past, as tonight is after 20:00.
 * @param zone IANA name.
 */
export function snoozeInstant(preset: SnoozePreset, zone: string, now: Date): Date | null {
  switch (preset) {
    case 'tenMinutes':
      return new Date(now.getTime() + 10 * MINUTE_MS);
    case 'hour':
      return new Date(now.getTime() + 60 * MINUTE_MS);
    case 'tonight': {
      const { instant } = instantOf({ date: wallClockOf(now, zone).date, time: TONIGHT }, zone);
      return instant > now ? instant : null;
    }
    case 'tomorrow':
      return instantOf({ date: addDays(wallClockOf(now, zone).date, 1), time: TOMORROW }, zone).instant;
  }
}
