import { durationText } from '#lib/i18n/durations';
import type { Translate } from '#lib/i18n/translate';
import { plainText, truncate } from '#lib/text/sanitize';
import type { Ticket } from '../ticket.ts';
import { openingText, type Material } from './material.ts';

const MINUTE_MS = 60_000;
const OPENING_MAX = 1_000;
const MESSAGE_MAX = 500;
const REASON_MAX = 300;

/**
 * A summary without any judgement: what was asked, said first and last, and how long it all took. What staff said is not in it, since it
 * is theirs and is kept apart. Letter for letter as people wrote it: to be escaped where it is shown.
 */
export function plainSummary(t: Translate, ticket: Ticket, material: Material): string {
  const { openerFirst, openerLast, messages, people } = material;
  const opening = openingText(ticket);
  const said = (text: string, maxLength: number): string => truncate(plainText(text).trim(), maxLength);
  return [
    opening.trim() === '' ? null : t('ticket-topics:summary.about', { text: said(opening, OPENING_MAX) }),
    openerFirst === null ? null : t('ticket-topics:summary.first', { text: said(openerFirst, MESSAGE_MAX) }),
    openerLast === null ? null : t('ticket-topics:summary.last', { text: said(openerLast, MESSAGE_MAX) }),
    messages === 0
      ? t('ticket-topics:summary.nothingSaid')
      : t('ticket-topics:summary.counts', {
          messages: t('ticket-topics:summary.messages', { count: messages }),
          people: t('ticket-topics:summary.people', { count: people }),
        }),
    ...timesOf(t, ticket),
    ticket.closeReason === null
      ? null
      : t('ticket-topics:summary.reason', { text: said(ticket.closeReason, REASON_MAX) }),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function timesOf(t: Translate, { createdAt, firstResponseAt, closedAt }: Ticket): string[] {
  const after = (instant: Date): string =>
    durationText(t, Math.max(0, Math.round((instant.getTime() - createdAt.getTime()) / MINUTE_MS)));
  return [
    firstResponseAt === null
      ? t('ticket-topics:summary.noResponse')
      : t('ticket-topics:summary.firstResponse', { duration: after(firstResponseAt) }),
    ...(closedAt === null ? [] : [t('ticket-topics:summary.closed', { duration: after(closedAt) })]),
  ];
}
