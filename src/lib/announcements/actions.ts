import type { ButtonInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Locale, type Translate } from '#lib/i18n/translate';
import { openEdit } from '#lib/reminders/edit-actions';
import { reminderName, scheduleText } from '#lib/reminders/views';
import { claim, update } from '#lib/ui/answer';
import type { announcementIds } from './custom-ids.ts';
import { followAnswer, undoAnnounced } from './follow.ts';
import { readAnnouncementRow } from './queries.ts';
import type { Spot } from './views.ts';
import { tellOutcome } from './tell.ts';
import { contextOf, type WatchDeps } from './watch.ts';

export type AnnouncementId = Exclude<ReturnType<typeof announcementIds.parse>, 'outdated'>;

/** Takes back the reminder of a post; the entry in the log then says who did. */
export async function useUndo(
  deps: WatchDeps,
  interaction: ButtonInteraction,
  id: AnnouncementId,
): Promise<void> {
  await requireMine(deps, interaction, id);
  await claim(interaction);
  const reminder = await undoAnnounced(deps.db, id.guild, id.message);
  if (reminder === null) throw new UserError('announcements:answered.gone');
  const t = translator(await deps.settings.get(id.guild, 'system.language'));
  await update(interaction, {
    components: [],
    content: t('announcements:undone', {
      id: reminder.id,
      name: reminderName(reminder),
      by: `<@${interaction.user.id}>`,
    }),
    allowedMentions: { parse: [] },
  });
}

/** Opens the window in which the reminder of a post is changed. */
export async function useEdit(
  deps: WatchDeps,
  interaction: ButtonInteraction,
  id: AnnouncementId,
): Promise<void> {
  if (!interaction.inCachedGuild()) throw new UserError('common:guildOnly');
  const { reminderId } = await requireMine(deps, interaction, id);
  if (reminderId === null) throw new UserError('announcements:answered.gone');
  await openEdit(deps, interaction, reminderId);
}

/** Answers the question whether a post is an announcement; the question then shows what came of it. */
export async function useAnswer(
  deps: WatchDeps,
  interaction: ButtonInteraction,
  id: AnnouncementId,
): Promise<void> {
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const post = await requireMine(deps, interaction, id);
  await claim(interaction);
  const language = await deps.settings.get(id.guild, 'system.language');
  const outcome = await followAnswer(
    deps.db,
    id.guild,
    id.message,
    id.action === 'yes',
    contextOf(deps, language),
  );
  await update(interaction, { components: [], embeds: [], content: answeredText(t, locale, outcome) });
  if (outcome.kind === 'created' || outcome.kind === 'repeated')
    await tellOutcome(deps, outcome, { ...post, authorId: interaction.user.id });
}

function answeredText(
  t: Translate,
  locale: Locale,
  outcome: Awaited<ReturnType<typeof followAnswer>>,
): string {
  switch (outcome.kind) {
    case 'created': {
      const { reminder } = outcome;
      return t('announcements:answered.created', {
        id: reminder.id,
        name: reminderName(reminder),
        when: scheduleText(t, locale, reminder),
        channel: `<#${reminder.channelId}>`,
      });
    }
    case 'repeated':
      return t('announcements:answered.repeated', {
        id: outcome.reminder.id,
        name: reminderName(outcome.reminder),
      });
    case 'declined':
      return t('announcements:answered.declined');
    case 'too-late':
      return t('announcements:answered.tooLate');
    default:
      return t('announcements:answered.gone');
  }
}

/**
 * The post that a button names, for its author or an admin of its server. A button in a direct message was sent to its author alone.
 * @throws UserError for anyone else, and where the post is no longer known.
 */
async function requireMine(
  { db }: WatchDeps,
  interaction: ButtonInteraction,
  { guild: guildId, message: messageId }: AnnouncementId,
): Promise<Spot & { readonly reminderId: number | null }> {
  const row = await readAnnouncementRow(db, guildId, messageId);
  if (row === undefined) throw new UserError('announcements:answered.gone');
  // Elsewhere the button was copied, and the person's rights there say nothing about here.
  const isHere = interaction.guildId === guildId || interaction.guildId === null;
  const isMine =
    interaction.user.id === row.authorId ||
    (interaction.guildId === guildId && isAdmin(actorOf(interaction)));
  if (!isHere || !isMine) throw new UserError('announcements:notYours');
  return { guildId, channelId: row.channelId, messageId, reminderId: row.reminderId };
}
