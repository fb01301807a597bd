import { UserError } from '#lib/errors/user-error';
import { html } from '#lib/http/html';
import { deleteReminder } from '#lib/reminders/delete';
import { readEditable } from '#lib/reminders/edit';
import { deletedLogEntry, deletedText } from '#lib/reminders/views';
import type { DashboardDeps } from './deps.ts';
import { csrfField, guildPath } from './layout.ts';
import { pathNumber, type GuildCall, type PageReply } from './page-route.ts';
import { reminderPath, summary } from './reminders.ts';

/** Asks once more before a reminder is deleted. */
export async function reminderDeletePage(deps: DashboardDeps, call: GuildCall): Promise<PageReply> {
  const { t, guild, actor, session } = call;
  const id = pathNumber(call, 'reminder_id');
  const reminder = await readEditable(deps.db, guild.id, id, actor);
  const body = html`<div class="card">
    <p><strong>${reminder.name}</strong> <span class="quiet">#${id}</span></p>
    <p>${summary(call, reminder)}</p>
    <p>${t('dashboard:reminders.deleteForGood')}</p>
    <form class="buttons" method="post" action="${reminderPath(guild.id, id)}/delete">
      ${csrfField(session)}<button class="danger">${t('dashboard:delete')}</button
      ><a class="button" href="${guildPath(guild.id, 'reminders')}">${t('dashboard:reminders.keep')}</a>
    </form>
  </div>`;
  return { kind: 'page', title: t('dashboard:reminders.deleteTitle'), body };
}

/** Deletes a reminder. */
export async function confirmReminderDelete(
  { db, logChannel }: DashboardDeps,
  call: GuildCall,
): Promise<PageReply> {
  const { t, guild, actor, session } = call;
  const path = guildPath(guild.id, 'reminders');
  try {
    const reminder = await deleteReminder(db, guild.id, pathNumber(call, 'reminder_id'), actor);
    if (reminder.recipientId === null)
      await logChannel.post(guild.id, 'info', deletedLogEntry(reminder, session.userId));
    return { kind: 'see', path, say: { kind: 'done', text: deletedText(t, reminder) } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'see', path, say: { kind: 'refused', text: t(error.sentence, error.values) } };
  }
}
