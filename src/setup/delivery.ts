import { container, type SapphireClient } from '@sapphire/framework';
import { Delivery } from '#lib/reminders/delivery';
import { maxLatenessMs } from '#lib/reminders/lateness';
import { tellNotice, type NoticeDeps } from '#lib/reminders/notices';
import { Pace } from '#lib/reminders/pace';
import { reachDestination } from '#lib/reminders/destination';
import { findSent, sendOccurrence } from '#lib/reminders/send';

declare module '@sapphire/pieces' {
  interface Container {
    delivery: Delivery;
    /** Where what nobody waits for takes its turn, before each request. */
    pace: Pace;
    /** What it takes to tell of reminders that were not sent. */
    reminderNotices: NoticeDeps;
  }
}

/** Room is left for people for this long after the last of them did something. */
const PEOPLE_ACT_AGAIN_MS = 2_000;

/** What sends the reminders of this process. Needs the database, the settings, the log channel, the clock and the metrics. */
export function setupDelivery(client: SapphireClient): Delivery {
  const { db, clock, log, settings, logChannel, config, openInteractions, metrics } = container;
  const { enableEveryoneMentions } = config;
  const pace = new Pace(() => openInteractions.isBusy(PEOPLE_ACT_AGAIN_MS));
  container.pace = pace;
  const turn = (): Promise<void> => pace.take();
  container.reminderNotices = { client, db, settings, logChannel, clock, log, turn };
  container.delivery = new Delivery({
    db,
    clock,
    log,
    zoneOf: (guildId) => settings.get(guildId, 'system.timezone'),
    isEnabled: (guildId) => settings.get(guildId, 'reminders.enabled'),
    maxLatenessMs: (guildId) => maxLatenessMs(settings, guildId),
    turn,
    prepare: async ({ reminder }) => {
      // What is in the way here is in the way of sending as well, and is sorted there.
      await reachDestination(client, reminder, turn).catch(() => null);
    },
    send: (occurrence, isMine) =>
      sendOccurrence({ client, settings, clock, enableEveryoneMentions }, occurrence, isMine),
    findSent: (occurrence) => findSent(client, occurrence),
    tellLog: async (guildId, level, entry) => {
      await logChannel.post(guildId, level, entry, { turn });
    },
    tellNotice: (occurrence, notice, isMine) => {
      const attempt = { attempts: 1, since: clock.now(), isMine };
      return tellNotice(container.reminderNotices, occurrence, notice, attempt);
    },
    onOutcome: (result, lateMs) => {
      metrics.deliveries.inc({ result });
      if (result === 'sent') metrics.lateness.observe(Math.max(0, lateMs) / 1_000);
    },
  });
  return container.delivery;
}
