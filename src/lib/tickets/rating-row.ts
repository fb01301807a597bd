import type { APIActionRowComponent, APIComponentInMessageActionRow } from 'discord.js';
import { button, row } from '#lib/ui/components';
import { ticketIds } from './custom-ids.ts';

/** How help can be rated. */
export const STARS = [1, 2, 3, 4, 5] as const;

/** One to five stars for the help in a ticket; they work in direct messages too. */
export function ratingRow(
  guildId: string,
  ticketId: number,
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return row(
    ...STARS.map((stars) =>
      button(
        '⭐'.repeat(stars),
        ticketIds.build('rate', { guild: guildId, ticket: String(ticketId), stars: String(stars) }),
      ),
    ),
  );
}
