import { permissionNames } from '#lib/discord/usable';
import { memberMention } from '#lib/i18n/member-mention';
import type { SentenceKey, SentenceValues } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { TICKET_CATEGORY_PERMISSIONS } from '#lib/settings/definitions';
import type { PlaceTrouble } from './place.ts';
import type { Ticket } from './ticket.ts';

/** Why no channel could be made, as a sentence for admins. */
export function troubleSentence(trouble: PlaceTrouble): { key: SentenceKey; values: SentenceValues } {
  switch (trouble.why) {
    case 'unset':
      return { key: 'tickets:trouble.unset', values: {} };
    case 'gone':
      return { key: 'tickets:trouble.gone', values: {} };
    case 'full':
      return { key: 'tickets:trouble.full', values: {} };
    case 'permission':
      return {
        key: 'tickets:trouble.permission',
        values: {
          channel: `<#${trouble.channelId}>`,
          permissions: permissionNames(
            trouble.permissions.length > 0 ? trouble.permissions : TICKET_CATEGORY_PERMISSIONS,
          ),
        },
      };
  }
}

/** For the log channel: a member could not open a ticket, and what to do about it. */
export function troubleLogEntry(ticket: Ticket, trouble: PlaceTrouble): LogEntry {
  return (t) => {
    const { key, values } = troubleSentence(trouble);
    return {
      title: t('tickets:trouble.title'),
      description: `${t('tickets:trouble.who', { member: memberMention(t, ticket.userId) })}\n${t(key, values)}`,
    };
  };
}

/** For the log channel: the bot may no longer change a ticket's channel. */
export function permissionLogEntry(ticket: Ticket): LogEntry {
  return (t) => ({
    title: t('tickets:trouble.channelTitle', { number: ticket.id }),
    description: t('tickets:trouble.channel', {
      channel: `<#${ticket.channelId}>`,
      permissions: permissionNames(TICKET_CATEGORY_PERMISSIONS),
    }),
  });
}
