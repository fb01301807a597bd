import type { Guild } from 'discord.js';
import { requireUsableChannel } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import { definitions } from '#lib/settings/definitions';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { escapeMarkdown } from '#lib/text/sanitize';
import { openKinds, type TicketCategory } from '../categories.ts';

/** Why tickets do not work yet as they are set up. */
export interface Lack {
  readonly sentence: SentenceKey;
  readonly values?: SentenceValues;
}

/** More would not fit beside the list, and each of them is enough to do. */
const SHOWN_MAX = 5;

/** What is in the way of members who open a ticket now; empty when everything works. */
export function lacksOf(guild: Guild, categories: readonly TicketCategory[], overrides: Overrides): Lack[] {
  const kinds = openKinds(categories);
  if (kinds.length === 0) return [{ sentence: 'ticket-setup:lack.allOff' }];
  const lacks = [
    ...kinds.flatMap((category) => placeLacks(guild, category, overrides)),
    ...roleLacks(guild, kinds, overrides),
  ];
  const different = new Map(lacks.map((lack) => [JSON.stringify(lack), lack]));
  return [...different.values()].slice(0, SHOWN_MAX);
}

function placeLacks(guild: Guild, category: TicketCategory | null, overrides: Overrides): Lack[] {
  const parentId = category?.parentId ?? effectiveValue(overrides, 'ticketbot.category_id');
  const name = category === null ? '' : escapeMarkdown(category.name);
  if (parentId === null) {
    const others = [
      effectiveValue(overrides, 'ticketbot.fallback_category_id'),
      effectiveValue(overrides, 'ticketbot.thread_channel_id'),
    ];
    if (others.some((id) => id !== null)) return [];
    return category === null
      ? [{ sentence: 'ticket-setup:lack.place' }]
      : [{ sentence: 'ticket-setup:lack.placeOf', values: { category: name } }];
  }
  if (!guild.channels.cache.has(parentId))
    return category === null || category.parentId === null
      ? [{ sentence: 'ticket-setup:lack.placeGone' }]
      : [{ sentence: 'ticket-setup:lack.placeGoneOf', values: { category: name } }];
  try {
    requireUsableChannel(guild, parentId, definitions['ticketbot.category_id']);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ sentence: error.sentence, values: error.values }];
  }
}

function roleLacks(guild: Guild, kinds: readonly (TicketCategory | null)[], overrides: Overrides): Lack[] {
  const ofServer = effectiveValue(overrides, 'ticketbot.staff_role_id');
  const isGone = (id: string | null): boolean => id !== null && !guild.roles.cache.has(id);
  const nobody = kinds.some((category) => ofServer === null && (category?.staffRoleId ?? null) === null);
  const gone = kinds.filter(
    (category) => isGone(category?.staffRoleId ?? null) || isGone(category?.escalationRoleId ?? null),
  );
  return [
    ...(nobody ? [{ sentence: 'ticket-setup:lack.staff' } as const] : []),
    ...(isGone(ofServer) ? [{ sentence: 'ticket-setup:lack.staffGone' } as const] : []),
    ...gone.map((category): Lack => ({
      sentence: 'ticket-setup:lack.roleGoneOf',
      values: { category: escapeMarkdown(category?.name ?? '') },
    })),
  ];
}
