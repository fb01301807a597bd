import type { APIContainerComponent, Guild } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import type { Note } from '#lib/ui/components';
import { categoriesOf } from '../categories.ts';
import type { TicketDeps } from '../deps.ts';
import { lacksOf } from './lacks.ts';
import { fieldScreen, formScreen } from './field-views.ts';
import { categoryScreen, homeScreen } from './views.ts';

/** What a screen is made for: whose tickets, in which language. */
export interface Viewer {
  readonly deps: TicketDeps;
  readonly guild: Guild;
  readonly t: Translate;
}

export type Screen = APIContainerComponent[];

/** What members can open, as it is now. */
export async function showHome({ deps, guild, t }: Viewer, note: Note | null): Promise<Screen> {
  const categories = await categoriesOf(deps.db, guild.id);
  const overrides = await deps.settings.overrides(guild.id);
  const settings = await deps.settings.list(guild.id);
  return homeScreen(t, { categories, settings, lacks: lacksOf(guild, categories, overrides) }, note);
}

/** One category as it is now; where it is gone, all of them. */
export async function showCategory(
  viewer: Viewer,
  id: number,
  note: Note | null,
  isDeleting = false,
): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const categories = await categoriesOf(deps.db, guild.id);
  const category = categories.find((one) => one.id === id);
  if (category === undefined)
    return showHome(viewer, note ?? { kind: 'refused', text: t('ticket-setup:gone.category') });
  return categoryScreen(t, guild, categories, category, note, isDeleting);
}

/** The form of a category as it is now; where the category is gone, all of them. */
export async function showForm(viewer: Viewer, id: number, note: Note | null): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const category = (await categoriesOf(deps.db, guild.id)).find((one) => one.id === id);
  return category === undefined ? showCategory(viewer, id, note) : formScreen(t, category, note);
}

/** One field as it is now; where it is gone, those that are left. */
export async function showField(
  viewer: Viewer,
  id: number,
  fieldId: string,
  note: Note | null,
  isDeleting = false,
): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const category = (await categoriesOf(deps.db, guild.id)).find((one) => one.id === id);
  const field = category?.form.find((one) => one.id === fieldId);
  if (category === undefined || field === undefined)
    return showForm(viewer, id, note ?? { kind: 'refused', text: t('ticket-setup:gone.field') });
  return fieldScreen(t, category, field, note, isDeleting);
}
