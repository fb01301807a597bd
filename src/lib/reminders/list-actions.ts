import { MessageFlags } from 'discord.js';
import { actorOf } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { translator, type Locale } from '#lib/i18n/translate';
import type { Clock } from '#lib/time/clock';
import { update, type ComponentInteraction } from '#lib/ui/answer';
import { listFailed } from './failed.ts';
import { listFilterOf, readListPage, type ListFilterName, type ListViewer } from './list.ts';
import { listMessage, type ListMessage } from './list-view.ts';

interface ListDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/** What `/reminder_list` answers, and each of its pages. */
export async function showList(
  { db, clock }: ListDeps,
  locale: Locale,
  guildId: string,
  viewer: ListViewer,
  wanted: { readonly filter: ListFilterName; readonly page: number },
): Promise<ListMessage> {
  const [list, { total: failed }] = await Promise.all([
    readListPage(db, guildId, viewer, wanted),
    listFailed(db, guildId, viewer.actor, 1),
  ]);
  return listMessage(translator(locale), locale, list, failed, clock.now());
}

/** Turns to another page of a list, or narrows it to what was picked. */
export async function useListComponent(
  deps: ListDeps,
  locale: Locale,
  interaction: ComponentInteraction<'cached'>,
  id:
    | { readonly action: 'list'; readonly filter: string; readonly page: string }
    | { readonly action: 'filter' },
): Promise<void> {
  // The list is shown to one person alone; its components anywhere else were copied.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/reminder_list' });
  const wanted =
    id.action === 'list'
      ? { filter: listFilterOf(id.filter), page: Number.parseInt(id.page, 10) || 0 }
      : {
          filter: listFilterOf((interaction.isStringSelectMenu() && interaction.values[0]) || ''),
          page: 0,
        };
  const viewer = { actor: actorOf(interaction), channelId: interaction.channelId };
  await update(interaction, await showList(deps, locale, interaction.guildId, viewer, wanted));
}
