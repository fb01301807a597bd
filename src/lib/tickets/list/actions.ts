import { MessageFlags, type APIMessageTopLevelComponent, type ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { answer, update, type ComponentInteraction } from '#lib/ui/answer';
import { categoriesOf } from '../categories.ts';
import { categoryNames } from '../category-names.ts';
import type { TicketDeps } from '../deps.ts';
import { isAnyStaff, scopeOf } from '../scope.ts';
import type { ListId } from './custom-ids.ts';
import {
  LIST_STATUSES,
  readCategoryChoice,
  readCursor,
  readFilter,
  writeCursor,
  type ListCursor,
  type ListFilter,
} from './filter.ts';
import { readTicketPage } from './page.ts';
import { listPanel } from './view.ts';

type Viewer = ChatInputCommandInteraction<'cached'> | ComponentInteraction<'cached'>;

async function panel(
  deps: TicketDeps,
  { guild, guildId, member, locale }: Viewer,
  filter: ListFilter,
  cursor: ListCursor | null,
): Promise<APIMessageTopLevelComponent[]> {
  const scope = await scopeOf(deps, guild, member);
  const isStaff = isAnyStaff(scope);
  const [page, names, categories] = await Promise.all([
    readTicketPage(deps.db, guildId, scope, filter, cursor),
    categoryNames(deps.db, guildId),
    isStaff ? categoriesOf(deps.db, guildId) : [],
  ]);
  return listPanel(translator(localeOf(locale)), {
    page,
    filter,
    viewerId: member.id,
    isStaff,
    categories: scope.all ? categories : categories.filter(({ id }) => scope.categoryIds.includes(id)),
    names,
    cursor: page.previous === null ? '' : writeCursor(cursor),
  });
}

/** What `/ticket_list` answers: staff see the tickets that they handle, a member their own. */
export async function showTickets(
  deps: TicketDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  filter: ListFilter,
): Promise<void> {
  const components = await panel(deps, interaction, filter, null);
  await answer(interaction, { flags: MessageFlags.IsComponentsV2, components });
}

/** Turns to another page of the list, or narrows it. */
export async function useTicketList(
  deps: TicketDeps,
  interaction: ComponentInteraction<'cached'>,
  id: ListId,
): Promise<void> {
  // The list is shown to one person alone; its components anywhere else were copied.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/ticket_list' });
  const cursor = 'cursor' in id ? readCursor(id.cursor) : null;
  await update(interaction, {
    components: await panel(deps, interaction, filterOf(interaction, id), cursor),
  });
}

/** What the list is narrowed to after a component of it was used. */
function filterOf(interaction: ComponentInteraction<'cached'>, id: ListId): ListFilter {
  const filter = readFilter(id);
  const [value] = interaction.isButton() ? [] : interaction.values;
  switch (id.action) {
    case 'page':
    case 'refresh':
      return filter;
    case 'status':
      return { ...filter, status: LIST_STATUSES.find((status) => status === value) ?? 'allOpen' };
    case 'category':
      return { ...filter, category: readCategoryChoice(value === undefined || value === 'all' ? '' : value) };
    case 'claimed':
      return { ...filter, claimedBy: value ?? 'anybody' };
    case 'opener':
      return { ...filter, openerId: value ?? null };
    case 'mine':
    case 'nobody': {
      const wanted = id.action === 'mine' ? interaction.user.id : 'nobody';
      return { ...filter, claimedBy: filter.claimedBy === wanted ? 'anybody' : wanted };
    }
  }
}
