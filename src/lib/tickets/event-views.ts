import { ButtonStyle, type MessageCreateOptions } from 'discord.js';
import { memberMention } from '#lib/i18n/member-mention';
import type { SentenceKey, SentenceValues, Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, row } from '#lib/ui/components';
import type { LogLevel } from '#lib/ui/embeds';
import { ticketIds } from './custom-ids.ts';
import type { TicketEvent } from './events.ts';
import type { Ticket } from './ticket.ts';

const REASON_MAX = 500;
const DESCRIPTION_MAX = 500;

function who(t: Translate, id: string | null): string {
  return id === null ? t('tickets:me') : memberMention(t, id);
}

/** What the ticket's channel is told of an event; null when it is told nothing. @param categoryName the new one, of a ticket that moved. */
export function sayEvent(
  t: Translate,
  ticket: Ticket,
  event: TicketEvent,
  categoryName: string | null,
): Pick<MessageCreateOptions, 'content' | 'components' | 'allowedMentions'> | null {
  const actor = who(t, event.actorId);
  const member = event.memberId === null ? '' : memberMention(t, event.memberId);
  const opener = memberMention(t, ticket.userId);
  const say = (
    key: SentenceKey,
    values: SentenceValues = {},
    pings: { users?: string[]; roles?: string[] } = {},
  ): Pick<MessageCreateOptions, 'content' | 'components' | 'allowedMentions'> => ({
    content: withReason(t, t(key, { actor, member, opener, ...values }), event.reason),
    allowedMentions: { parse: [], users: pings.users ?? [], roles: pings.roles ?? [] },
  });
  const of = { ticket: String(ticket.id) };
  const openerPing = ticket.userId === '0' ? {} : { users: [ticket.userId] };
  switch (event.kind) {
    case 'claimed':
      return say('tickets:say.claimed');
    case 'released':
      return say('tickets:say.released');
    case 'transferred':
      return say('tickets:say.transferred', {}, event.memberId === null ? {} : { users: [event.memberId] });
    case 'waiting':
      return say('tickets:say.waiting', {}, openerPing);
    case 'escalated': {
      const role = ticket.escalatedTo === null ? '' : `<@&${ticket.escalatedTo}>`;
      return say(
        'tickets:say.escalated',
        { role },
        ticket.escalatedTo ? { roles: [ticket.escalatedTo] } : {},
      );
    }
    case 'closed':
      return say(event.actorId === null ? 'tickets:say.closedByItself' : 'tickets:say.closed');
    case 'reopened':
      return say('tickets:say.reopened', {}, openerPing);
    case 'moved':
      return say('tickets:say.moved', {
        category: categoryName === null ? t('tickets:general') : safeEmbedText(categoryName),
      });
    case 'member_added':
      return say('tickets:say.added', {}, event.memberId === null ? {} : { users: [event.memberId] });
    case 'member_removed':
      return say('tickets:say.removed');
    case 'close_requested':
      return {
        ...say('tickets:say.closeRequested', {}, openerPing),
        components: [
          row(
            button(
              t('tickets:button.confirmClose'),
              ticketIds.build('confirmClose', of),
              ButtonStyle.Success,
            ),
            button(t('tickets:button.keep'), ticketIds.build('keep', of)),
          ),
        ],
      };
    case 'warned':
      return {
        ...say('tickets:say.warned', {}, openerPing),
        components: [row(button(t('tickets:button.keep'), ticketIds.build('keep', of), ButtonStyle.Success))],
      };
    case 'kept':
      return say('tickets:say.kept');
    case 'opened':
    case 'answered':
    case 'archived':
    case 'rated':
      return null;
  }
}

function withReason(t: Translate, sentence: string, reason: string | null): string {
  if (reason === null) return sentence;
  return `${sentence}\n${t('tickets:control.reason', { reason: safeEmbedText(reason, REASON_MAX) })}`;
}

const LEVELS: Readonly<Partial<Record<TicketEvent['kind'], LogLevel>>> = {
  opened: 'success',
  closed: 'success',
  escalated: 'warning',
  archived: 'warning',
};

/** How an event stands in the log channel. */
export function logLevelOf({ kind }: TicketEvent): LogLevel {
  return LEVELS[kind] ?? 'info';
}

/** What the log channel is told of an event. */
export function logEvent(ticket: Ticket, event: TicketEvent, categoryName: string | null): LogEntry {
  return (t) => ({
    title: t('tickets:log.title', {
      number: ticket.id,
      what: [`tickets:event.${event.kind}` as SentenceKey],
    }),
    fields: [
      { name: t('tickets:log.opener'), value: memberMention(t, ticket.userId), inline: true },
      { name: t('tickets:log.actor'), value: who(t, event.actorId), inline: true },
      ...(ticket.channelId === null || event.kind === 'archived'
        ? []
        : [{ name: t('tickets:log.channel'), value: `<#${ticket.channelId}>`, inline: true }]),
      ...(categoryName === null
        ? []
        : [{ name: t('tickets:log.category'), value: safeEmbedText(categoryName), inline: true }]),
      ...(event.memberId === null
        ? []
        : [{ name: t('tickets:log.member'), value: memberMention(t, event.memberId), inline: true }]),
      ...(event.kind === 'escalated' && ticket.escalatedTo !== null
        ? [{ name: t('tickets:log.role'), value: `<@&${ticket.escalatedTo}>`, inline: true }]
        : []),
      ...(event.kind === 'opened' && ticket.description !== ''
        ? [{ name: t('tickets:log.about'), value: safeEmbedText(ticket.description, DESCRIPTION_MAX) }]
        : []),
      ...(event.reason === null
        ? []
        : [{ name: t('tickets:log.reason'), value: safeEmbedText(event.reason, REASON_MAX) }]),
      ...(event.kind === 'closed' || event.kind === 'archived'
        ? [
            {
              name: t('tickets:log.transcript'),
              value: t('tickets:log.transcriptHow', { number: ticket.id }),
            },
          ]
        : []),
    ],
  });
}
