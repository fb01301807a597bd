import { ApplyOptions } from '@sapphire/decorators';
import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { removeOldApiKeys } from '#lib/access/keys';
import { removeOldWebSessions } from '#lib/access/sessions';
import { removeOldAccounts } from '#lib/access/supabase-accounts';
import { removeOldAnalytics } from '#lib/analytics/retention';
import { removeOldAnnouncements } from '#lib/announcements/retention';
import { removeOldAssistantRows } from '#lib/assistant/retention';
import { removeOldSentMessages } from '#lib/discord/send-once';
import { removeOldFaqRows } from '#lib/faq/retention';
import { removeOldKeys } from '#lib/http/idempotency';
import { tidyLeaves } from '#lib/invites/record';
import { removeOldPrivacyRows, removeOldSessions } from '#lib/privacy/retention';
import { removeOldReminders } from '#lib/reminders/retention';
import { removeOldHistory } from '#lib/settings/retention';
import { removeOldTickets } from '#lib/tickets/retention';
import { removeOldReceipts } from '#lib/webhooks/receipts';

const HOUR_MS = 60 * 60_000;

/** Removes what nobody needs any more, so that no table grows for ever. */
@ApplyOptions<ScheduledTask.Options>({ interval: HOUR_MS })
export class Retention extends ScheduledTask {
  #lastAt: Date | null = null;

  public override async run(): Promise<void> {
    const { db, clock } = this.container;
    const now = clock.now();
    // Whoever moves the clock by minutes runs it each time.
    if (this.#lastAt !== null && now.getTime() - this.#lastAt.getTime() < HOUR_MS / 2) return;
    await removeOldReminders(db, now);
    await removeOldHistory(db, now);
    await removeOldAnnouncements(db, now);
    await removeOldSessions(db, now);
    await removeOldPrivacyRows(db, now);
    await removeOldTickets(db, now);
    await removeOldAssistantRows(db, now);
    await removeOldFaqRows(db, now);
    await removeOldKeys(db, now);
    await removeOldSentMessages(db, now);
    await removeOldWebSessions(db, now);
    await removeOldApiKeys(db, now);
    await removeOldAccounts(db, now);
    await removeOldAnalytics(db, now);
    await removeOldReceipts(db, now);
    await tidyLeaves(db);
    this.#lastAt = now;
  }
}
