import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { removeOldAnnouncements } from '#lib/announcements/retention';
import { removeOldPrivacyRows, removeOldSessions } from '#lib/privacy/retention';
import { removeOldReminders } from '#lib/reminders/retention';
import { removeOldHistory } from '#lib/settings/retention';

/** Removes what nobody needs any more, so that no table grows for ever. */
@ApplyOptions<ScheduledTask.Options>({ interval: 60 * 60_000 })
export class Retention extends ScheduledTask {
  public override async run(): Promise<void> {
    const { db, clock } = this.container;
    const now = clock.now();
    await removeOldReminders(db, now);
    await removeOldHistory(db, now);
    await removeOldAnnouncements(db, now);
    await removeOldSessions(db, now);
    await removeOldPrivacyRows(db, now);
  }
}
