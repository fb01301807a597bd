import {
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
  time,
  TimestampStyles,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
} from 'discord.js';
import { memberMention } from '#lib/i18n/member-mention';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { button, row, textDisplay } from '#lib/ui/components';
import type { TicketRules } from './categories.ts';
import { ticketIds } from './custom-ids.ts';
import type { FormAnswer } from './form.ts';
import { isOpen } from './status.ts';
import type { Ticket } from './ticket.ts';

const DESCRIPTION_MAX = 1500;
const ANSWER_MAX = 350;

/** The message in a ticket's channel with all its buttons. Components V2. */
export function controlMessage(
  t: Translate,
  ticket: Ticket,
  rules: Pick<TicketRules, 'category' | 'staffRoleIds' | 'escalationRoleId'>,
): APIMessageTopLevelComponent[] {
  const { category, staffRoleIds } = rules;
  const staff = staffRoleIds.map((id) => `<@&${id}>`).join(' ');
  const called = ticket.escalatedTo === null ? '' : ` <@&${ticket.escalatedTo}>`;
  const head = [
    t('tickets:control.title', { number: ticket.id }),
    ...(category === null ? [] : [safeEmbedText(category.name)]),
  ].join(' · ');
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    components: [
      textDisplay(`## 🎫 ${head}`),
      textDisplay(
        ticket.form.length > 0
          ? ticket.form.map((answer) => answerText(t, answer)).join('\n')
          : safeEmbedText(ticket.description, DESCRIPTION_MAX) || t('tickets:control.nothingSaid'),
      ),
      ...(ticket.originMessageId === null || ticket.originChannelId === null
        ? []
        : [
            textDisplay(
              t('tickets:control.about', {
                link: `https://discord.com/channels/${ticket.guildId}/${ticket.originChannelId}/${ticket.originMessageId}`,
              }),
            ),
          ]),
      { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small },
      textDisplay(stateText(t, ticket)),
      ...buttonRows(t, ticket, rules),
    ],
  };
  const greeting = t(staff === '' ? 'tickets:control.greeting' : 'tickets:control.greetingStaff', {
    member: memberMention(t, ticket.userId),
    staff,
  });
  return [textDisplay(`${greeting}${called}`), container];
}

function answerText(t: Translate, answer: FormAnswer): string {
  const label = `**${safeEmbedText(answer.label)}**`;
  const value =
    answer.kind === 'file'
      ? answer.files.map(({ name }) => safeEmbedText(name)).join(', ')
      : 'values' in answer
        ? answer.values.map((one) => safeEmbedText(one)).join(', ')
        : safeEmbedText(answer.value, ANSWER_MAX);
  return `${label}\n${value === '' ? `*${t('tickets:control.noAnswer')}*` : value}`;
}

function stateText(t: Translate, ticket: Ticket): string {
  const lines = [
    t('tickets:control.status', { status: [`tickets:status.${ticket.status}`] }),
    ...(ticket.claimedBy === null
      ? []
      : [t('tickets:control.claimedBy', { member: memberMention(t, ticket.claimedBy) })]),
    ...(ticket.closedAt === null
      ? []
      : [
          ticket.closedBy === null
            ? t('tickets:control.closedByItself', {
                when: time(ticket.closedAt, TimestampStyles.ShortDateTime),
              })
            : t('tickets:control.closedBy', {
                member: memberMention(t, ticket.closedBy),
                when: time(ticket.closedAt, TimestampStyles.ShortDateTime),
              }),
        ]),
    ...(ticket.closeReason === null
      ? []
      : [t('tickets:control.reason', { reason: safeEmbedText(ticket.closeReason, 500) })]),
  ];
  return lines.join('\n');
}

function buttonRows(
  t: Translate,
  ticket: Ticket,
  { escalationRoleId }: Pick<TicketRules, 'escalationRoleId'>,
): APIContainerComponent['components'] {
  const of = { ticket: String(ticket.id) };
  if (ticket.status === 'archived') return [];
  if (!isOpen(ticket.status))
    return [
      row(
        button(t('tickets:button.reopen'), ticketIds.build('reopen', of), ButtonStyle.Success),
        button(t('tickets:button.transcript'), ticketIds.build('transcript', of)),
        button(t('tickets:button.delete'), ticketIds.build('delete', of), ButtonStyle.Danger),
      ),
    ];
  return [
    row(
      ticket.claimedBy === null
        ? button(t('tickets:button.claim'), ticketIds.build('claim', of), ButtonStyle.Success)
        : button(t('tickets:button.release'), ticketIds.build('release', of)),
      button(t('tickets:button.close'), ticketIds.build('close', of), ButtonStyle.Danger),
      ...(ticket.status === 'waiting_for_user'
        ? []
        : [button(t('tickets:button.wait'), ticketIds.build('wait', of))]),
      ...(escalationRoleId === null || escalationRoleId === ticket.escalatedTo
        ? []
        : [button(t('tickets:button.escalate'), ticketIds.build('escalate', of))]),
    ),
    row(
      button(t('ticket-topics:button.suggest'), ticketIds.build('suggest', of)),
      button(t('tickets:button.transcript'), ticketIds.build('transcript', of)),
    ),
  ];
}
