import { MessageFlags, type Client, type InteractionReplyOptions } from 'discord.js';
import type { Actor } from '#lib/access/who';
import { actorOf } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Settings } from '#lib/settings/settings';
import type { Clock } from '#lib/time/clock';
import { claim, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { dropFailed, listFailed, retryFailed, type FailedOccurrence } from './failed.ts';
import { failedHandledLogEntry, failedPanel, FAILED_SHOWN } from './failed-views.ts';
import { obstacleTo, reachDestination } from './destination.ts';
import { reminderName } from './views.ts';

interface FailedDeps {
  readonly db: Database;
  readonly client: Client;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

export interface FailedId {
  readonly action: 'retry' | 'drop';
  readonly occurrence: string;
}

/** What `/reminder_failed` answers. */
export async function showFailed(
  db: Database,
  t: Translate,
  guildId: string,
  actor: Actor,
  note: Note | null = null,
): Promise<Pick<InteractionReplyOptions, 'components'> & { flags: MessageFlags.IsComponentsV2 }> {
  const listed = await listFailed(db, guildId, actor, FAILED_SHOWN);
  return { components: failedPanel(t, listed, note), flags: MessageFlags.IsComponentsV2 };
}

/** Retries or drops a failed message and shows what is left; a refusal is shown above it. */
export async function useFailedButton(
  deps: FailedDeps,
  t: Translate,
  interaction: ComponentInteraction<'cached'>,
  id: FailedId,
): Promise<void> {
  const { db, logChannel } = deps;
  const { guildId } = interaction;
  const actor = actorOf(interaction);
  // The list is shown to one person alone; its buttons anywhere else were copied.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/reminder_failed' });
  await claim(interaction);
  try {
    const failed = await handle(deps, guildId, actor, id);
    const { reminder } = failed;
    const note: Note = {
      kind: 'done',
      text: t(id.action === 'retry' ? 'reminders:failed.retried' : 'reminders:failed.dropped', {
        id: reminder.id,
        name: reminderName(reminder),
      }),
    };
    const { components } = await showFailed(db, t, guildId, actor, note);
    await Promise.all([
      update(interaction, { components }),
      reminder.recipientId === null &&
        logChannel.post(guildId, 'info', failedHandledLogEntry(failed, id.action, interaction.user.id)),
    ]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const note: Note = { kind: 'refused', text: t(error.sentence, error.values) };
    const { components } = await showFailed(db, t, guildId, actor, note);
    await update(interaction, { components });
  }
}

async function handle(
  { db, client, settings, clock }: FailedDeps,
  guildId: string,
  actor: Actor,
  { action, occurrence }: FailedId,
): Promise<FailedOccurrence> {
  if (action === 'drop') return dropFailed(db, guildId, occurrence, actor);
  if (!(await settings.get(guildId, 'reminders.enabled'))) throw new UserError('reminders:disabled');
  return retryFailed(db, guildId, occurrence, actor, clock.now(), async (reminder) => {
    await reachDestination(client, reminder).catch(() => null);
    return obstacleTo(client, reminder);
  });
}
