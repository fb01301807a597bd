import type { ExpressionBuilder } from 'kysely';
import type { DB } from '#db/types';
import { isAdmin, type Actor } from '#lib/access/who';
import type { Database } from '#lib/database/database';
import {
  byNextDue,
  isReadableBy,
  nextDueAt,
  REMINDER_COLUMNS,
  toReminder,
  type ListedReminder,
} from './queries.ts';

/** What a list can be narrowed to. */
export const LIST_FILTERS = [
  'all',
  'mine',
  'channel',
  'recurring',
  'oneOff',
  'paused',
  'announcement',
] as const;
export type ListFilterName = (typeof LIST_FILTERS)[number];

/** Reminders on one page of a list. */
export const LIST_PAGE_SIZE = 10;

/** Who looks at a list, and in which channel. */
export interface ListViewer {
  readonly actor: Actor;
  readonly channelId: string;
}

export interface ListPage {
  readonly filter: ListFilterName;
  /** The first is 0. */
  readonly page: number;
  /** At least one. */
  readonly pages: number;
  readonly reminders: readonly ListedReminder[];
  /** How many reminders each filter would show. */
  readonly counts: Readonly<Record<ListFilterName, number>>;
}

type Reminders = ExpressionBuilder<DB, 'reminders'>;

function matches(eb: Reminders, filter: ListFilterName, { actor, channelId }: ListViewer) {
  switch (filter) {
    case 'all':
      return eb.lit(true);
    case 'mine':
      return eb('created_by', '=', actor.userId);
    case 'channel':
      return eb.and([eb('channel_id', '=', channelId), eb('recipient_id', 'is', null)]);
    case 'recurring':
      return eb('event_time', 'is', null);
    case 'oneOff':
      return eb('event_time', 'is not', null);
    case 'paused':
      return eb('paused_at', 'is not', null);
    case 'announcement':
      return eb('source', '=', 'announcement');
  }
}

/** A member sees what they made and what goes to the channel where they are, an admin all; what goes to one person, only they. */
function visibleTo(db: Database, guildId: string, { actor, channelId }: ListViewer) {
  return db
    .selectFrom('reminders')
    .where('reminders.guild_id', '=', guildId)
    .where('finished_at', 'is', null)
    .where(isReadableBy(actor.userId))
    .$if(!isAdmin(actor), (query) =>
      query.where((eb) => eb.or([eb('created_by', '=', actor.userId), eb('channel_id', '=', channelId)])),
    );
}

/**
 * One page of the reminders that are not finished, those due next first; the last page when there are fewer than that by now.
 */
export async function readListPage(
  db: Database,
  guildId: string,
  viewer: ListViewer,
  wanted: { readonly filter: ListFilterName; readonly page: number },
): Promise<ListPage> {
  const { filter } = wanted;
  const row = await visibleTo(db, guildId, viewer)
    .select((eb) =>
      LIST_FILTERS.map((name) =>
        eb.fn
          .countAll<string>()
          .filterWhere((where) => matches(where, name, viewer))
          .as(name),
      ),
    )
    .executeTakeFirstOrThrow();
  const counts = Object.fromEntries(LIST_FILTERS.map((name) => [name, Number(row[name])])) as Record<
    ListFilterName,
    number
  >;
  const pages = Math.max(1, Math.ceil(counts[filter] / LIST_PAGE_SIZE));
  const page = Math.min(Math.max(0, wanted.page), pages - 1);
  const rows = await visibleTo(db, guildId, viewer)
    .where((eb) => matches(eb, filter, viewer))
    .select(REMINDER_COLUMNS)
    .select(nextDueAt)
    .orderBy(byNextDue)
    .orderBy('reminders.id')
    .limit(LIST_PAGE_SIZE)
    .offset(page * LIST_PAGE_SIZE)
    .execute();
  const reminders = rows.map((found) => ({ ...toReminder(found), nextDueAt: found.next_due_at }));
  return { filter, page, pages, reminders, counts };
}

/** A filter by its name in a component; all where an id says something else. */
export function listFilterOf(name: string): ListFilterName {
  return LIST_FILTERS.find((filter) => filter === name) ?? 'all';
}
